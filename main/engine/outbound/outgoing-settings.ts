// An outgoing configuration as it is kept: settings without secrets, and the names of the secrets that they need. Pure.
import type { AuthorizationInput, OutgoingInput, PlainHeader } from '#contract';
import { secretFault } from '../verification/secret-fault.ts';
import { hopHeader } from './loop-guard.ts';
import { isOurs } from './send-request.ts';
import { readTargetUrl } from './target-guard.ts';

export type AuthorizationSettings =
  | { kind: 'none' }
  | { kind: 'basic'; username: string }
  | { kind: 'bearer' }
  | { kind: 'apiKey'; in: 'header' | 'query'; name: string }
  | {
      kind: 'oauth2';
      tokenUrl: string;
      clientId: string;
      scope?: string | undefined;
      audience?: string | undefined;
      clientAuthentication: 'basic' | 'body';
    }
  | { kind: 'other'; headers: string[] };

export interface OutgoingSettings {
  baseUrl: string;
  authorization: AuthorizationSettings;
  headers: PlainHeader[];
  timeoutMs: number;
  allowedTargets: string[];
}

/** Settings with their secrets opened. */
export interface OpenedOutgoing {
  settings: OutgoingSettings;
  secrets: ReadonlyMap<string, string>;
  /** Names of secrets that are set and cannot be opened. */
  unreadable: readonly string[];
}

export const defaultTimeoutMs = 15_000;
export const signingSecret = 'signing';

/** By what a secret is kept, the form's field of it, and what it is called. */
export interface SecretPlace {
  name: string;
  path: string;
  words: string;
  /** Left out, it is empty. */
  optional?: boolean;
}

export function secretPlaces(authorization: AuthorizationSettings): SecretPlace[] {
  switch (authorization.kind) {
    case 'none':
      return [];
    case 'basic':
      // Many APIs take their key as the user name and no password.
      return [{ name: 'basic.password', path: 'authorization.password', words: 'password', optional: true }];
    case 'bearer':
      return [{ name: 'bearer.token', path: 'authorization.token', words: 'token' }];
    case 'apiKey':
      return [{ name: 'apiKey.value', path: 'authorization.value', words: 'API key' }];
    case 'oauth2':
      return [{ name: 'oauth2.clientSecret', path: 'authorization.clientSecret', words: 'client secret' }];
    case 'other':
      return authorization.headers.map((header, index) => ({
        name: `other.${header.toLowerCase()}`,
        path: `authorization.headers.${index}.value`,
        words: `value of ${header}`,
      }));
  }
}

/** Secrets that were typed in, by name. White space around them came with the clipboard. */
function givenSecrets(input: AuthorizationInput): Map<string, string> {
  const given = new Map<string, string>();
  const take = (name: string, secret: string | undefined) => {
    if (secret !== undefined) given.set(name, secret);
  };
  if (input.kind === 'basic') take('basic.password', input.password);
  if (input.kind === 'bearer') take('bearer.token', input.token?.trim());
  if (input.kind === 'apiKey') take('apiKey.value', input.value?.trim());
  if (input.kind === 'oauth2') take('oauth2.clientSecret', input.clientSecret?.trim());
  if (input.kind === 'other') {
    for (const { name, value } of input.headers) take(`other.${name.toLowerCase()}`, value?.trim());
  }
  return given;
}

function authorizationSettings(input: AuthorizationInput): AuthorizationSettings {
  switch (input.kind) {
    case 'none':
    case 'bearer':
      return { kind: input.kind };
    case 'basic':
      return { kind: 'basic', username: input.username };
    case 'apiKey':
      return { kind: 'apiKey', in: input.in, name: input.name };
    case 'oauth2': {
      const { tokenUrl, clientId, scope, audience, clientAuthentication } = input;
      return { kind: 'oauth2', tokenUrl, clientId, scope, audience, clientAuthentication };
    }
    case 'other':
      return { kind: 'other', headers: input.headers.map(({ name }) => name) };
  }
}

export interface ReadOutgoing extends OpenedOutgoing {
  /** Names of the secrets that were typed in. */
  given: ReadonlySet<string>;
}

