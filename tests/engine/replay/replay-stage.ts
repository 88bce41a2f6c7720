// What tests of replays share: one real engine, and a real second server for each test.
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { CallInput, ReplayAttempt, ReplayJob } from '#contract';
import { type FailingServer, startFailingServer } from '../../harness/failing-server.ts';
import { startTestEngine, type TestEngine } from '../../harness/test-engine.ts';

export let test: TestEngine;
export let server: FailingServer;

export async function post(
  url: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Promise<string> {
  await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
  return await newest();
}
export async function newest(): Promise<string> {
  const { captures } = await test.call('captures.list', { limit: 1 });
  return captures[0]?.id ?? '';
}
export async function replay(
  input: CallInput<'replays.start'>,
): Promise<{ job: ReplayJob; attempts: ReplayAttempt[] }> {
  const { job } = await test.call('replays.start', input);
  const ended = await test.call('replays.wait', { id: job.id, timeoutMs: 20_000 });
  const { attempts } = await test.call('replays.attempts', { id: job.id, limit: 500 });
  return { job: ended.job, attempts };
}
export const mapping = { id: 'id', title: 'name' };
export async function indexed(dataSourceId: string, captureId: string): Promise<void> {
  await expect
    .poll(async () => (await test.call('captures.get', { id: captureId })).capture.indexState, {
      timeout: 5000,
    })
    .toBe('indexed');
  await test.call('items.list', { dataSourceId });
}

/** Call it once in a file. */
export function prepareReplays(): void {
  beforeAll(async () => {
    test = await startTestEngine();
  });
  afterAll(() => test.stop());
  beforeEach(async () => {
    server = await startFailingServer();
  });
  afterEach(() => server.stop());
}
