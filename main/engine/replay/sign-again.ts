// Signs a stored call again, as its sender would now: with the secret that is set and the present time. Pure.
// The opened secret stays in here; what comes out is the signed call.
import type { LiveVerification } from '../connections/connection-verification.ts';
import { signPlainCall } from '../connections/sign-sample.ts';
import { isCheckable } from '../verification/secret-fault.ts';
import type { SignatureScheme } from '../verification/signature-scheme.ts';
import { type HeaderList, isNamed, withoutHeaders } from './source-call.ts';

export interface UnsignedCall {
  method: string;
  /** With its query. */
  url: string;
  headers: HeaderList;
  body: Uint8Array;
}

/** asReceived: nothing is set that could sign it · impossible: a secret is set, and `why` says why it cannot be used. */
export type SignedAgain =
  | { kind: 'signed'; call: UnsignedCall }
  | { kind: 'asReceived' }
  | { kind: 'impossible'; why: string };

/** Every header and query value in which a scheme's signature may stand, so that no old one is left beside the new one. */
export function placesOf(scheme: SignatureScheme): { headers: string[]; query: string[] } {
  switch (scheme.kind) {
    case 'hmac':
      return {
        headers: [...(scheme.header === undefined ? [] : [scheme.header]), ...(scheme.otherHeaders ?? [])],
        query: scheme.queryParameter === undefined ? [] : [scheme.queryParameter],
      };
    case 'standardWebhooks':
      return {
        headers: ['timestamp', 'signature'].map((part) => `${scheme.headerPrefix}-${part}`),
        query: [],
      };
    default:
      return { headers: [], query: [] };
  }
}

/** The query without some of its values; the others keep their bytes. */
function withoutQuery(url: string, names: readonly string[]): string {
  const mark = url.indexOf('?');
  if (mark < 0 || names.length === 0) return url;
  const kept = url
    .slice(mark + 1)
    .split('&')
    .filter((pair) => !names.includes([...new URLSearchParams(pair).keys()][0] ?? ''));
  return kept.length === 0 ? url.slice(0, mark) : `${url.slice(0, mark)}?${kept.join('&')}`;
}

export function signAgain(live: LiveVerification, call: UnsignedCall, now = Date.now()): SignedAgain {
  if (live.unreadable) {
    return {
      kind: 'impossible',
      why: 'The secret of this connection cannot be opened on this computer. Set it again.',
    };
  }
  const [secret] = live.secrets;
  if (secret === undefined || !live.schemes.some(isCheckable)) return { kind: 'asReceived' };
  const places = live.schemes.map(placesOf);
  const headers = withoutHeaders(
    call.headers,
    places.flatMap((place) => place.headers),
  );
  const url = withoutQuery(
    call.url,
    places.flatMap((place) => place.query),
  );
  const id = live.schemes
    .flatMap((scheme) => (scheme.kind === 'standardWebhooks' ? [`${scheme.headerPrefix}-id`] : []))
    .map((name) => call.headers.find(isNamed(name))?.[1])
    .find((value) => value !== undefined);
  const signed = signPlainCall(
    live.schemes,
    secret,
    { method: call.method, url, body: call.body, ...(id === undefined ? {} : { id }) },
    now,
  );
  if (!signed) {
    return {
      kind: 'impossible',
      why: 'Only the application has the key that signs its calls, so this one cannot be signed again. Send it as it was received.',
    };
  }
  const added = Object.entries(signed.headers);
  return {
    kind: 'signed',
    call: {
      method: call.method,
      url: signed.url,
      headers: [
        ...withoutHeaders(
          headers,
          added.map(([name]) => name),
        ),
        ...added,
      ],
      body: signed.body,
    },
  };
}
