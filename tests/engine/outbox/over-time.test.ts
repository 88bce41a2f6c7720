// Days of the outbox in moments: the clock stands still until it is told, calls are answered by a plan. What happens on sockets is in
// worker.test.ts.
import { afterEach, describe, expect, it } from 'vitest';
import type { Exchange } from '#contract';
import type { CallConnection } from '../../../main/engine/outbox/calls-under-way.ts';
import { newDataDir } from '../../harness/test-engine.ts';
import {
  createTestClock,
  startTestOutbox,
  type TestClock,
  type TestOutbox,
} from '../../harness/test-outbox.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const [a, b] = ['http://a.test', 'http://b.test'] as const;

interface Sent {
  at: number;
  to: string;
  target: string;
  key: string;
  body: string;
}

let clock: TestClock;
let outbox: TestOutbox;
let sent: Sent[];
/** What each place answers: a status, nothing, or never. */
let answers: Record<string, number | 'refused' | 'never' | { status: number; retryAfterMs: number }>;

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

function open(dataDir = newDataDir()): string {
  outbox = startTestOutbox(dataDir, { clock, callConnection });
  outbox.outbox.resume();
  return dataDir;
}
function start(): string {
  clock = createTestClock();
  sent = [];
  answers = {};
  return open();
}
async function stop(): Promise<void> {
  const stopped = outbox.stop();
  await clock.pass(5_000);
  await stopped;
}
afterEach(stop);

const placeOf = async (destination: string) => {
  const { destinations } = await outbox.call('destinations.list', {});
  return destinations.find((place) => place.destination === destination);
};
/** Sent in each second. */
const perSecond = (calls: Sent[]) => {
  const counts = new Map<number, number>();
  for (const { at } of calls)
    counts.set(Math.floor(at / 1_000), (counts.get(Math.floor(at / 1_000)) ?? 0) + 1);
  return Math.max(0, ...counts.values());
};

describe('places', () => {
  const dead = (count: number) => {
    for (let n = 0; n < count; n += 1) {
      const host = `http://dead-${n}.test`;
      answers[host] = 'never';
      outbox.enqueue(host);
    }
  };

  it('are sixteen for calls that are quick; a call that takes long gives its place to others', async () => {
    start();
    dead(40);
    await clock.pass(400);
    expect(sent).toHaveLength(16);
    expect(new Set(sent.map(({ to }) => to)).size).toBe(16);
    await clock.pass(200);
    expect(sent).toHaveLength(32);
    // Forty dead hosts: one that lives is served in its turn, while all of them still hang.
    outbox.enqueue(a);
    await clock.pass(1_000);
    expect(sent.filter(({ to }) => to === a)).toHaveLength(1);
    expect(sent).toHaveLength(41);
  });

  it('are 256 in all', async () => {
    start();
    dead(300);
    await clock.pass(60_000);
    expect(sent).toHaveLength(256);
  });
});

