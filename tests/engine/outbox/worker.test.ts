// The worker over real sockets and a real store: what is due goes out, within limits, and no destination delays another.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { holdExclusively } from '../../../main/engine/store/database.ts';
import { askToWait, type FailingServer, startFailingServer } from '../../harness/failing-server.ts';
import { newDataDir } from '../../harness/test-engine.ts';
import { startTestOutbox, type TestOutbox } from '../../harness/test-outbox.ts';

let outbox: TestOutbox;
const servers: FailingServer[] = [];
async function newServer(): Promise<FailingServer> {
  const server = await startFailingServer();
  servers.push(server);
  return server;
}

beforeEach(() => {
  outbox = startTestOutbox(newDataDir());
  outbox.outbox.resume();
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
  await outbox.stop();
});

const all = (states: string[], state: string) => states.every((other) => other === state);

describe('the worker', () => {
  it('sends what is put in, in order, with the key and the bytes of the job', async () => {
    const server = await newServer();
    const [id = ''] = outbox.enqueue(server.url, 1, {
      method: 'PUT',
      target: '/a%20b?c=1',
      body: Buffer.from('{"ü":1}'),
      idempotencyKey: 'key of mine',
    });
    await outbox.until(() => all(outbox.states(), 'succeeded'));
    expect(server.calls[0]).toMatchObject({ method: 'PUT', target: '/a%20b?c=1', text: '{"ü":1}' });
    expect(server.calls[0]?.header('idempotency-key')).toBe('key of mine');
    const { delivery, attempts } = await outbox.call('deliveries.get', { id });
    expect(delivery).toMatchObject({
      state: 'succeeded',
      attempts: 1,
      lastStatus: 200,
      destination: server.url,
    });
    expect(delivery.nextAttemptAt).toBeUndefined();
    expect(attempts).toHaveLength(1);
    expect(attempts[0]).toMatchObject({ number: 1, decision: 'Arrived: answered 200.' });
    expect(attempts[0]?.exchange.answer?.body?.text).toBe('{"ok":true}');
  });

  it('makes no second job of a key that it has', async () => {
    const server = await newServer();
    const [first] = outbox.enqueue(server.url, 1, { idempotencyKey: 'same' });
    expect(outbox.enqueue(server.url, 1, { idempotencyKey: 'same' })).toEqual([first]);
    await outbox.until(() => all(outbox.states(), 'succeeded'));
    expect(server.calls).toHaveLength(1);
  });

  it('forgets a job whose transaction is taken back', async () => {
    const server = await newServer();
    expect(() =>
      outbox.database.transaction(() => {
        outbox.enqueue(server.url);
        throw new Error('taken back');
      })(),
    ).toThrow('taken back');
    outbox.enqueue(server.url);
    await outbox.until(() => server.calls.length === 1 && all(outbox.states(), 'succeeded'));
    expect(outbox.states()).toEqual(['succeeded']);
  });

  it('keeps to four calls at a time for one destination', async () => {
    const server = await newServer();
    server.always({ status: 200, afterMs: 10 });
    outbox.enqueue(server.url, 40);
    await outbox.until(() => all(outbox.states(), 'succeeded'));
    expect(server.calls).toHaveLength(40);
    expect(server.mostAtOnce()).toBeLessThanOrEqual(4);
    expect(server.mostAtOnce()).toBeGreaterThan(1);
  });

  it('sends to one host while others never answer, however many', async () => {
    const hanging = await Promise.all(Array.from({ length: 20 }, newServer));
    for (const server of hanging) {
      server.always('hang');
      outbox.enqueue(server.url, 4);
    }
    const alive = await newServer();
    const start = performance.now();
    outbox.enqueue(alive.url, 50);
    await alive.waitFor(50);
    expect(performance.now() - start).toBeLessThan(6_000);
    await outbox.until(() => outbox.states().filter((state) => state === 'succeeded').length === 50);
    // The others are still being tried.
    expect(outbox.states().filter((state) => state === 'sending').length).toBeGreaterThan(16);
  });

  it('gives each destination its turn', async () => {
    const [many, few] = [await newServer(), await newServer()];
    many.always({ status: 200, afterMs: 20 });
    outbox.enqueue(many.url, 200);
    outbox.enqueue(few.url, 5);
    await few.waitFor(5);
    expect(many.calls.length).toBeLessThan(60);
  });

  it('waits as long as the answer asks for, shows both tries, and sends the same bytes', async () => {
    const server = await newServer();
    server.next(askToWait(1));
    const [id = ''] = outbox.enqueue(server.url);
    await outbox.until(() => all(outbox.states(), 'succeeded'));
    const [first, second] = server.calls;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(1_000);
    expect(second?.body).toEqual(first?.body);
    expect(second?.header('idempotency-key')).toBe(first?.header('idempotency-key'));
    const { attempts } = await outbox.call('deliveries.get', { id });
    expect(attempts.map(({ exchange }) => exchange.answer?.status)).toEqual([503, 200]);
    expect(attempts[0]?.decision).toMatch(
      /^Answered 503; tried again in 1 s\. Retry-After of the answer: 1 s\.$/,
    );
  });

  it('gives a call up that the same bytes cannot heal, and tells who waits', async () => {
    const server = await newServer();
    server.next({ status: 422, body: 'no such field' });
    const told: unknown[] = [];
    outbox.outbox.onSettled((settled) => told.push(settled));
    const [id = ''] = outbox.enqueue(server.url, 1, { runId: 'run_1', stepId: 'a' });
    await outbox.until(() => all(outbox.states(), 'failed'));
    expect(told).toMatchObject([{ deliveryId: id, runId: 'run_1', stepId: 'a', state: 'failed' }]);
    const { attempts } = await outbox.call('deliveries.get', { id });
    expect(attempts[0]?.decision).toBe('Given up: answered 422, which the same bytes cannot change.');
    const { deliveries } = await outbox.call('deliveries.list', { state: 'failed' });
    expect(deliveries.map((delivery) => delivery.id)).toEqual([id]);
  });

  it('keeps what the listener writes with the result, and makes the next job in the same transaction', async () => {
    const server = await newServer();
    outbox.outbox.onSettled(({ stepId }) => {
      if (stepId !== 'a') return;
      outbox.enqueue(server.url, 1, { stepId: 'b', target: '/next' });
    });
    outbox.enqueue(server.url, 1, { stepId: 'a', target: '/first' });
    await outbox.until(() => outbox.states().length === 2 && all(outbox.states(), 'succeeded'));
    expect(server.calls.map(({ target }) => target)).toEqual(['/first', '/next']);
  });

  it('does not let one listener that fails hold up the other deliveries', async () => {
    const server = await newServer();
    outbox.outbox.onSettled(({ stepId }) => {
      if (stepId === 'bad') throw new Error('a fault of the listener');
    });
    outbox.enqueue(server.url, 1, { stepId: 'bad' });
    outbox.enqueue(server.url, 8);
    await outbox.until(() => outbox.states().filter((state) => state === 'succeeded').length === 8);
    expect(outbox.states()[0]).toBe('sending');
    expect(outbox.logLines.join()).toContain('a result cannot be kept');
  });

  it('stops within five seconds: what is under way gets a moment, then it waits again', async () => {
    const dataDir = newDataDir();
    const first = startTestOutbox(dataDir);
    first.outbox.resume();
    const [hanging, slow] = [await newServer(), await newServer()];
    hanging.always('hang');
    slow.always({ status: 200, afterMs: 300 });
    const [id = ''] = first.enqueue(hanging.url);
    first.enqueue(slow.url);
    await Promise.all([hanging.waitFor(1), slow.waitFor(1)]);
    const start = performance.now();
    await first.stop();
    expect(performance.now() - start).toBeLessThan(5_000);

    const second = startTestOutbox(dataDir);
    expect(second.states()).toEqual(['waiting', 'succeeded']);
    const { attempts } = await second.call('deliveries.get', { id });
    expect(attempts.map(({ decision }) => decision)).toEqual([
      'Hookbench was stopped during this try. Whether it arrived is not known; it is sent again.',
    ]);
    hanging.always({ status: 200 });
    second.outbox.resume();
    await second.until(() => all(second.states(), 'succeeded'));
    expect(slow.calls).toHaveLength(1);
    expect(hanging.calls.map((call) => call.header('idempotency-key'))).toHaveLength(2);
    await second.stop();
  });

  it('keeps results, and sends nothing more, while another program holds the store', async () => {
    const server = await newServer();
    server.always('hang');
    outbox.enqueue(server.url, 3);
    await server.waitFor(1);
    const holder = holdExclusively(outbox.database.name);
    expect(holder).toBeDefined();
    server.release();
    await outbox.until(() => outbox.logLines.some((line) => line.includes('cannot write to the store')));
    expect(server.calls).toHaveLength(1);
    expect(outbox.states()).toEqual(['sending', 'waiting', 'waiting']);
    server.always({ status: 200 });
    holder?.release();
    await outbox.until(() => all(outbox.states(), 'succeeded'));
    expect(server.calls).toHaveLength(3);
  });

  it('tells changes at most ten times a second, however many deliveries settle', async () => {
    const server = await newServer();
    const told: string[] = [];
    outbox.changes.subscribe((event) => told.push(event));
    const start = performance.now();
    outbox.enqueue(server.url, 200);
    await outbox.until(() => all(outbox.states(), 'succeeded'));
    const most = (performance.now() - start) / 100 + 2;
    expect(told.filter((event) => event === 'deliveries.changed').length).toBeLessThanOrEqual(most);
    expect(told).toContain('status.changed');
  });
});
