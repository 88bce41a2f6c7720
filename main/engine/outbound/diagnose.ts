// The connection doctor: one GET of the Base Url with the configured authorization, told stage by stage: what was seen, how long it took,
// and what to do. Changes nothing and keeps nothing.
import type { Diagnosis, DiagnosisStage, DiagnosisStageName, ExchangeFailure } from '#contract';
import { type Authorized, authorize } from './authorize.ts';
import type { OAuthTokens } from './oauth-tokens.ts';
import type { ConnectionFacts } from './open-connection.ts';
import type { OpenedOutgoing, OutgoingSettings } from './outgoing-settings.ts';
import type { OutboundRequest, SendRequest, SentRequest } from './send-request.ts';
import { createConceal } from './shown-exchange.ts';

export interface Diagnosed {
  diagnosis: Diagnosis;
  /** The first stage that failed. */
  failed?: DiagnosisStage;
}

const soonDays = 14;
const dayMs = 24 * 60 * 60 * 1000;

export async function diagnose(
  opened: OpenedOutgoing,
  deps: { sendRequest: SendRequest; tokens: OAuthTokens },
  options: { connectionId: string; signal: AbortSignal; tell(stage: DiagnosisStage): void },
): Promise<Diagnosed> {
  const { settings } = opened;
  const { baseUrl, timeoutMs, allowedTargets } = settings;
  const url = new URL(baseUrl);
  const at = new Date().toISOString();
  const start = performance.now();
  const stages: DiagnosisStage[] = [];
  const add = (stage: DiagnosisStage) => {
    if (stages.some((each) => each.stage === stage.stage)) return;
    stages.push(stage);
    options.tell(stage);
  };

  const secrets = [...opened.secrets.values()];
  let authorizedMs = 0;
  const attempt = async (refusedToken?: string) => {
    const begun = performance.now();
    const authorized = await authorize(opened, deps.tokens, {
      connectionId: options.connectionId,
      timeoutMs,
      signal: options.signal,
      refusedToken,
    });
    authorizedMs += performance.now() - begun;
    const given = 'failure' in authorized ? { headers: [], query: [], secrets: [] } : authorized;
    secrets.push(...given.secrets);
    const { hostname } = url;
    const sent = await deps.sendRequest(requestOf(settings, given), {
      timeoutMs,
      allowedTargets,
      signal: options.signal,
      watch(step, facts) {
        if (step === 'name') add(namePassed(hostname, facts));
        if (step === 'connect') add(connectPassed(facts));
        if (step === 'tls') add(tlsPassed(facts));
      },
    });
    return { authorized, sent };
  };
  const first = await attempt();
  const keptToken = 'failure' in first.authorized ? undefined : first.authorized.keptToken;
  const isRefused = keptToken !== undefined && first.sent.answer?.status === 401;
  // As a call does: a kept token may have ended before its time.
  const { authorized, sent } = isRefused ? await attempt(keptToken) : first;
  const conceal = createConceal(secrets);

  const concealed = (stage: DiagnosisStage): DiagnosisStage => ({
    ...stage,
    text: conceal(stage.text),
    facts: stage.facts.map(({ name, value }) => ({ name, value: conceal(value) })),
  });
  const failedAt = stageOf(sent, url);
  const names: DiagnosisStageName[] = ['name', 'connect', 'tls', 'redirect', 'authorization', 'status'];
  let over = false;
  for (const name of names) {
    // The guard refuses an address before the name is told.
    if (name === 'name' && failedAt === 'connect') {
      add(namePassed(url.hostname, { addresses: sent.addresses, nameMs: sent.timing.nameMs }));
    } else if (over) add(skipped(name, 'An earlier stage failed.'));
    else if (name === failedAt && sent.failure) add(concealed(failedStage(name, sent.failure, sent)));
    else if (name === 'tls' && url.protocol === 'http:') add(noTls(url, sent));
    // What was never answered says nothing of a redirect or of the authorization.
    else if (
      !sent.answer &&
      (name === 'redirect' || (name === 'authorization' && !('failure' in authorized)))
    )
      add(skipped(name, 'No answer came.'));
    else if (name === 'redirect')
      add({ stage: name, result: 'passed', text: 'It does not redirect.', facts: [] });
    else if (name === 'authorization') {
      add(concealed(authorizationStage(opened, authorized, sent, authorizedMs)));
    } else if (name === 'status') add(statusStage(sent));
    over = stages.some(({ result }) => result === 'failed');
  }

  const failed = stages.find(({ result }) => result === 'failed');
  const diagnosis: Diagnosis = {
    url: baseUrl,
    at,
    ok: failed === undefined,
    stages,
    totalMs: round(performance.now() - start),
  };
  return failed ? { diagnosis, failed } : { diagnosis };
}

