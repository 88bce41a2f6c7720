// The outgoing configuration as it is typed. Secrets stand apart, so that a draft can be kept over a reload without them.
// What a kind of authorization does not use is kept while the kind is switched. Pure.
import { z } from 'zod';
import {
  type AuthorizationInput,
  apiKeyPlace,
  clientAuthentication,
  type OutgoingConfiguration,
  type OutgoingInput,
  outgoingInput,
} from '#contract';
import { text } from '../../text/en.ts';

const row = z.object({ key: z.string(), name: z.string() });

export const outgoingDraft = z.object({
  baseUrl: z.string(),
  kind: z.enum(['none', 'basic', 'bearer', 'apiKey', 'oauth2', 'other']),
  username: z.string(),
  apiKeyIn: apiKeyPlace,
  apiKeyName: z.string(),
  tokenUrl: z.string(),
  clientId: z.string(),
  scope: z.string(),
  audience: z.string(),
  clientAuthentication,
  otherHeaders: z.array(row),
  headers: z.array(row.extend({ value: z.string() })),
  timeoutS: z.number(),
  allowedTargets: z.array(z.string()),
  dropsSigningSecret: z.boolean(),
  dropsPassword: z.boolean().default(false),
});
export type OutgoingDraft = z.infer<typeof outgoingDraft>;

/** Typed secrets; what is left out stays as it is set. `values` of *Other* are by the key of their row. */
export interface TypedSecrets {
  password?: string | undefined;
  token?: string | undefined;
  apiKey?: string | undefined;
  clientSecret?: string | undefined;
  signing?: string | undefined;
  values: Readonly<Record<string, string>>;
}
export const noSecrets: TypedSecrets = { values: {} };

/** Whether any secret is typed. */
export const holdsSecret = ({ values, ...single }: TypedSecrets): boolean =>
  [...Object.values(single), ...Object.values(values)].some((typed) => typed !== undefined && typed !== '');

const defaultTimeoutS = 15;

let made = 0;
/** Tells rows apart while they are typed. */
export function newKey(): string {
  made += 1;
  return `${Date.now().toString(36)}-${made}`;
}

export function draftOf(saved: OutgoingConfiguration | undefined): OutgoingDraft {
  const authorization = saved?.authorization;
  const basic = authorization?.kind === 'basic' ? authorization : undefined;
  const apiKey = authorization?.kind === 'apiKey' ? authorization : undefined;
  const oauth2 = authorization?.kind === 'oauth2' ? authorization : undefined;
  const other = authorization?.kind === 'other' ? authorization.headers : undefined;
  return {
    baseUrl: saved?.baseUrl ?? '',
    kind: authorization?.kind ?? 'none',
    username: basic?.username ?? '',
    apiKeyIn: apiKey?.in ?? 'header',
    apiKeyName: apiKey?.name ?? '',
    tokenUrl: oauth2?.tokenUrl ?? '',
    clientId: oauth2?.clientId ?? '',
    scope: oauth2?.scope ?? '',
    audience: oauth2?.audience ?? '',
    clientAuthentication: oauth2?.clientAuthentication ?? 'basic',
    otherHeaders: (other ?? [{ name: '' }]).map(({ name }, index) => ({ key: `saved-${index}`, name })),
    headers: (saved?.headers ?? []).map((header, index) => ({ key: `saved-${index}`, ...header })),
    timeoutS: saved ? saved.timeoutMs / 1000 : defaultTimeoutS,
    allowedTargets: saved?.allowedTargets ?? [],
    dropsSigningSecret: false,
    dropsPassword: false,
  };
}

