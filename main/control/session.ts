// Who may use the control server. The browser trades the launch token (in the address's fragment, which is never sent)
// for an HttpOnly cookie; scripts send the bearer token. All three come from one key that stays in the data folder, so
// that an open page is still signed in after a restart.
//
// Threats: other pages in the same browser (Host and Origin are checked, the cookie is SameSite=Strict), other users of
// the machine (key file 0600), timing (constant-time comparison), DNS rebinding (loopback names only).
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';

export interface Sessions {
  launchToken: string;
  /** The Set-Cookie value for a right launch token, else undefined. */
  trade(launchToken: unknown, port: number): string | undefined;
  hasCookie(request: IncomingMessage, port: number): boolean;
  hasBearer(request: IncomingMessage): boolean;
}

export function createSessions(key: string): Sessions {
  const derive = (use: string) => createHmac('sha256', key).update(use).digest('base64url');
  const launchToken = derive('launch');
  const session = derive('session');
  return {
    launchToken,
    trade(given, port) {
      if (typeof given !== 'string' || !same(given, launchToken)) return undefined;
      return `${cookieName(port)}=${session}; Path=/; HttpOnly; SameSite=Strict`;
    },
    hasCookie(request, port) {
      const wanted = `${cookieName(port)}=`;
      const cookies = (request.headers.cookie ?? '').split(/;\s*/);
      // Cookies ignore the port: a page of another port may have set more of this name.
      return cookies.some(
        (cookie) => cookie.startsWith(wanted) && same(cookie.slice(wanted.length), session),
      );
    },
    hasBearer(request) {
      const [, given] = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
      return given !== undefined && same(given, key);
    },
  };
}

/** The key of this data folder, made at the first start. */
export function readOrMakeKey(dataDir: string): string {
  const file = join(dataDir, 'control-key');
  if (existsSync(file)) {
    const key = readFileSync(file, 'utf8').trim();
    if (key.length >= 32) return key;
  }
  const key = randomBytes(32).toString('base64url');
  writeFileSync(file, key, { mode: 0o600 });
  return key;
}

/** True for a Host that is a loopback name with our port: keeps foreign names that point here out. */
export function isLoopbackHost(request: IncomingMessage, port: number): boolean {
  const host = request.headers.host?.toLowerCase();
  return host === `127.0.0.1:${port}` || host === `localhost:${port}` || host === `[::1]:${port}`;
}

/** True where no page of another origin made the request. Requests of programs carry no Origin. */
export function isOwnOrigin(request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  return origin === undefined || origin === `http://${host}`;
}

/** Cookies ignore the port, so each port has its own name. */
function cookieName(port: number): string {
  return `hookbench-${port}`;
}

function same(given: string, wanted: string): boolean {
  const digest = (text: string) => createHmac('sha256', 'compare').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
