// How much re-indexing a history slows the answers: the same load with and without it, in turn, in one run. Starts the real program,
// prints the ratios, and ends with 1 where the answers are slowed by half or more.
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Load, LoadResult } from './load-client.ts';
import { readMachine } from './machine.ts';

const { values: flags } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, folder: { type: 'string', default: tmpdir() } },
});
const history = flags.quick ? 10_000 : 100_000;
const rounds = flags.quick ? 2 : 3;
const maxMs = flags.quick ? 1_000 : 4_000;
const connections = 16;
const bodyBytes = 1_024;
const token = 'bench-token';
const least = 0.5;
const children: ChildProcess[] = [];
const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

async function startHookbench(dataDir: string): Promise<string> {
  const args = [
    '--data-dir',
    dataDir,
    '--receiver-port',
    '0',
    '--control-port',
    '0',
    '--no-open',
    '--token',
    token,
  ];
  const child = spawn(process.execPath, [path('../main/serve.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  child.stdout.resume();
  return String((JSON.parse(String(line)) as { control: string }).control);
}

function startClient(): (load: Load) => Promise<LoadResult> {
  const client = fork(path('./load-client.ts'));
  children.push(client);
  return async (load) => {
    client.send(load);
    const [answer] = (await once(client, 'message')) as [{ result?: LoadResult; error?: string }];
    if (!answer.result) throw new Error(`The load failed: ${answer.error}`);
    return answer.result;
  };
}

const median = (numbers: number[]) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

async function bench(dataDir: string): Promise<number> {
  const machine = await readMachine(dataDir);
  const control = await startHookbench(join(dataDir, 'data'));
  async function api<T>(call: string, input: object): Promise<T> {
    const response = await fetch(`${control}/api/${call}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    if (!response.ok) throw new Error(`${call} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  }
  const { dataSource } = await api<{ dataSource: { id: string; connections: { inboundUrl: string }[] } }>(
    'dataSources.create',
    { kind: 'custom', name: 'Benchmark' },
  );
  const { id: dataSourceId } = dataSource;
  const url = dataSource.connections[0]?.inboundUrl ?? '';
  const client = startClient();
  const load: Load = { url, connections, bodyBytes, maxCalls: Number.MAX_SAFE_INTEGER, maxMs };
  const save = (title: string) => api('mapping.save', { dataSourceId, mapping: { id: 'id', title } });

  await client({ ...load, maxCalls: history, maxMs: 600_000 });
  process.stderr.write(`${history.toLocaleString('en')} calls are there\n`);
  await save('type');
  const alone: LoadResult[] = [];
  const beside: LoadResult[] = [];
  const indexedMs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    alone.push(await client(load));
    await save('type');
    const started = performance.now();
    let ended = Number.NaN;
    const saving = save(round % 2 === 0 ? 'customer.name' : 'type').then(() => {
      ended = performance.now();
    });
    beside.push(await client(load));
    const wasOver = !Number.isNaN(ended);
    await saving;
    indexedMs.push(ended - started);
    if (wasOver) process.stderr.write('Re-indexing ended before the load did: the ratio flatters.\n');
    process.stderr.write(`round ${round + 1} of ${rounds}: done\n`);
  }
  const of = (results: LoadResult[], pick: (result: LoadResult) => number) => median(results.map(pick));
  const ratio = of(beside, (result) => result.perSecond) / of(alone, (result) => result.perSecond);
  const line = (name: string, results: LoadResult[]) =>
    `| ${name} | ${of(results, (r) => r.perSecond).toFixed(0)} | ${of(results, (r) => r.p50Ms).toFixed(2)} | ${of(results, (r) => r.p99Ms).toFixed(1)} |\n`;
  process.stdout.write(
    `${machine.processor}, ${machine.cores} cores, Node ${machine.node}, fsync ${machine.fsyncMs.toFixed(2)} ms; ${history.toLocaleString('en')} calls of ${bodyBytes} bytes, ${connections} connections, median of ${rounds} rounds\n\n` +
      '| load | calls/s | p50 ms | p99 ms |\n|---|---|---|---|\n' +
      line('alone', alone) +
      line('while re-indexing', beside) +
      `\nratio ${ratio.toFixed(2)} (at least ${least}); re-indexing took ${(median(indexedMs) / 1000).toFixed(1)} s\n`,
  );
  return ratio;
}

const folder = await mkdtemp(join(flags.folder, 'hookbench-reindex-'));
try {
  if ((await bench(folder)) < least) process.exitCode = 1;
} finally {
  for (const child of children) child.kill();
  await Promise.all(
    children.map((child) => (child.exitCode ?? child.signalCode) === null && once(child, 'exit')),
  );
  await rm(folder, { recursive: true, force: true });
}
