// A process that is killed at marked points of sending: nothing is lost, everything arrives at least once, with the same key and bytes.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FailingServer, startFailingServer } from '../../harness/failing-server.ts';
import type { KillPoint } from '../../harness/killed-while-sending.ts';
import { newDataDir } from '../../harness/test-engine.ts';
import { startTestOutbox, type TestOutbox } from '../../harness/test-outbox.ts';

const child = fileURLToPath(new URL('../../harness/killed-while-sending.ts', import.meta.url));

let server: FailingServer;
let outbox: TestOutbox | undefined;
beforeEach(async () => {
  server = await startFailingServer();
});
afterEach(async () => {
  await outbox?.stop();
  outbox = undefined;
  await server.stop();
});

/** Gives the ids of what the process had promised to send. */
async function runAndKill(dataDir: string, jobs: number, point: KillPoint, which: number): Promise<string[]> {
  const args = [child, dataDir, server.url, String(jobs), point, String(which)];
  const running = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(running, 'exit');
  const line = once(createInterface({ input: running.stdout }), 'line');
  const [[ids], [, signal]] = (await Promise.all([line, exit])) as [[string], [number | null, string]];
  expect(signal).toBe('SIGKILL');
  return JSON.parse(ids) as string[];
}

async function finish(dataDir: string): Promise<TestOutbox> {
  outbox = startTestOutbox(dataDir);
  const { outbox: seam, states, until } = outbox;
  seam.resume();
  await until(() => states().every((state) => state === 'succeeded'), 20_000);
  return outbox;
}

/** How often each key arrived; fails where two tries of one job differ. */
function arrivals(): Map<string, number> {
  const bytes = new Map<string, string>();
  const counts = new Map<string, number>();
  for (const call of server.calls) {
    const key = call.header('idempotency-key') ?? '';
    const all = `${call.method} ${call.target} ${call.text}`;
    expect(bytes.get(key) ?? all).toBe(all);
    bytes.set(key, all);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

it.each<[KillPoint, number]>([
  ['claimed', 0],
  ['sent', 1],
])(
  'sends again what was %s when it was killed, and says that the try was interrupted',
  async (point, arrived) => {
    const dataDir = newDataDir();
    const [id = ''] = await runAndKill(dataDir, 1, point, 1);
    expect(server.calls).toHaveLength(arrived);
    const { call } = await finish(dataDir);
    expect(server.calls).toHaveLength(arrived + 1);
    expect([...arrivals().values()]).toEqual([arrived + 1]);
    const { delivery, attempts } = await call('deliveries.get', { id });
    expect(delivery).toMatchObject({ state: 'succeeded', attempts: 2 });
    expect(attempts.map(({ decision }) => decision)).toEqual([
      'Hookbench ended during this try. Whether it arrived is not known; it is sent again.',
      'Arrived: answered 200.',
    ]);
    expect(attempts[0]?.exchange.failure).toMatchObject({ code: 'interrupted' });
  },
);

it('does not send again what was settled when it was killed', async () => {
  const dataDir = newDataDir();
  await runAndKill(dataDir, 1, 'settled', 1);
  await finish(dataDir);
  expect(server.calls).toHaveLength(1);
});

it('loses nothing, whichever call it is killed in, again and again', async () => {
  const dataDir = newDataDir();
  const ids: string[] = [];
  const points: KillPoint[] = ['sent', 'claimed', 'settled', 'sent'];
  for (const [round, point] of points.entries())
    ids.push(...(await runAndKill(dataDir, 20, point, 7 + round)));
  const { database } = await finish(dataDir);
  expect(new Set(ids).size).toBe(80);
  const kept = database.prepare<[], { id: string }>('SELECT id FROM jobs ORDER BY sequence').all();
  expect(kept.map(({ id }) => id)).toEqual(ids);
  const counts = arrivals();
  expect(counts.size).toBe(80);
  // Few come twice: those that were under way or not settled yet when it was killed.
  expect(server.calls.length - 80).toBeLessThanOrEqual(4 * 16);
});

it('gives a call up that ends the program again and again, by and by', async () => {
  const dataDir = newDataDir();
  const [id = ''] = await runAndKill(dataDir, 1, 'claimed', 1);
  for (let round = 0; round < 2; round += 1) await runAndKill(dataDir, 0, 'claimed', 1);
  outbox = startTestOutbox(dataDir);
  outbox.outbox.resume();
  const { delivery, attempts } = await outbox.call('deliveries.get', { id });
  expect(attempts).toHaveLength(3);
  // The third one in a row moves the schedule on.
  expect(Date.parse(delivery.nextAttemptAt ?? '') - Date.now()).toBeGreaterThan(3_000);
});
