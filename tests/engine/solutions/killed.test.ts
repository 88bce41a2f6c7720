// The program is killed at marked points of a run: the run goes on where it was, each step arrives, with the same key and bytes.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunSummary } from '#contract';
import { type ModuleStage, setModuleStage } from '../../harness/module-stage.ts';
import { type Program, startProgram } from '../../harness/program.ts';

const child = fileURLToPath(new URL('../../harness/killed-while-running.ts', import.meta.url));

let stage: ModuleStage;
beforeEach(async () => {
  stage = await setModuleStage();
  stage.server.always({ status: 200, body: '{"code":"c1"}' });
  const step = (id: string) => ({
    id,
    dataSourceId: stage.targetId,
    method: 'POST' as const,
    path: `/${id}/{{ item.id }}`,
    body: {
      kind: 'json' as const,
      template: '{"title":{{ item.title | json }},"so":"{{ steps.s1.answer.code }}"}',
    },
    stopOnFailure: true,
  });
  await stage.addModule({ steps: [step('s1'), step('s2')] });
  await stage.test.stop();
});
afterEach(() => stage.stop());

const post = (receiver: string, id: number) => {
  const url = new URL(stage.url);
  url.port = new URL(receiver).port;
  const body = JSON.stringify({ id, name: `Item ${id}`, email: 'e' });
  return fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
};

/** Each step of each item arrived, every time with the same key and bytes; gives how often each came. */
function arrivals(): Record<string, number> {
  const known = new Map<string, string>();
  const counts: Record<string, number> = {};
  for (const call of stage.server.calls) {
    const bytes = `${call.header('idempotency-key')} ${call.text}`;
    expect(known.get(call.target) ?? bytes).toBe(bytes);
    known.set(call.target, bytes);
    counts[call.target] = (counts[call.target] ?? 0) + 1;
  }
  return counts;
}

function expectWhole(run: RunSummary | undefined): void {
  expect(run).toMatchObject({ state: 'succeeded', steps: { done: 2, failed: 0, total: 2 } });
  expect(stage.server.calls.find(({ target }) => target === '/s2/1')?.text).toBe(
    '{"title":"Item 1","so":"c1"}',
  );
}

describe('a run', () => {
  it.each([
    ['fired', "SELECT 1 FROM runs WHERE state = 'fired'", 0],
    [
      'knew the answer to its first call',
      "SELECT 1 FROM jobs WHERE step_id = 's1' AND state = 'succeeded'",
      1,
    ],
    ['handed its second call to the outbox', "SELECT 1 FROM jobs WHERE step_id = 's2'", 2],
  ])('goes on after it %s and the program was killed', async (_point, query, mostCalls) => {
    const running = spawn(process.execPath, [child, stage.test.dataDir, query], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exit = once(running, 'exit');
    const [receiver] = (await once(createInterface({ input: running.stdout }), 'line')) as [string];
    // The call is in the store; whether its answer came before the kill does not matter here.
    await post(receiver, 1).catch(() => undefined);
    const [, signal] = (await exit) as [number | null, string];
    expect(signal).toBe('SIGKILL');
    expect(stage.server.calls.length).toBeLessThanOrEqual(mostCalls);

    await stage.restart();
    const [run, ...others] = await stage.runs((runs) => runs[0]?.endedAt !== undefined);
    expect(others).toEqual([]);
    expectWhole(run);
    const counts = arrivals();
    expect(Object.keys(counts).sort()).toEqual(['/s1/1', '/s2/1']);
    // Only the call that was under way may come twice.
    expect(stage.server.calls.length).toBeLessThanOrEqual(3);
  });
});

describe('the real program', () => {
  let program: Program | undefined;
  afterEach(async () => void (await program?.kill()));

  it('killed while the first call and then while the second is under way, ends the run all the same', async () => {
    const { dataDir } = stage.test;
    stage.server.next('hang');
    program = await startProgram({ dataDir });
    expect((await post(program.receiver, 1)).status).toBe(200);
    await stage.server.waitFor(1);
    await program.kill();
    // The first step comes again and is answered, the second one hangs.
    stage.server.next({ status: 200, body: '{"code":"c1"}' }, 'hang');
    program = await startProgram({ dataDir });
    await stage.server.waitFor(3, 20_000);
    await program.kill();
    stage.server.release();

    await stage.restart();
    const [run] = await stage.runs((runs) => runs[0]?.endedAt !== undefined);
    expectWhole(run);
    expect(arrivals()).toEqual({ '/s1/1': 2, '/s2/1': 2 });
    const { deliveries } = await stage.test.call('deliveries.list', {});
    for (const { id } of deliveries) {
      const { attempts } = await stage.test.call('deliveries.get', { id });
      expect(attempts.map(({ exchange }) => exchange.failure?.code)).toEqual(['interrupted', undefined]);
    }
  });
});
