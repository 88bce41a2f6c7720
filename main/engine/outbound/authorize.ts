// What the authorization of a connection adds to a request, and which texts of it are secret.
import type { ExchangeFailure } from '#contract';
import type { OAuthTokens } from './oauth-tokens.ts';
import { type OpenedOutgoing, secretPlaces, signingFault, signingSecret } from './outgoing-settings.ts';

export interface Authorized {
  headers: [string, string][];
  query: [string, string][];
  /** To be concealed wherever they turn up. */
  secrets: string[];
  /** The OAuth 2.0 token that was used, where it was a kept one: it may have ended before its time. */
  keptToken?: string;
}

/** Resolves with a failure where a secret is missing or cannot be opened, or no token was given. */
export async function authorize(
  opened: OpenedOutgoing,
  tokens: OAuthTokens,
  call: { connectionId: string; timeoutMs: number; signal: AbortSignal; refusedToken?: string | undefined },
): Promise<Authorized | { failure: ExchangeFailure }> {
  const { authorization, allowedTargets } = opened.settings;
  for (const { name, words, optional } of secretPlaces(authorization)) {
    if (opened.unreadable.includes(name)) {
      return unreadable(`The ${words} of this connection cannot be opened any more. Set it again.`);
    }
    if (!opened.secrets.has(name) && !optional) {
      const message = `The ${words} of this connection is not set. Set it in its Outgoing Configuration.`;
      return { failure: { code: 'notConfigured', message } };
    }
  }
  if (opened.unreadable.includes(signingSecret)) {
    return unreadable('The signing secret of this connection cannot be opened any more. Set it again.');
  }
  const signing = opened.secrets.get(signingSecret);
  const fault = signing === undefined ? undefined : signingFault(signing);
  if (fault !== undefined) {
    // Kept as a draft. A call that is signed with it would be refused, or worse, looked at by nobody.
    return { failure: { code: 'notConfigured', message: `The signing secret cannot be used. ${fault}` } };
  }
  const secret = (name: string) => opened.secrets.get(name) ?? '';
  const secrets = [...opened.secrets.values()];
  const plain = (headers: [string, string][], query: [string, string][] = []): Authorized => ({
    headers,
    query,
    secrets,
  });
  switch (authorization.kind) {
    case 'none':
      return plain([]);
    case 'basic': {
      const credentials = `${authorization.username}:${secret('basic.password')}`;
      const encoded = Buffer.from(credentials).toString('base64');
      return { ...plain([['Authorization', `Basic ${encoded}`]]), secrets: [...secrets, encoded] };
    }
    case 'bearer':
      return plain([['Authorization', `Bearer ${secret('bearer.token')}`]]);
    case 'apiKey': {
      const pair: [string, string] = [authorization.name, secret('apiKey.value')];
      return authorization.in === 'header' ? plain([pair]) : plain([], [pair]);
    }
    case 'other':
      return plain(authorization.headers.map((name) => [name, secret(`other.${name.toLowerCase()}`)]));
    case 'oauth2': {
      const given = await tokens.get({
        connectionId: call.connectionId,
        settings: authorization,
        clientSecret: secret('oauth2.clientSecret'),
        timeoutMs: call.timeoutMs,
        allowedTargets,
        signal: call.signal,
        refused: call.refusedToken,
      });
      if ('failure' in given) return given;
      return {
        ...plain([['Authorization', `Bearer ${given.token}`]]),
        secrets: [...secrets, given.token],
        ...(given.fromCache ? { keptToken: given.token } : {}),
      };
    }
  }
}

function unreadable(message: string): { failure: ExchangeFailure } {
  return { failure: { code: 'secretUnreadable', message } };
}

/** The headers and parameters that the authorization adds, concealed: for previews. */
export function shownAuthorization(opened: OpenedOutgoing): {
  headers: [string, string][];
  query: [string, string][];
} {
  const { authorization } = opened.settings;
  const dots = '••••••••';
  switch (authorization.kind) {
    case 'none':
      return { headers: [], query: [] };
    case 'basic':
      return { headers: [['Authorization', `Basic ${dots}`]], query: [] };
    case 'bearer':
    case 'oauth2':
      return { headers: [['Authorization', `Bearer ${dots}`]], query: [] };
    case 'apiKey':
      return authorization.in === 'header'
        ? { headers: [[authorization.name, dots]], query: [] }
        : { headers: [], query: [[authorization.name, dots]] };
    case 'other':
      return { headers: authorization.headers.map((name) => [name, dots]), query: [] };
  }
}
