// Signs a call as the application would, with the secret that is set. Used by "Send a test", the probe of the endpoint and replays.
import { parseJsonBody, textOf, valueAt } from '../verification/request-parts.ts';
import { signRequest } from '../verification/sign-request.ts';
import type { SignatureScheme } from '../verification/signature-scheme.ts';

export interface SampleCall {
  method: string;
  /** With its query. */
  url: string;
  headers: Record<string, string>;
  body: string | Uint8Array;
}

/**
 * Where a signed time stands in the body, it becomes the present one; otherwise the body stays as it is. The number is replaced in the
 * text where it stands there once, so that everything else keeps its bytes.
 */
function withFreshTime(scheme: SignatureScheme, body: Uint8Array, now: number): Uint8Array {
  if (scheme.kind !== 'hmac' || scheme.timestamp?.in !== 'body') return body;
  const { path, unit } = scheme.timestamp;
  const time = unit === 's' ? Math.floor(now / 1000) : now;
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const text = textOf(body);
  const place = new RegExp(`("${last.replace(/[^\\w-]/g, '\\$&')}"\\s*:\\s*)-?\\d+(?=\\s*[,}])`, 'g');
  if ([...text.matchAll(place)].length === 1) return Buffer.from(text.replace(place, `$1${time}`));
  const root = parseJsonBody(body);
  const parent = keys.length === 0 ? root : valueAt(root, keys.join('.'));
  if (typeof parent !== 'object' || parent === null) return body;
  Object.assign(parent, { [last]: time });
  return Buffer.from(JSON.stringify(root));
}

/** A secret that is a public key checks signatures and cannot make them. */
function canSign(scheme: SignatureScheme, secret: string): boolean {
  return scheme.kind !== 'publicKey' && !(scheme.kind === 'standardWebhooks' && secret.startsWith('whpk_'));
}

/** Whether any of the schemes can be imitated with this secret. */
export function canImitate(schemes: readonly SignatureScheme[], secret: string): boolean {
  return schemes.some(
    (scheme) => canSign(scheme, secret) && scheme.kind !== 'notCheckable' && scheme.kind !== 'none',
  );
}

/** The headers to add, the URL with what belongs into its query, and the body. Undefined where no scheme can be imitated with this secret. */
export function signPlainCall(
  schemes: readonly SignatureScheme[],
  secret: string,
  call: { method: string; url: string; body: Uint8Array; id?: string },
  now = Date.now(),
): { headers: Record<string, string>; url: string; body: Uint8Array } | undefined {
  const { method, url, id } = call;
  for (const scheme of schemes) {
    if (!canSign(scheme, secret)) continue;
    const rawBody = withFreshTime(scheme, call.body, now);
    const parts = signRequest(scheme, {
      method,
      url,
      rawBody,
      secret,
      now,
      ...(id === undefined ? {} : { id }),
    });
    if (!parts) continue;
    const query = new URLSearchParams(parts.query).toString();
    return {
      headers: parts.headers,
      url: query === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${query}`,
      body: parts.body ?? rawBody,
    };
  }
  return undefined;
}

/** Undefined where no scheme can be imitated with this secret. Headers of the sample are replaced in any letter case. */
export function signSample(
  schemes: readonly SignatureScheme[],
  secret: string,
  call: SampleCall,
  now = Date.now(),
): SampleCall | undefined {
  const { method, url } = call;
  const signed = signPlainCall(schemes, secret, { method, url, body: Buffer.from(call.body) }, now);
  if (!signed) return undefined;
  const added = new Set(Object.keys(signed.headers).map((name) => name.toLowerCase()));
  const kept = Object.entries(call.headers).filter(([name]) => !added.has(name.toLowerCase()));
  return {
    method,
    url: signed.url,
    headers: { ...Object.fromEntries(kept), ...signed.headers },
    body: signed.body,
  };
}