describe('a delivery that fails', () => {
  it('is tried ten times over three days with the same key and bytes, and stands on the dead-letter list then', async () => {
    start();
    answers[a] = 404;
    const [id = ''] = outbox.enqueue(a);
    await clock.pass(5 * day);
    const waits = sent.map(({ at }, index) => at - (sent[index - 1]?.at ?? at));
    // With half of the jitter, and the moment that settling takes: up to 50 ms where the disk is slow.
    const planned = [
      0,
      5_000,
      5 * minute,
      30 * minute,
      2 * hour,
      5 * hour,
      10 * hour,
      14 * hour,
      20 * hour,
      day,
    ];
    expect(waits).toHaveLength(10);
    waits.forEach((wait, index) => {
      expect(Math.abs(wait - (planned[index] ?? 0) * 1.1)).toBeLessThan(120);
    });
    expect(new Set(sent.map(({ key, body, target }) => key + body + target)).size).toBe(1);
    const { delivery, attempts } = await outbox.call('deliveries.get', { id });
    expect(delivery).toMatchObject({ state: 'failed', attempts: 10, lastStatus: 404 });
    expect(attempts.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(attempts.at(-1)?.decision).toBe('Given up after 10 tries: answered 404.');
  });

  it('is tried when it said so, a day later at most', async () => {
    start();
    answers[a] = { status: 503, retryAfterMs: 40 * minute };
    outbox.enqueue(a);
    await clock.pass(39 * minute);
    expect(sent).toHaveLength(1);
    await clock.pass(6 * minute);
    expect(sent).toHaveLength(2);
  });

  it('goes on where it was after a restart', async () => {
    const dataDir = start();
    answers[a] = 404;
    outbox.enqueue(a);
    await clock.pass(10_000);
    expect(sent).toHaveLength(2);
    await stop();
    open(dataDir);
    await clock.pass(4 * minute);
    expect(sent).toHaveLength(2);
    await clock.pass(2 * minute);
    expect(sent).toHaveLength(3);
  });
});

describe('a destination that fails', () => {
  it('is paused and said so, probed with one delivery, and opened by a success, slowly', async () => {
    start();
    answers[a] = 'refused';
    outbox.enqueue(a, 100);
    outbox.enqueue(b, 10);
    await clock.pass(10_000);
    expect(sent.filter(({ to }) => to === b)).toHaveLength(10);
    expect(sent.filter(({ to }) => to === a)).toHaveLength(5);
    expect(await placeOf(a)).toMatchObject({
      state: 'paused',
      pausedBy: 'failures',
      because: '5 calls in a row failed. The last one: The connection was refused.',
      waiting: 100,
      failuresInRow: 5,
    });
    expect((await placeOf(a))?.nextProbeAt).toBeDefined();
    await clock.pass(2 * hour);
    const probes = sent.filter(({ to }) => to === a).length - 5;
    expect(probes).toBeGreaterThanOrEqual(5);
    expect(probes).toBeLessThanOrEqual(8);
    answers[a] = 200;
    const before = sent.length;
    await clock.pass(2 * hour);
    await clock.pass(day);
    expect(outbox.states().every((state) => state === 'succeeded')).toBe(true);
    expect(await placeOf(a)).toMatchObject({ state: 'open', waiting: 0, failuresInRow: 0 });
    expect(perSecond(sent.slice(before))).toBeLessThanOrEqual(50);
  });

  it('that is gone gets nothing more until it is resumed by hand', async () => {
    start();
    answers[a] = 410;
    const [id = ''] = outbox.enqueue(a);
    await clock.pass(1_000);
    expect((await outbox.call('deliveries.get', { id })).delivery.state).toBe('failed');
    expect(await placeOf(a)).toMatchObject({ state: 'paused', pausedBy: 'gone' });
    answers[a] = 200;
    outbox.enqueue(a, 3);
    await clock.pass(day);
    expect(sent).toHaveLength(1);
    await outbox.call('destinations.resume', { destination: a });
    await clock.pass(10_000);
    expect(sent).toHaveLength(4);
  });

  it('keeps working where only one of its addresses is gone', async () => {
    start();
    outbox.enqueue(a, 1, { target: '/contacts/1' });
    await clock.pass(1_000);
    answers[a] = 410;
    outbox.enqueue(a, 1, { target: '/contacts/2' });
    await clock.pass(1_000);
    expect(outbox.states()).toEqual(['succeeded', 'failed']);
    expect(await placeOf(a)).toMatchObject({ state: 'open' });
  });

  it('waits while it is paused by hand, whatever is retried', async () => {
    start();
    answers[a] = 500;
    const [id = ''] = outbox.enqueue(a);
    await clock.pass(100);
    await outbox.call('destinations.pause', { destination: a });
    answers[a] = 200;
    await outbox.call('deliveries.retry', { id });
    await clock.pass(day);
    expect(sent).toHaveLength(1);
    expect(await placeOf(a)).toMatchObject({ state: 'paused', pausedBy: 'hand', because: 'Paused by hand.' });
    await outbox.call('destinations.resume', { destination: a });
    await clock.pass(1_000);
    expect(outbox.states()).toEqual(['succeeded']);
    await expect(outbox.call('destinations.pause', { destination: 'http://c.test' })).rejects.toThrow(
      'destination.missing',
    );
  });

  it('is tried at once by a retry by hand, though failures paused it', async () => {
    start();
    answers[a] = 'refused';
    const [id = ''] = outbox.enqueue(a, 8);
    await clock.pass(10_000);
    expect(await placeOf(a)).toMatchObject({ pausedBy: 'failures' });
    answers[a] = 200;
    await outbox.call('deliveries.retry', { id });
    await clock.pass(1_000);
    expect((await outbox.call('deliveries.get', { id })).delivery.state).toBe('succeeded');
    expect(await placeOf(a)).toMatchObject({ state: 'open' });
  });

  it('that asks to wait is left alone with all its deliveries, at most a minute', async () => {
    start();
    answers[a] = { status: 429, retryAfterMs: 20_000 };
    outbox.enqueue(a, 10);
    await clock.pass(15_000);
    expect(sent).toHaveLength(1);
    expect(await placeOf(a)).toMatchObject({ state: 'open' });
    expect((await placeOf(a))?.heldUntil).toBeDefined();
    answers[a] = 200;
    await clock.pass(30_000);
    expect(outbox.states().every((state) => state === 'succeeded')).toBe(true);
    expect((await placeOf(a))?.heldUntil).toBeUndefined();
  });
});

describe('time', () => {
  it('that passes while the program is off neither loses nor bursts', async () => {
    const dataDir = start();
    answers[a] = 'never';
    outbox.enqueue(a, 300);
    await clock.pass(100);
    await stop();
    answers[a] = 200;
    sent = [];
    clock.jump(3 * day);
    open(dataDir);
    await clock.pass(3_000);
    expect(sent.length).toBeGreaterThan(10);
    expect(perSecond(sent)).toBeLessThanOrEqual(51);
    await clock.pass(minute);
    expect(outbox.states().every((state) => state === 'succeeded')).toBe(true);
    expect(new Set(sent.map(({ key }) => key)).size).toBe(300);
  });

  it('that passes while the machine sleeps neither loses nor bursts', async () => {
    start();
    answers[a] = 404;
    outbox.enqueue(a, 300);
    await clock.pass(minute);
    await outbox.call('destinations.resume', { destination: a });
    answers[a] = 200;
    sent = [];
    clock.jump(8 * hour);
    await clock.pass(minute);
    expect(outbox.states().every((state) => state === 'succeeded')).toBe(true);
    expect(perSecond(sent)).toBeLessThanOrEqual(51);
    // New ones go at full speed again.
    outbox.enqueue(a, 200);
    const before = clock.now();
    await clock.pass(2_000);
    expect(sent).toHaveLength(500);
    expect((sent.at(-1)?.at ?? 0) - before).toBeLessThan(1_000);
  });

  it('that is set back by a year delays nothing by more than the schedule', async () => {
    start();
    answers[a] = 404;
    outbox.enqueue(a);
    await clock.pass(10_000);
    expect(sent).toHaveLength(2);
    clock.jump(-365 * day);
    answers[a] = 200;
    await clock.pass(2 * day);
    expect(outbox.states()).toEqual(['succeeded']);
  });

  it('that is set back while the program is off delays nothing by more than the schedule', async () => {
    const dataDir = start();
    answers[a] = 'refused';
    outbox.enqueue(a, 6);
    await clock.pass(10_000);
    await stop();
    clock.jump(-365 * day);
    answers[a] = 200;
    open(dataDir);
    await clock.pass(2 * day);
    expect(outbox.states().every((state) => state === 'succeeded')).toBe(true);
  });
});

describe('by hand', () => {
  it('retries one that failed with the whole schedule before it, and tells its run', async () => {
    start();
    answers[a] = 422;
    const told: unknown[] = [];
    outbox.outbox.onSettled(({ state }) => told.push(state));
    outbox.outbox.onReopened(({ runId }) => told.push(runId));
    const [id = ''] = outbox.enqueue(a, 1, { runId: 'run_1' });
    await clock.pass(1_000);
    answers[a] = 200;
    const { delivery } = await outbox.call('deliveries.retry', { id });
    expect(delivery).toMatchObject({ state: 'waiting', attempts: 1 });
    expect(delivery.endedAt).toBeUndefined();
    await clock.pass(1_000);
    expect(told).toEqual(['failed', 'run_1', 'succeeded']);
    expect((await outbox.call('deliveries.get', { id })).attempts).toHaveLength(2);
    await expect(outbox.call('deliveries.retry', { id })).rejects.toThrow('delivery.settled');
    await expect(outbox.call('deliveries.retry', { id: 'dlv_0' })).rejects.toThrow('delivery.missing');
  });

  it('retries many by filter and since a time, spread out', async () => {
    start();
    answers[a] = 422;
    answers[b] = 422;
    outbox.enqueue(a, 50, { moduleId: 'mod_1' });
    await clock.pass(hour);
    const since = new Date(clock.now()).toISOString();
    outbox.enqueue(a, 300, { moduleId: 'mod_1' });
    outbox.enqueue(b, 7, { moduleId: 'mod_2' });
    await clock.pass(hour);
    expect(await outbox.call('deliveries.count', { since })).toEqual({ waiting: 0, sending: 0, failed: 307 });
    answers = {};
    sent = [];
    await outbox.call('destinations.resume', { destination: a });
    expect(await outbox.call('deliveries.retryMany', { moduleId: 'mod_1', since })).toEqual({ retried: 300 });
    await clock.pass(hour);
    expect(sent).toHaveLength(300);
    expect(perSecond(sent)).toBeLessThanOrEqual(25);
    expect(await outbox.call('deliveries.count', {})).toEqual({ waiting: 0, sending: 0, failed: 57 });
    expect(await outbox.call('deliveries.retryMany', { destination: b })).toEqual({ retried: 7 });
    await expect(outbox.call('deliveries.retryMany', { state: 'succeeded' })).rejects.toThrow(
      'input.invalid',
    );
  });

  it('cancels what waits and what is under way; a retry brings it back', async () => {
    start();
    answers[a] = 'never';
    const told: unknown[] = [];
    outbox.outbox.onSettled(({ deliveryId, state }) => told.push([deliveryId, state]));
    const [first = '', second = ''] = outbox.enqueue(a, 2);
    await clock.pass(100);
    expect(outbox.states()).toEqual(['sending', 'waiting']);
    expect((await outbox.call('deliveries.cancel', { id: first })).delivery.state).toBe('cancelled');
    expect((await outbox.call('deliveries.cancel', { id: second })).delivery.state).toBe('cancelled');
    await clock.pass(1_000);
    expect(told).toEqual([
      [first, 'cancelled'],
      [second, 'cancelled'],
    ]);
    const { attempts } = await outbox.call('deliveries.get', { id: first });
    expect(attempts.map(({ decision }) => decision)).toEqual(['Cancelled during this try.']);
    await expect(outbox.call('deliveries.cancel', { id: first })).rejects.toThrow('was cancelled already');
    answers[a] = 200;
    await outbox.call('deliveries.retry', { id: first });
    await clock.pass(1_000);
    expect(outbox.states()).toEqual(['succeeded', 'cancelled']);
  });

  it('cancels all of a run, inside the caller’s transaction', async () => {
    start();
    answers[a] = 'never';
    outbox.enqueue(a, 3, { runId: 'run_1' });
    outbox.enqueue(b, 1, { runId: 'run_2' });
    await clock.pass(100);
    expect(() =>
      outbox.database.transaction(() => {
        outbox.outbox.cancelOfRun('run_1');
        throw new Error('taken back');
      })(),
    ).toThrow('taken back');
    await clock.pass(100);
    expect(outbox.states()).toEqual(['sending', 'waiting', 'waiting', 'succeeded']);
    outbox.outbox.cancelOfRun('run_1');
    await clock.pass(1_000);
    expect(outbox.states()).toEqual(['cancelled', 'cancelled', 'cancelled', 'succeeded']);
  });
});

describe('a connection', () => {
  it('whose Base Url changes takes its waiting deliveries along', async () => {
    start();
    answers[a] = 'refused';
    outbox.enqueue(a, 20);
    await clock.pass(10_000);
    expect(await placeOf(a)).toMatchObject({ state: 'paused', waiting: 20 });
    outbox.moved.set(a, b);
    answers[a] = 200;
    outbox.changes.tell('connections.changed', { id: a, dataSourceId: 'ds_1' });
    await clock.pass(hour);
    expect(outbox.states().every((state) => state === 'succeeded')).toBe(true);
    expect(await placeOf(a)).toMatchObject({ waiting: 0 });
    const { deliveries } = await outbox.call('deliveries.list', { destination: b });
    expect(deliveries).toHaveLength(20);
  });

  it('without a Base Url has its deliveries in a place of its own', async () => {
    start();
    outbox.moved.set(a, undefined);
    outbox.enqueue(a);
    const { deliveries } = await outbox.call('deliveries.list', {});
    expect(deliveries[0]).toMatchObject({ destination: 'not configured' });
  });
});

describe('old deliveries', () => {
  it('go after a month, failed ones after three, waiting ones never; sooner where calls are kept for less', async () => {
    start();
    outbox.enqueue(a, 3);
    answers[b] = 422;
    outbox.enqueue(b, 2);
    await clock.pass(1_000);
    await outbox.call('destinations.pause', { destination: b });
    outbox.enqueue(b, 1);
    clock.jump(29 * day);
    expect(await outbox.sweepDeliveries()).toBe(0);
    clock.jump(2 * day);
    expect(await outbox.sweepDeliveries()).toBe(3);
    outbox.setCallDays(7);
    expect(await outbox.sweepDeliveries()).toBe(2);
    expect(outbox.states()).toEqual(['waiting']);
    expect(outbox.database.prepare('SELECT count(*) AS left FROM attempts').get()).toEqual({ left: 0 });
    expect(
      (await outbox.call('destinations.list', {})).destinations.map((place) => place.destination),
    ).toEqual([b]);
  });
});
