// Days of the outbox in moments: the clock stands still until it is told, calls are answered by a plan. What happens on sockets is in
// worker.test.ts.
import { afterEach } from 'vitest';
import type { Exchange } from '#contract';
import type { CallConnection } from '../../../main/engine/outbox/calls-under-way.ts';
import { newDataDir } from '../../harness/test-engine.ts';
import {
  createTestClock,
  startTestOutbox,
  type TestClock,
  type TestOutbox,
} from '../../harness/test-outbox.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
export const [a, b] = ['http://a.test', 'http://b.test'] as const;

interface Sent {
  at: number;
  to: string;
  target: string;
  key: string;
  body: string;
}

export let clock: TestClock;
export let outbox: TestOutbox;
export let sent: Sent[];
/** What each place answers: a status, nothing, or never. */
export let answers: Record<string, number | 'refused' | 'never' | { status: number; retryAfterMs: number }>;

const callConnection: CallConnection = async (call) => {
  sent.push({
    at: clock.now(),
    to: call.connectionId,
    target: call.target,
    key: call.idempotencyKey,
    body: Buffer.from(call.body ?? []).toString(),
  });
  const plan = answers[call.connectionId] ?? 200;
  const exchange: Exchange = {
    request: { method: call.method, url: `${call.connectionId}${call.target}`, headers: [] },
    timing: { totalMs: 1 },
  };
  if (plan === 'never') {
    await new Promise((resolve) => call.signal.addEventListener('abort', resolve, { once: true }));
    return { exchange: { ...exchange, failure: { code: 'cancelled', message: 'It was cancelled.' } } };
  }
  if (plan === 'refused') {
    return {
      exchange: { ...exchange, failure: { code: 'refused', message: 'The connection was refused.' } },
    };
  }
  const { status, retryAfterMs } =
    typeof plan === 'number' ? { status: plan, retryAfterMs: undefined } : plan;
  const failure =
    status < 300 ? {} : { failure: { code: 'status' as const, message: `It answered ${status}.` } };
  return { exchange: { ...exchange, answer: { status, headers: [] }, ...failure }, retryAfterMs };
};

export function open(dataDir = newDataDir()): string {
  outbox = startTestOutbox(dataDir, { clock, callConnection });
  outbox.outbox.resume();
  return dataDir;
}
export function start(): string {
  clock = createTestClock();
  sent = [];
  answers = {};
  return open();
}
/** What was sent until now counts no more. */
export function forgetSent(): void {
  sent = [];
}
/** Every place answers 200 again. */
export function answerWell(): void {
  answers = {};
}
export async function stop(): Promise<void> {
  const stopped = outbox.stop();
  await clock.pass(5_000);
  await stopped;
}

export const placeOf = async (destination: string) => {
  const { destinations } = await outbox.call('destinations.list', {});
  return destinations.find((place) => place.destination === destination);
};
/** Sent in each second. */
export const perSecond = (calls: Sent[]) => {
  const counts = new Map<number, number>();
  for (const { at } of calls)
    counts.set(Math.floor(at / 1_000), (counts.get(Math.floor(at / 1_000)) ?? 0) + 1);
  return Math.max(0, ...counts.values());
};

/** Ends the outbox behind each test. Call it once in a file. */
export function prepareOutbox(): void {
  afterEach(stop);
}
