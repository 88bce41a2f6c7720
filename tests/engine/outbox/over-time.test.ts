// Deliveries over days: tries, clocks that jump, what is dropped in the end.
import { describe, expect, it } from 'vitest';
import {
  a,
  answers,
  b,
  clock,
  day,
  forgetSent,
  hour,
  minute,
  open,
  outbox,
  perSecond,
  prepareOutbox,
  sent,
  start,
  stop,
} from './outbox-over-time.ts';

prepareOutbox();

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

describe('time', () => {
  it('that passes while the program is off neither loses nor bursts', async () => {
    const dataDir = start();
    answers[a] = 'never';
    outbox.enqueue(a, 300);
    await clock.pass(100);
    await stop();
    answers[a] = 200;
    forgetSent();
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
    forgetSent();
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
