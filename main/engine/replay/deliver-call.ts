// One attempt at one target: into the mapping, to the receiver, or to a URL. Signs again where asked. Resolves for failures too, with the
// reason for the user; rejects only when it is cancelled or for faults of our own.
import type { FailureCode, ReplayOptions, ReplayTarget } from '#contract';
import { ProblemError } from '#contract';
import type { ConnectionVerifications } from '../connections/connection-verification.ts';
import type { DataSources } from '../data-sources/data-sources.ts';
import type { SendRequest } from '../outbound/send-request.ts';
import { type OwnCalls, ownCallHeader } from '../receiver/own-calls.ts';
import type { AttemptResult } from './attempt-result.ts';
import { type ComparedAnswer, differencesTo, withIdOf } from './compare-answers.ts';
import { asFreshDelivery } from './fresh-delivery.ts';
import type { ReplayIntoMapping } from './replay-into-mapping.ts';
import { concealedValue, isSecretHeader, secretsIn } from './secret-headers.ts';
import type { SendToReceiver } from './send-to-receiver.ts';
import { signAgain, type UnsignedCall } from './sign-again.ts';
import { endToEnd, type HeaderList, isNamed, type SourceCall, withoutHeaders } from './source-call.ts';
import { targetFault, withQuery } from './target-url.ts';

export interface DeliverOptions extends Pick<ReplayOptions, 'signing' | 'deliveryIds' | 'runsModules'> {
  /** The receiver answers 503 to this one, as if it were away. */
  outage?: boolean;
  /** Another time limit than the usual one, for targets anywhere. */
  timeoutMs?: number;
  /** Signs calls that go elsewhere without a connection of ours. */
  sign?: (call: UnsignedCall) => UnsignedCall;
  /** The secret that `sign` uses, concealed in what is kept. */
  secret?: string;
}

const usualTimeoutMs = 15_000;
const maxAnswerBytes = 64 * 1024;
/** Failures by what the answer says; all others cut it short. */
export const wholeAnswers = new Set<FailureCode>(['status', 'redirected', 'authorizationFailed']);

/** Stored header values are bytes as Latin-1; the sender of requests takes text, and writes it as UTF-8. */
export function asText(value: string): string {
  const bytes = Buffer.from(value, 'latin1');
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? text : value;
}

