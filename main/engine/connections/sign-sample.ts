// Signs a sample call as the application would, with the secret that is set. Used by "Send a test" and by the probe of the endpoint.
import { parseJsonBody, valueAt } from '../verification/request-parts.ts';
import { signRequest } from '../verification/sign-request.ts';
import type { SignatureScheme } from '../verification/signature-scheme.ts';

export interface SampleCall {
  method: string;
  /** With its query. */
  url: string;
  headers: Record<string, string>;
  body: string | Uint8Array;
}

/** Where a signed time stands in the body, the sample gets the present one; otherwise the body stays as it is. */
function withFreshTime(scheme: SignatureScheme, body: Uint8Array, now: number): Uint8Array {
  if (scheme.kind !== 'hmac' || scheme.timestamp?.in !== 'body') return body;
  const { path, unit } = scheme.timestamp;
  const root = parseJsonBody(body);
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const parent = keys.length === 0 ? root : valueAt(root, keys.join('.'));
  if (typeof parent !== 'object' || parent === null) return body;
  Object.assign(parent, { [last]: unit === 's' ? Math.floor(now / 1000) : now });
  return Buffer.from(JSON.stringify(root));
}

/** A secret that is a public key checks signatures and cannot make them. */
function canSign(scheme: SignatureScheme, secret: string): boolean {
  return scheme.kind !== 'publicKey' && !(scheme.kind === 'standardWebhooks' && secret.startsWith('whpk_'));
}

/** Undefined where no scheme can be imitated with this secret. Headers of the sample are replaced in any letter case. */
export function signSample(
  schemes: readonly SignatureScheme[],
  secret: string,
  call: SampleCall,
  now = Date.now(),
): SampleCall | undefined {
  for (const scheme of schemes) {
    if (!canSign(scheme, secret)) continue;
    const rawBody = withFreshTime(scheme, Buffer.from(call.body), now);
    const parts = signRequest(scheme, { method: call.method, url: call.url, rawBody, secret, now });
    if (!parts) continue;
    const query = new URLSearchParams(parts.query).toString();
    const added = new Set(Object.keys(parts.headers).map((name) => name.toLowerCase()));
    const kept = Object.entries(call.headers).filter(([name]) => !added.has(name.toLowerCase()));
    return {
      method: call.method,
      url: query === '' ? call.url : `${call.url}${call.url.includes('?') ? '&' : '?'}${query}`,
      headers: { ...Object.fromEntries(kept), ...parts.headers },
      body: parts.body ?? rawBody,
    };
  }
  return undefined;
}
