// The content policy of the screens, the same in the window and in the browser. Threat: a payload that finds a way into
// the page as markup. It must find no script, no style, no frame, no form and no foreign server to talk to.

/** Stands in index.html where the nonce of this very answer belongs; the hosts replace every occurrence. */
export const noncePlaceholder = '__CSP_NONCE__';

/**
 * The value of the `Content-Security-Policy` header.
 * `nonce` is fresh for each answer (base64, at least 128 bits) and is good for style elements only; scripts come from
 * our own origin or not at all. `connectSources` are the source expressions that the page may connect to besides its
 * own origin, e.g. `ws://127.0.0.1:4871`.
 */
export function contentPolicy(nonce: string, connectSources: readonly string[] = []): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${["'self'", ...connectSources].join(' ')}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The other headers that every answer with our own content carries. */
export const contentHeaders: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};