/** The stage to which a failure belongs; undefined where it is judged by the status. */
function stageOf(sent: SentRequest, url: URL): DiagnosisStageName | undefined {
  switch (sent.failure?.code) {
    case undefined:
    case 'authorizationFailed':
      return undefined;
    case 'status':
      return undefined;
    case 'nameNotFound':
      return 'name';
    case 'tlsExpired':
    case 'tlsWrongName':
    case 'tlsUntrusted':
    case 'tlsFailed':
      return 'tls';
    case 'redirected':
      return 'redirect';
    case 'timeout':
    case 'cancelled':
      if (!sent.addresses) return 'name';
      if (!sent.address) return 'connect';
      return url.protocol === 'https:' && !sent.tls ? 'tls' : 'status';
    case 'answerBroken':
      return 'status';
    default:
      return 'connect';
  }
}

function requestOf(
  { baseUrl, headers }: OutgoingSettings,
  given: Pick<Authorized, 'headers' | 'query'>,
): OutboundRequest {
  const url = new URL(baseUrl);
  if (given.query.length > 0) {
    url.search = given.query
      .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
      .join('&');
  }
  const own = new Set(given.headers.map(([name]) => name.toLowerCase()));
  return {
    method: 'GET',
    url: url.href,
    headers: [
      ['User-Agent', 'Hookbench'],
      ['Accept', '*/*'],
      ...headers
        .filter(({ name }) => !own.has(name.toLowerCase()))
        .map(({ name, value }): [string, string] => [name, value]),
      ...given.headers,
    ],
  };
}

function namePassed(hostname: string, facts: ConnectionFacts): DiagnosisStage {
  const addresses = facts.addresses ?? [];
  if (facts.nameMs === undefined)
    return skipped('name', 'The Base Url names an address; there is nothing to look up.');
  return {
    stage: 'name',
    result: 'passed',
    ms: round(facts.nameMs),
    text: `${hostname} was found.`,
    facts: addresses.map((value) => ({ name: 'Address', value })),
  };
}

function connectPassed(facts: ConnectionFacts): DiagnosisStage {
  return {
    stage: 'connect',
    result: 'passed',
    ms: round(facts.connectMs ?? 0),
    text: `${facts.address} takes connections.`,
    facts: [{ name: 'Address', value: facts.address ?? '' }],
  };
}

function certificateFacts(facts: Pick<ConnectionFacts, 'tls'>): DiagnosisStage['facts'] {
  const { tls } = facts;
  if (!tls) return [];
  const [own] = tls.chain;
  return [
    { name: 'Protocol', value: tls.protocol },
    ...(own
      ? [
          { name: 'Certificate for', value: own.names === '' ? own.subject : own.names },
          { name: 'Valid from', value: own.validFrom },
          { name: 'Valid until', value: own.validTo },
          { name: 'SHA-256', value: own.fingerprint },
        ]
      : []),
    ...tls.chain.map(({ subject, issuer }) => ({ name: 'Chain', value: `${subject}, issued by ${issuer}` })),
  ];
}

function tlsPassed(facts: ConnectionFacts): DiagnosisStage {
  const until = Date.parse(facts.tls?.chain[0]?.validTo ?? '');
  const days = Math.floor((until - Date.now()) / dayMs);
  const base = { stage: 'tls' as const, ms: round(facts.tlsMs ?? 0), facts: certificateFacts(facts) };
  if (days < soonDays) {
    return {
      ...base,
      result: 'warning',
      text: `The certificate is good, and expires in ${days} days.`,
      toDo: 'Have it renewed, or calls will fail then.',
    };
  }
  return { ...base, result: 'passed', text: `The certificate is good for ${days} more days.` };
}

function noTls(url: URL, sent: SentRequest): DiagnosisStage {
  const isLocal = sent.address !== undefined && /^(127\.|\[::1\])/.test(sent.address);
  if (isLocal) return skipped('tls', 'http:// has no TLS; the target is this computer.');
  return {
    stage: 'tls',
    result: 'warning',
    text: 'http:// has no TLS: everybody on the way can read and change the calls, secrets included.',
    toDo: `Use https://${url.host} where the application offers it.`,
    facts: [],
  };
}

const advice: Partial<Record<ExchangeFailure['code'], string>> = {
  nameNotFound: 'Check the spelling of the Base Url, and whether this computer is online.',
  refused: 'Check host and port, and whether the application runs.',
  unreachable: 'Check the address, and firewalls and VPN on the way.',
  timeout: 'Check host and port, or allow more time.',
  tlsExpired: 'Have the certificate of the application renewed, and check the clock of this computer.',
  tlsWrongName: 'Use the name for which the certificate was issued.',
  tlsUntrusted:
    'Have the application send its whole chain, or use a certificate of an authority that this computer trusts.',
  tlsFailed: 'Check whether this port speaks TLS.',
  redirected: 'Type the address to which it redirects as Base Url, if it is the right one.',
  targetForbidden: 'Use another Base Url.',
};