function authorizationOf(draft: OutgoingDraft, secrets: TypedSecrets): AuthorizationInput {
  const { kind } = draft;
  switch (kind) {
    case 'none':
      return { kind };
    case 'basic':
      return {
        kind,
        username: draft.username,
        ...(secrets.password ? { password: secrets.password } : draft.dropsPassword && { password: '' }),
      };
    case 'bearer':
      return { kind, ...given({ token: secrets.token }) };
    case 'apiKey':
      return { kind, in: draft.apiKeyIn, name: draft.apiKeyName, ...given({ value: secrets.apiKey }) };
    case 'oauth2':
      return {
        kind,
        tokenUrl: draft.tokenUrl,
        clientId: draft.clientId,
        clientAuthentication: draft.clientAuthentication,
        ...given({ scope: draft.scope, audience: draft.audience, clientSecret: secrets.clientSecret }),
      };
    case 'other':
      return {
        kind,
        headers: draft.otherHeaders.map(({ key, name }) => ({
          name,
          ...given({ value: secrets.values[key] }),
        })),
      };
  }
}

/** Only what was typed. */
function given<K extends string>(typed: Record<K, string | undefined>): Partial<Record<K, string>> {
  return Object.fromEntries(
    Object.entries(typed).filter(([, value]) => value !== undefined && value !== ''),
  ) as Partial<Record<K, string>>;
}

export function inputOf(draft: OutgoingDraft, secrets: TypedSecrets): OutgoingInput {
  return {
    baseUrl: draft.baseUrl.trim(),
    authorization: authorizationOf(draft, secrets),
    headers: draft.headers.map(({ name, value }) => ({ name, value })),
    timeoutMs: Math.round(draft.timeoutS * 1000),
    allowedTargets: draft.allowedTargets,
    ...(secrets.signing
      ? { signingSecret: secrets.signing }
      : draft.dropsSigningSecret && { signingSecret: null }),
  };
}

/** What keeps it from being saved, by path inside the configuration (`authorization.headers.0.name`); the Base Url aside. */
export function inputFaults(
  draft: OutgoingDraft,
  secrets: TypedSecrets,
  saved: OutgoingConfiguration | undefined,
): ReadonlyMap<string, string> {
  const faults = new Map<string, string>();
  const need = (path: string, typed: string | undefined, isSet: boolean) => {
    if (!typed && !isSet) faults.set(path, text.connections.secretMissing);
  };
  const isSet = secretIsSet(saved, draft.kind);
  if (draft.kind === 'bearer') need('authorization.token', secrets.token, isSet);
  if (draft.kind === 'apiKey') need('authorization.value', secrets.apiKey, isSet);
  if (draft.kind === 'oauth2') need('authorization.clientSecret', secrets.clientSecret, isSet);
  if (draft.kind === 'other') {
    for (const [index, { key, name }] of draft.otherHeaders.entries()) {
      need(`authorization.headers.${index}.value`, secrets.values[key], secretIsSet(saved, 'other', name));
    }
  }
  const parsed = outgoingInput.safeParse(inputOf(draft, secrets));
  for (const { path, message } of parsed.error?.issues ?? []) faults.set(path.join('.'), message);
  return faults;
}

/** Whether saving would change anything. Keys of rows do not count. */
export function isChanged(
  draft: OutgoingDraft,
  saved: OutgoingConfiguration | undefined,
  secrets: TypedSecrets,
) {
  const typed = [secrets.password, secrets.token, secrets.apiKey, secrets.clientSecret, secrets.signing];
  if ([...typed, ...Object.values(secrets.values)].some(Boolean)) return true;
  return essence(draft) !== essence(draftOf(saved));
}

function essence(draft: OutgoingDraft): string {
  return JSON.stringify(inputOf(draft, noSecrets));
}

/** Whether a secret of the chosen kind is set already; for *Other*, that of the header with this name. */
export function secretIsSet(
  saved: OutgoingConfiguration | undefined,
  kind: OutgoingDraft['kind'],
  headerName = '',
): boolean {
  const authorization = saved?.authorization;
  if (!authorization || authorization.kind !== kind) return false;
  switch (authorization.kind) {
    case 'basic':
      return authorization.passwordSet;
    case 'bearer':
      return authorization.tokenSet;
    case 'apiKey':
      return authorization.valueSet;
    case 'oauth2':
      return authorization.clientSecretSet;
    case 'other':
      return authorization.headers.some(
        ({ name, valueSet }) => valueSet && name.toLowerCase() === headerName.trim().toLowerCase(),
      );
    default:
      return false;
  }
}
