// Places of the outbox over time: how many calls at once, and what happens to a destination that fails.
import { describe, expect, it } from 'vitest';
import {
  a,
  answers,
  b,
  clock,
  day,
  hour,
  outbox,
  perSecond,
  placeOf,
  prepareOutbox,
  sent,
  start,
} from './outbox-over-time.ts';

prepareOutbox();

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