function failedStage(stage: DiagnosisStageName, failure: ExchangeFailure, sent: SentRequest): DiagnosisStage {
  const { timing } = sent;
  const ms = { name: timing.nameMs, connect: timing.connectMs, tls: timing.tlsMs }[stage as 'name'];
  const location = sent.answer?.headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
  const toDo =
    sent.toAllow === undefined
      ? advice[failure.code]
      : `If you trust it, allow ${sent.toAllow} under the private targets of this connection.`;
  return {
    stage,
    result: 'failed',
    ...(ms === undefined ? {} : { ms: round(ms) }),
    text: failure.message,
    code: failure.code,
    ...(toDo === undefined ? {} : { toDo }),
    ...(sent.toAllow === undefined ? {} : { allowTarget: sent.toAllow }),
    facts: [
      ...(stage === 'tls' ? certificateFacts(sent) : []),
      ...(stage === 'connect' ? (sent.addresses ?? []).map((value) => ({ name: 'Address', value })) : []),
      ...(stage === 'redirect' && location !== undefined ? [{ name: 'Redirects to', value: location }] : []),
      ...(sent.answer ? [{ name: 'Status', value: String(sent.answer.status) }] : []),
    ],
  };
}

function authorizationStage(
  opened: OpenedOutgoing,
  authorized: Awaited<ReturnType<typeof authorize>>,
  sent: SentRequest,
  authorizedMs: number,
): DiagnosisStage {
  const { kind } = opened.settings.authorization;
  const ms = kind === 'oauth2' ? { ms: round(authorizedMs) } : {};
  const status = sent.answer?.status;
  const facts = status === undefined ? [] : [{ name: 'Status', value: String(status) }];
  if ('failure' in authorized) {
    const { code, message } = authorized.failure;
    const toDo = 'Check the settings under Authorization.';
    return { stage: 'authorization', result: 'failed', ...ms, text: message, code, toDo, facts: [] };
  }
  const asks = sent.answer?.headers.find(([name]) => name.toLowerCase() === 'www-authenticate')?.[1];
  const more = asks === undefined ? facts : [...facts, { name: 'It asks for', value: asks }];
  if (status === 401 || status === 407) {
    const text =
      kind === 'none'
        ? `It answered ${status}: it wants an authorization, and none is set.`
        : `It answered ${status}: it did not accept this authorization.`;
    const toDo =
      kind === 'none' ? 'Choose one under Authorization.' : 'Check the secret, and whether it has expired.';
    return {
      stage: 'authorization',
      result: 'failed',
      ...ms,
      text,
      code: 'authorizationFailed',
      toDo,
      facts: more,
    };
  }
  if (status === 403) {
    const text = 'It answered 403: it knows who calls, and does not allow it.';
    const toDo = 'Give the account or key the rights that are needed, or choose another one.';
    return {
      stage: 'authorization',
      result: 'failed',
      ...ms,
      text,
      code: 'authorizationFailed',
      toDo,
      facts: more,
    };
  }
  if (kind === 'none') return skipped('authorization', 'No authorization is set, and none was asked for.');
  const text = kind === 'oauth2' ? 'A token was given, and it was not refused.' : 'It was not refused.';
  return { stage: 'authorization', result: 'passed', ...ms, text, facts };
}

function statusStage(sent: SentRequest): DiagnosisStage {
  const status = sent.answer?.status ?? 0;
  const base = {
    stage: 'status' as const,
    ms: round(sent.timing.firstByteMs ?? 0),
    facts: [{ name: 'Status', value: String(status) }],
  };
  if (status >= 200 && status < 300) return { ...base, result: 'passed', text: `It answered ${status}.` };
  if (status === 404 || status === 410) {
    return {
      ...base,
      result: 'failed',
      code: 'status',
      text: `It answered ${status}: there is nothing at the Base Url.`,
      toDo: 'Check the path of the Base Url. If the application answers only below it, keep the configuration as draft.',
    };
  }
  if (status >= 500) {
    return {
      ...base,
      result: 'failed',
      code: 'status',
      text: `It answered ${status}: the application has a fault of its own.`,
      toDo: 'Try again later, or ask those who run it.',
    };
  }
  return {
    ...base,
    result: 'warning',
    text: `It answered ${status} to a GET of the Base Url. The application is there; many answer so where only their own paths are called.`,
  };
}

function skipped(stage: DiagnosisStageName, text: string): DiagnosisStage {
  return { stage, result: 'skipped', text, facts: [] };
}

function round(ms: number): number {
  return Math.round(ms * 100) / 100;
}
