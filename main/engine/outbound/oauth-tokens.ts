// Access tokens by OAuth 2.0 client credentials (RFC 6749, section 4.4): fetched, kept in memory, renewed before they expire. Never stored,
// logged or shown.
import { createHash } from 'node:crypto';
import type { ExchangeFailure } from '#contract';
import type { AuthorizationSettings } from './outgoing-settings.ts';
import type { SendRequest } from './send-request.ts';
import { createConceal } from './shown-exchange.ts';

export type OAuthSettings = Extract<AuthorizationSettings, { kind: 'oauth2' }>;

export type TokenResult = { token: string; fromCache: boolean } | { failure: ExchangeFailure };

export interface OAuthTokens {
  /** With `renew` a kept one counts no more. */
  get(request: {
    connectionId: string;
    settings: OAuthSettings;
    clientSecret: string;
    timeoutMs: number;
    allowedTargets: readonly string[];
    signal: AbortSignal;
    /** The token that was refused. */
    refused?: string | undefined;
  }): Promise<TokenResult>;
  forget(connectionId: string): void;
}

/** Where the answer does not say how long a token lives. */
const assumedLifeMs = 5 * 60_000;
/** Renewed this long before its end, or at nine tenths of a short life. */
const renewBeforeMs = 60_000;

interface Kept {
  key: string;
  token: string;
  renewAt: number;
}

export function createOAuthTokens(deps: { sendRequest: SendRequest; now?: () => number }): OAuthTokens {
  const { sendRequest, now = Date.now } = deps;
  const kept = new Map<string, Kept>();
  const underWay = new Map<string, Promise<TokenResult>>();

  async function fetchToken(request: Parameters<OAuthTokens['get']>[0], key: string): Promise<TokenResult> {
    const { settings, clientSecret } = request;
    const form = new URLSearchParams({ grant_type: 'client_credentials' });
    if (settings.scope) form.set('scope', settings.scope);
    if (settings.audience) form.set('audience', settings.audience);
    const headers: [string, string][] = [
      ['Content-Type', 'application/x-www-form-urlencoded'],
      ['Accept', 'application/json'],
      ['User-Agent', 'Hookbench'],
    ];
    if (settings.clientAuthentication === 'body') {
      form.set('client_id', settings.clientId);
      form.set('client_secret', clientSecret);
    } else {
      // Section 2.3.1: both parts are form-encoded before they are joined.
      const credentials = `${formEncoded(settings.clientId)}:${formEncoded(clientSecret)}`;
      headers.push(['Authorization', `Basic ${Buffer.from(credentials).toString('base64')}`]);
    }
    // Others may wait for the same token: it is bound by its own time only, not by the call that asked first.
    const sent = await sendRequest(
      { method: 'POST', url: settings.tokenUrl, headers, body: Buffer.from(form.toString()) },
      { timeoutMs: request.timeoutMs, allowedTargets: request.allowedTargets },
    );
    const answer = readAnswer(sent.answer?.body);
    if (sent.failure) {
      const { code, message } = sent.failure;
      const told = typeof answer.error === 'string' ? ` It says: ${describe(answer)}.` : '';
      const isRefusal = code === 'status' || code === 'authorizationFailed';
      return failed(isRefusal ? 'authorizationFailed' : code, `${message}${told}`);
    }
    const { access_token: token, token_type: type, expires_in: life } = answer;
    if (typeof token !== 'string' || token === '') {
      return failed('authorizationFailed', 'It answered without an access_token.');
    }
    if (typeof type === 'string' && type.toLowerCase() !== 'bearer') {
      return failed(
        'authorizationFailed',
        `It gave a token of the type ${type.slice(0, 40)}; only Bearer is known.`,
      );
    }
    const lifeMs = Number(life) > 0 ? Number(life) * 1000 : assumedLifeMs;
    kept.set(request.connectionId, {
      key,
      token,
      renewAt: now() + Math.max(lifeMs - renewBeforeMs, lifeMs * 0.9),
    });
    return { token, fromCache: false };

    function failed(code: ExchangeFailure['code'], message: string): TokenResult {
      const conceal = createConceal([clientSecret]);
      return { failure: { code, message: conceal(`No token from the token URL. ${message}`) } };
    }
  }

  return {
    async get(request) {
      const { connectionId, settings, clientSecret, refused, signal } = request;
      const key = createHash('sha256')
        .update(JSON.stringify([settings, clientSecret]))
        .digest('hex');
      const known = kept.get(connectionId);
      if (known?.key === key && known.token !== refused && known.renewAt > now()) {
        return { token: known.token, fromCache: true };
      }
      const lane = `${connectionId} ${key}`;
      const fetching = underWay.get(lane) ?? fetchToken(request, key).finally(() => underWay.delete(lane));
      underWay.set(lane, fetching);
      return await orCancelled(fetching, signal);
    },
    forget: (connectionId) => void kept.delete(connectionId),
  };
}

/** The token goes on being fetched for others. */
function orCancelled(fetching: Promise<TokenResult>, signal: AbortSignal): Promise<TokenResult> {
  return new Promise((resolve, reject) => {
    const give = () => resolve({ failure: { code: 'cancelled', message: 'The call was cancelled.' } });
    if (signal.aborted) return give();
    signal.addEventListener('abort', give, { once: true });
    fetching.then(resolve, reject).finally(() => signal.removeEventListener('abort', give));
  });
}

const formEncoded = (text: string) => new URLSearchParams([['', text]]).toString().slice(1);

function readAnswer(body: Uint8Array | undefined): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(body ?? []).toString());
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    // No JSON: no token, and nothing to tell of it.
    return {};
  }
}

function describe({ error, error_description: description }: Record<string, unknown>): string {
  const text = typeof description === 'string' ? `${String(error)} (${description})` : String(error);
  return text.replace(/\p{Cc}+/gu, ' ').slice(0, 300);
}