/** The input over what is saved: what is left out stays. */
export function readOutgoing(input: OutgoingInput, saved: OpenedOutgoing | undefined): ReadOutgoing {
  const authorization = authorizationSettings(input.authorization);
  const settings: OutgoingSettings = {
    baseUrl: input.baseUrl,
    authorization,
    headers: input.headers ?? saved?.settings.headers ?? [],
    timeoutMs: input.timeoutMs ?? saved?.settings.timeoutMs ?? defaultTimeoutMs,
    allowedTargets: input.allowedTargets ?? saved?.settings.allowedTargets ?? [],
  };
  const given = givenSecrets(input.authorization);
  const signing = input.signingSecret?.trim();
  if (signing) given.set(signingSecret, signing);
  const wanted = secretPlaces(authorization).map(({ name }) => name);
  if (input.signingSecret !== null) wanted.push(signingSecret);
  const secrets = new Map<string, string>();
  for (const name of wanted) {
    const secret = given.get(name) ?? saved?.secrets.get(name);
    // An empty one takes away what was set; there is nothing to seal.
    if (secret) secrets.set(name, secret);
  }
  const unreadable = (saved?.unreadable ?? []).filter((name) => wanted.includes(name) && !given.has(name));
  return { settings, secrets, unreadable, given: new Set(given.keys()) };
}

export interface OutgoingFault {
  path: string;
  message: string;
}

/** What is wrong with what was typed; the first one. Nothing is called for it. */
export function outgoingFault({ settings, secrets, unreadable }: OpenedOutgoing): OutgoingFault | undefined {
  const { authorization } = settings;
  return (
    urlFault(settings.baseUrl, 'baseUrl', 'Base Url') ??
    namesFault(settings) ??
    (authorization.kind === 'oauth2'
      ? urlFault(authorization.tokenUrl, 'authorization.tokenUrl', 'token URL')
      : undefined) ??
    secretsFault(authorization, secrets, unreadable)
  );
}

function urlFault(text: string, path: string, words: string): OutgoingFault | undefined {
  if (text === '') return { path, message: `Type the ${words}, such as https://api.example.com.` };
  const read = readTargetUrl(text);
  if ('fault' in read) return { path, message: `The ${words} cannot be used: ${read.fault}` };
  if (path === 'baseUrl' && (read.url.search !== '' || read.url.hash !== '')) {
    return { path, message: 'A Base Url has no "?" and no "#". Parameters belong to the actions.' };
  }
  return undefined;
}

function namesFault({ authorization, headers }: OutgoingSettings): OutgoingFault | undefined {
  const ownNames = authorization.kind === 'other' ? authorization.headers : [];
  const named = [
    ...headers.map(({ name }, index) => ({ name, path: `headers.${index}.name` })),
    ...ownNames.map((name, index) => ({ name, path: `authorization.headers.${index}.name` })),
    ...(authorization.kind === 'apiKey' && authorization.in === 'header'
      ? [{ name: authorization.name, path: 'authorization.name' }]
      : []),
  ];
  for (const { name, path } of named) {
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) {
      return { path, message: `"${name}" is no name of a header. Type one such as X-Api-Key.` };
    }
    if (isOurs(name) || name.toLowerCase() === hopHeader) {
      return { path, message: `Hookbench sets ${name} by itself. Leave it out.` };
    }
  }
  const twice = ownNames.findIndex(
    (name, index) => ownNames.findIndex((each) => each.toLowerCase() === name.toLowerCase()) !== index,
  );
  if (twice >= 0) {
    return { path: `authorization.headers.${twice}.name`, message: `${ownNames[twice]} stands twice.` };
  }
  return undefined;
}

function secretsFault(
  authorization: AuthorizationSettings,
  secrets: ReadonlyMap<string, string>,
  unreadable: readonly string[],
): OutgoingFault | undefined {
  for (const { name, path, words, optional } of secretPlaces(authorization)) {
    if (unreadable.includes(name)) {
      return { path, message: `The ${words} that is set cannot be opened any more. Type it again.` };
    }
    const secret = secrets.get(name) ?? '';
    if (secret === '' && !optional) return { path, message: `Type the ${words}.` };
    if (/\p{Cc}/u.test(secret))
      return { path, message: `The ${words} has a line break or control character.` };
  }
  if (unreadable.includes(signingSecret)) {
    return {
      path: 'signingSecret',
      message: 'The signing secret that is set cannot be opened any more. Type it again.',
    };
  }
  const signing = secrets.get(signingSecret);
  const fault = signing === undefined ? undefined : signingFault(signing);
  return fault === undefined ? undefined : { path: 'signingSecret', message: fault };
}

/** Calls are signed with a shared secret; a key pair cannot be told from one by its length. */
export function signingFault(secret: string): string | undefined {
  if (/^whpk_/.test(secret)) {
    return 'This is a public key (whpk_): it checks signatures and cannot make them. Type a shared secret that starts with whsec_.';
  }
  if (/^whsk_/.test(secret)) {
    return 'This is a private key (whsk_). Calls are signed with a shared secret: type one that starts with whsec_.';
  }
  return secretFault([{ kind: 'standardWebhooks', headerPrefix: 'webhook' }], secret);
}
