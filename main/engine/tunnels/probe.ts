// Calls the public address from outside and knows whether it was we who answered.
// Threats: a stranger's page, a cache or another Hookbench that answers in our place; somebody who finds out by the probe's address that a
// Hookbench listens here. So the answer is an HMAC that only this process can make, every question is asked once, and a path
// that was not asked just now gets no answer: the receiver then treats it like any unknown URL.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Reach } from '#contract';
import { reachOfAddress } from './address-reach.ts';
import { describeNetworkFault } from './network-fault.ts';
import { createOutsideFetch, type OutsideAnswer, type OutsideFetch } from './outside-fetch.ts';

/** `reach`: from where the address that answered can be called. */
export type ProbeResult = { ok: true; roundTripMs: number; reach: Reach } | { ok: false; reason: string };

export interface Probe {
  /** A fresh path, `/probe/<32 hex digits>`, which `answer` knows for one minute. */
  path(): string;
  /** The body with which the receiver answers a GET of `path` (status 200, text/plain); undefined where it was not asked by us. */
  answer(path: string): string | undefined;
  /** Calls `url` + a fresh path. Never rejects: what goes wrong, the end of `signal` included, becomes a reason. */
  check(url: string, signal: AbortSignal): Promise<ProbeResult>;
}

const prefix = '/probe/';
const askedForMs = 60_000;
const maxAsked = 100;

export function createProbe(
  options: { fetch?: OutsideFetch; now?: () => number; timeLimitMs?: number } = {},
): Probe {
  const outsideFetch = options.fetch ?? createOutsideFetch();
  const now = options.now ?? (() => performance.now());
  const timeLimitMs = options.timeLimitMs ?? 8_000;
  const secret = randomBytes(32);
  /** Nonce → until when it is answered. */
  const asked = new Map<string, number>();

  function sign(nonce: string): string {
    return createHmac('sha256', secret).update(nonce).digest('hex');
  }

  function path(): string {
    for (const [nonce, until] of asked) {
      if (until < now() || asked.size >= maxAsked) asked.delete(nonce);
    }
    const nonce = randomBytes(16).toString('hex');
    asked.set(nonce, now() + askedForMs);
    return prefix + nonce;
  }

  function answer(asking: string): string | undefined {
    if (!asking.startsWith(prefix)) return undefined;
    const nonce = asking.slice(prefix.length);
    const until = asked.get(nonce);
    return until === undefined || until < now() ? undefined : sign(nonce);
  }

  async function check(url: string, signal: AbortSignal): Promise<ProbeResult> {
    const host = URL.parse(url)?.host ?? url;
    const asking = path();
    const nonce = asking.slice(prefix.length);
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(new Error('too slow')), timeLimitMs).unref();
    const started = now();
    try {
      const got = await outsideFetch(
        url.replace(/\/+$/, '') + asking,
        AbortSignal.any([signal, limit.signal]),
      );
      const roundTripMs = Math.round((now() - started) * 10) / 10;
      if (got.status === 200 && isSame(got.text, sign(nonce))) {
        return { ok: true, roundTripMs, reach: reachOfAddress(got.address ?? '127.0.0.1') };
      }
      return { ok: false, reason: describeForeignAnswer(got, host) };
    } catch (error) {
      if (signal.aborted) return { ok: false, reason: 'The check was stopped.' };
      if (limit.signal.aborted)
        return { ok: false, reason: `${host} gave no answer within ${timeLimitMs / 1000} s.` };
      return { ok: false, reason: describeNetworkFault(error, host) };
    } finally {
      clearTimeout(timer);
      asked.delete(nonce);
    }
  }

  return { path, answer, check };
}

function isSame(text: string, expected: string): boolean {
  const given = Buffer.from(text);
  const wanted = Buffer.from(expected);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** What stands between the sender and us, judged by an answer that is not ours. */
export function describeForeignAnswer(got: OutsideAnswer, host: string): string {
  if (got.status >= 300 && got.status < 400) {
    const target = URL.parse(got.location ?? '', `https://${host}`)?.host;
    return `${host} redirects${target ? ` to ${target}` : ''} instead of passing calls on; senders do not follow that.`;
  }
  if (got.status === 401 || got.status === 403 || got.status === 407) {
    return `${host} asks for a sign-in (${got.status}) before it passes calls on.`;
  }
  if (got.status === 421)
    return `The call arrived with a wrong host name: ${host} is not passed on as it was called.`;
  if (got.status === 429) return `${host} refuses calls because there were too many (429).`;
  if (got.status >= 500)
    return `${host} is reached, but it cannot pass calls on to this computer (${got.status}).`;
  if (/html/i.test(got.contentType) || /^\s*<(!doctype|html)/i.test(got.text)) {
    return `${host} shows a web page of its own (${got.status}) instead of passing calls on.`;
  }
  if (got.status === 404 && got.text.includes('"code":"unknownUrl"')) {
    return `A Hookbench answers at ${host}, but not to this call: the proxy changes the Host header, or it is another Hookbench.`;
  }
  if (got.status === 404)
    return `${host} does not lead here: it answers 404 to an address that only Hookbench knows.`;
  return `Something else answers at ${host} (${got.status}); calls do not arrive here.`;
}
