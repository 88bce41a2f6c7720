// Takes out of a record what must not be passed on: secrets, signatures, tokens, the secret part of webhook URLs. Pure; the body is
// masked by paths elsewhere (payloads/mask-body.ts).
// Threats: a file that is mailed around opens a webhook URL or an account. So everything whose name sounds like a secret goes, stored
// secrets go wherever they stand, and only who asks for it in so many words gets a file without masks.
import { maskText } from '../payloads/mask-body.ts';
import type { CaptureRecord } from './capture-record.ts';

/** Headers and parameters that carry a secret or a signature, by their names. */
const secretName =
  /auth|cookie|secret|token|signature|(^|[-_.])sig($|[-_.])|api[-_]?key|^key$|passw|credential|hmac|digest|(^|[-_])hash|session|challenge|verif|x-csrf|cert|(^|-)mac$|^x-trello-webhook$/i;

/** Values of bodies that are masked without being asked, as paths of a mapping. */
export const secretPaths: readonly string[] = [
  'signature',
  'hmacSignature',
  'token',
  'verification_token',
  'validationToken',
  'password',
  'secret',
  'client_secret',
  'access_token',
  'refresh_token',
  'api_key',
  'apiKey',
].map((name) => `$..${name}`);

export function isSecretName(name: string): boolean {
  return secretName.test(name);
}

/** `conceal` takes stored secrets out of a text. Tokens of webhook URLs are replaced everywhere. */
export function maskRecord(record: CaptureRecord, conceal: (text: string) => string): CaptureRecord {
  const token = /\/in\/([\w-]{16,})/.exec(record.path)?.[1];
  const withoutToken = (text: string) => (token === undefined ? text : text.replaceAll(token, maskText));
  return {
    ...record,
    path: withoutToken(record.path),
    query: maskQuery(withoutToken(conceal(record.query))),
    headers: record.headers.map(([name, value]) => [
      name,
      isSecretName(name) ? maskText : withoutToken(conceal(value)),
    ]),
    ...(record.text === undefined ? {} : { text: withoutToken(conceal(record.text)) }),
    masked: true,
  };
}

/** Values of parameters whose names sound like a secret are masked. */
export function maskQuery(query: string): string {
  return query
    .split('&')
    .map((pair) => {
      const mark = pair.indexOf('=');
      if (mark < 0) return pair;
      return isSecretName(decodeLoosely(pair.slice(0, mark))) ? `${pair.slice(0, mark)}=${maskText}` : pair;
    })
    .join('&');
}

function decodeLoosely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not rightly encoded: its name is judged as it stands.
    return text;
  }
}
