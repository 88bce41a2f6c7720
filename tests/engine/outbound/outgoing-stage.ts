// What tests of the outgoing half of connections share: one real engine, and for each test a source and a real second server.
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { AuthorizationInput, OutgoingInput } from '#contract';
import { type SecondServer, startSecondServer } from '../../harness/second-server.ts';
import { startTestEngine, type TestEngine } from '../../harness/test-engine.ts';

export let test: TestEngine;
export let server: SecondServer;
export let dataSourceId: string;
export let id: string;

export const outgoingTo = (
  authorization: AuthorizationInput = { kind: 'none' },
  more: Partial<OutgoingInput> = {},
) => ({
  baseUrl: `${server.url}/v1`,
  allowedTargets: [server.target],
  authorization,
  ...more,
});
export const save = (outgoing: OutgoingInput, asDraft = false) =>
  test.call('connections.saveOutgoing', { id, outgoing, asDraft });
export const problemOf = async (outgoing: OutgoingInput) => {
  const result = await test.engine.dispatch(
    'connections.saveOutgoing',
    { id, outgoing },
    new AbortController().signal,
  );
  return 'problem' in result ? result.problem : undefined;
};
export const saved = async () => (await test.call('connections.outgoing', { id })).outgoing;

/** Stops the engine and starts one on the same folder. */
export async function restart(options: Parameters<typeof startTestEngine>[1] = {}): Promise<void> {
  await test.stop();
  test = await startTestEngine(test.dataDir, options);
}

/** Call it once in a file. */
export function prepareOutgoing(): void {
  // One engine for all: each test has a source and a server of its own.
  beforeAll(async () => {
    test = await startTestEngine();
  });
  afterAll(() => test.stop());
  beforeEach(async () => {
    server = await startSecondServer();
    const { dataSource } = await test.call('dataSources.create', { kind: 'custom', name: 'CRM' });
    dataSourceId = dataSource.id;
    id = dataSource.connections[0]?.id ?? '';
  });
  afterEach(() => server.stop());
}