export function createDeliverCall(deps: {
  dataSources: DataSources;
  verifications: ConnectionVerifications;
  conceal(connectionId: string, text: string): string;
  intoMapping: ReplayIntoMapping;
  toReceiver: SendToReceiver;
  ownCalls: OwnCalls;
  sendRequest: SendRequest;
  /** What a capture was answered, where it was kept. */
  answerOf(captureId: string): ComparedAnswer | undefined;
}) {
  const { dataSources, verifications, ownCalls } = deps;
  const answerTo = ({ replayOf }: SourceCall) =>
    replayOf === undefined ? undefined : deps.answerOf(replayOf);

  function concealText(call: SourceCall, text: string, secret: string | undefined): string {
    const shown = call.connectionId === '' ? text : deps.conceal(call.connectionId, text);
    return secret === undefined || secret === '' ? shown : shown.replaceAll(secret, concealedValue);
  }
  const concealed = (call: SourceCall, headers: HeaderList, secret?: string): HeaderList =>
    headers.map(([name, value]) => [
      name,
      isSecretHeader(name) ? concealedValue : concealText(call, value, secret),
    ]);

  /** Who is called may repeat what it was sent. */
  function concealedAnswer(call: SourceCall, answer: ComparedAnswer, secret?: string): ComparedAnswer {
    const sent = secretsIn(call.headers);
    const conceal = (all: string) =>
      sent.reduce((shown, each) => shown.replaceAll(each, concealedValue), concealText(call, all, secret));
    const text = Buffer.from(answer.body).toString('latin1');
    const shown = conceal(text);
    const body =
      shown === text ? answer.body : Buffer.from(shown.replaceAll(concealedValue, '********'), 'latin1');
    return {
      headers: answer.headers.map(([name, value]) => [name, conceal(value)]),
      body,
      size: answer.size + body.length - answer.body.length,
    };
  }

  function webhookUrl({ connectionId, dataSourceId, pathRest, query }: SourceCall): string {
    const connection = dataSources.get(dataSourceId).connections.find(({ id }) => id === connectionId);
    if (!connection) throw new ProblemError('connection.missing', 'The connection of this call is gone.');
    return withQuery(`${connection.localUrl}${pathRest}`, query);
  }

  async function toReceiver(
    call: SourceCall,
    options: DeliverOptions,
    signal: AbortSignal,
  ): Promise<AttemptResult> {
    const unsigned = {
      method: call.method,
      url: webhookUrl(call),
      headers: withoutHeaders(endToEnd(call.headers), ['host']),
      body: call.body,
    };
    const signing =
      options.signing === 'again'
        ? signAgain(verifications.of(dataSources.connection(call.connectionId)), unsigned)
        : ({ kind: 'asReceived' } as const);
    if (signing.kind === 'impossible') return { state: 'skipped', failure: signing.why };
    const sent = signing.kind === 'signed' ? signing.call : unsigned;
    const facts = {
      method: sent.method,
      url: deps.conceal(call.connectionId, sent.url),
      sentHeaders: concealed(call, sent.headers),
      signed: signing.kind === 'signed',
    };
    const { mark, stored, end } = ownCalls.mark({
      origin: call.origin,
      replayOf: call.replayOf,
      runsModules: options.runsModules ?? false,
      outage: options.outage,
    });
    try {
      const marked = { ...sent, headers: [...sent.headers, [ownCallHeader, mark] as [string, string]] };
      const { status, headers, body } = await deps.toReceiver.send(marked, signal);
      const answer = { headers, body: body.subarray(0, maxAnswerBytes), size: body.length };
      const now = { ...answer, status, stored: stored() };
      return {
        ...facts,
        state: 'answered',
        status,
        answer,
        newCaptureId: now.stored?.captureId,
        differences: differencesTo(
          call.original,
          answerTo(call),
          withIdOf(now, now.stored?.captureId, call.replayOf),
        ),
      };
    } catch (error) {
      if (signal.aborted) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      return { ...facts, state: 'failed', failure: `The receiver gave no answer: ${reason}` };
    } finally {
      end();
    }
  }

  async function toUrl(
    call: SourceCall,
    target: Extract<ReplayTarget, { kind: 'url' }>,
    options: DeliverOptions,
    signal: AbortSignal,
  ): Promise<AttemptResult> {
    const url = withQuery(target.url, call.query);
    const fault = targetFault(url);
    if (fault !== undefined) return { state: 'failed', failure: fault };
    const kept = endToEnd(call.headers);
    const unsigned = {
      method: call.method,
      url,
      headers: target.keepHost ? kept : withoutHeaders(kept, ['host']),
      body: call.body,
    };
    const signing = options.sign
      ? { kind: 'signed' as const, call: options.sign(unsigned) }
      : options.signing === 'again'
        ? signAgain(verifications.of(dataSources.connection(call.connectionId)), unsigned)
        : ({ kind: 'asReceived' } as const);
    if (signing.kind === 'impossible') return { state: 'skipped', failure: signing.why };
    const sent = signing.kind === 'signed' ? signing.call : unsigned;
    const { answer, failure } = await deps.sendRequest(
      {
        method: sent.method,
        url: sent.url,
        headers: sent.headers.map(([name, value]) => [name, asText(value)]),
        host: target.keepHost ? sent.headers.find(isNamed('host'))?.[1] : undefined,
        ...(sent.body.length === 0 ? {} : { body: sent.body }),
      },
      {
        timeoutMs: options.timeoutMs ?? usualTimeoutMs,
        // The user chose this very address in the dialog.
        allowedTargets: [hostAndPort(sent.url)],
        signal,
      },
    );
    signal.throwIfAborted();
    const facts = {
      method: sent.method,
      url: concealText(call, sent.url, options.secret),
      sentHeaders: concealed(call, sent.headers, options.secret),
      signed: signing.kind === 'signed',
    };
    if (!answer) {
      return { ...facts, state: 'failed', failure: failure?.message ?? 'No answer came.' };
    }
    const isWhole = failure === undefined || wholeAnswers.has(failure.code);
    return {
      ...facts,
      state: isWhole ? 'answered' : 'failed',
      ...(isWhole ? {} : { failure: failure.message }),
      status: answer.status,
      answer: concealedAnswer(call, answer, options.secret),
      differences: differencesTo(call.original, answerTo(call), answer),
    };
  }

  return async function deliverCall(
    call: SourceCall,
    target: ReplayTarget,
    options: DeliverOptions,
    signal: AbortSignal,
  ): Promise<AttemptResult> {
    if (target.kind === 'mapping') {
      return await deps.intoMapping(call, options.runsModules ?? false, signal);
    }
    const made = options.deliveryIds === 'same' ? call : asFreshDelivery(call);
    return target.kind === 'receiver'
      ? await toReceiver(made, options, signal)
      : await toUrl(made, target, options, signal);
  };
}

export type DeliverCall = ReturnType<typeof createDeliverCall>;

/** As `allowedTargets` has it. */
export function hostAndPort(url: string): string {
  const { hostname, port, protocol } = new URL(url);
  return `${hostname}:${port === '' ? (protocol === 'https:' ? '443' : '80') : port}`;
}
