// What people do to deliveries by hand, and connections that change, over time.
import { describe, expect, it } from 'vitest';
import {
  a,
  answers,
  answerWell,
  b,
  clock,
  forgetSent,
  hour,
  outbox,
  perSecond,
  placeOf,
  prepareOutbox,
  sent,
  start,
} from './outbox-over-time.ts';

prepareOutbox();

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
    answerWell();
    forgetSent();
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
