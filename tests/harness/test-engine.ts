// A real engine for tests: own folder, any free port, the real store and sockets. Gives its log lines for assertions.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallInput, CallName, CallOutput } from '#contract';
import { createEngine, type Engine, type EngineOptions } from '../../main/engine/engine.ts';
import { createLog } from '../../main/log/log.ts';

export interface TestEngine {
  engine: Engine;
  dataDir: string;
  logLines: string[];
  /** The output, or an error whose message is `code: message`. */
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  /** A custom data source; gives its id and webhook URL. */
  createSource(applicationId?: string): Promise<{ id: string; url: string }>;
  stop(): Promise<void>;
}

export const newDataDir = (): string => mkdtempSync(join(tmpdir(), 'hookbench-test-'));

export const testVaultKey = new Uint8Array(32).fill(7);

export async function startTestEngine(
  dataDir = newDataDir(),
  options: Partial<EngineOptions> = {},
): Promise<TestEngine> {
  const logLines: string[] = [];
  const engine = await createEngine({
    dataDir,
    receiverPort: 0,
    version: '0.0.0-test',
    vaultKey: testVaultKey,
    log: createLog((line) => logLines.push(line)),
    ...options,
  });
  const call: TestEngine['call'] = async (name, input) => {
    const result = await engine.dispatch(name, input, new AbortController().signal);
    if ('problem' in result) throw new Error(`${result.problem.code}: ${result.problem.message}`);
    return result.output as CallOutput<typeof name>;
  };
  return {
    engine,
    dataDir,
    logLines,
    call,
    async createSource(applicationId) {
      const { dataSource } = await call('dataSources.create', {
        kind: applicationId ? 'cloudApplication' : 'custom',
        name: 'Test source',
        ...(applicationId ? { applicationId } : {}),
      });
      return { id: dataSource.id, url: dataSource.connections[0]?.inboundUrl ?? '' };
    },
    stop: () => engine.stop(),
  };
}
