// How much re-indexing a history slows the answers: the same load with and without it, in turn and in alternating order, in one run of the
// real program. Every load begins with nothing left to do behind the answers; a round in which re-indexing ended before the load is thrown out
// by an error, because it would flatter. Prints a report in Markdown and ends with 1 where the answers are slowed by half or more.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Load, LoadResult } from './load-client.ts';
import { readMachine } from './machine.ts';
import { type Api, createPrograms } from './programs.ts';

const { values: flags } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
    folder: { type: 'string', default: tmpdir() },
  },
});
const history = flags.quick ? 10_000 : 100_000;
const rounds = Number(flags.rounds);
const loadMs = flags.quick ? 500 : 4_000;
const connections = 16;
const bodyBytes = 1_024;
/** Answers must keep at least this share of their pace. */
const least = 0.5;
const drainedWithinMs = 600_000;
const programs = createPrograms();

interface Round {
  alone: LoadResult;
  beside: LoadResult;
  indexedMs: number;
}

/** Milliseconds of processor time that a process has used; undefined where the system has no /proc. */
async function processorMs(pid: number): Promise<number | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'latin1');
    const [user, system] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13);
    return (Number(user) + Number(system)) * 10;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Waits until the program has nothing left to do: no call waits, and it uses hardly any processor time. */
async function drain(api: Api, pid: number, dataSourceId: string): Promise<void> {
  const until = performance.now() + drainedWithinMs;
  for (let quiet = 0; quiet < 3; ) {
    if (performance.now() > until) throw new Error('The program did not come to rest.');
    const before = await processorMs(pid);
    await pause(before === undefined ? 3_000 : 300);
    const after = await processorMs(pid);
    const { waiting, indexing } = await api<{ waiting: number; indexing?: object }>('mapping.get', {
      dataSourceId,
    });
    const isQuiet = waiting === 0 && !indexing && (after ?? 0) - (before ?? 0) <= 30;
    quiet = isQuiet ? quiet + 1 : 0;
  }
}

const middle = (numbers: number[]) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

async function bench(folder: string): Promise<boolean> {
  const machine = await readMachine(folder);
  const { api, pid } = await programs.startHookbench(join(folder, 'data'));
  const { dataSource } = await api<{ dataSource: { id: string; connections: { inboundUrl: string }[] } }>(
    'dataSources.create',
    { kind: 'custom', name: 'Benchmark' },
  );
  const dataSourceId = dataSource.id;
  const url = dataSource.connections[0]?.inboundUrl ?? '';
  const client = programs.startClient();
  const load: Load = { url, connections, bodyBytes, maxCalls: Number.MAX_SAFE_INTEGER, maxMs: loadMs };
  const save = (title: string) => api('mapping.save', { dataSourceId, mapping: { id: 'id', title } });
  const progress = async () =>
    (await api<{ indexing?: { done: number; total: number } }>('mapping.get', { dataSourceId })).indexing;

  async function loadAlone(): Promise<LoadResult> {
    await drain(api, pid, dataSourceId);
    return await client(load);
  }

  async function loadBeside(title: string): Promise<{ beside: LoadResult; indexedMs: number }> {
    await drain(api, pid, dataSourceId);
    const started = performance.now();
    const saving = save(title).then(() => performance.now() - started);
    while (((await progress())?.done ?? 0) === 0) await pause(20);
    const beside = await client(load);
    const left = await progress();
    if (!left) throw new Error('Re-indexing ended before the load did: a longer history is needed.');
    return { beside, indexedMs: await saving };
  }

  await client({ ...load, maxCalls: history, maxMs: 600_000 });
  process.stderr.write(`${history.toLocaleString('en')} calls are there\n`);
  await save('type');
  const done: Round[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const title = round % 2 === 0 ? 'customer.name' : 'type';
    const aloneFirst = round % 2 === 0;
    const before = aloneFirst ? await loadAlone() : undefined;
    const { beside, indexedMs } = await loadBeside(title);
    const alone = before ?? (await loadAlone());
    done.push({ alone, beside, indexedMs });
    process.stderr.write(
      `round ${round + 1} of ${rounds}: ${alone.perSecond.toFixed(0)} alone, ${beside.perSecond.toFixed(0)} beside, re-indexed in ${(indexedMs / 1000).toFixed(1)} s\n`,
    );
  }
  const ratios = done.map(({ alone, beside }) => beside.perSecond / alone.perSecond);
  const ratio = middle(ratios);
  const line = (name: string, results: LoadResult[]) =>
    `| ${name} | ${middle(results.map((r) => r.perSecond)).toFixed(0)} | ${middle(results.map((r) => r.p50Ms)).toFixed(2)} | ${middle(results.map((r) => r.p99Ms)).toFixed(1)} |\n`;
  process.stdout.write(
    `${machine.processor}, ${machine.cores} cores, Node ${machine.node}, fsync ${machine.fsyncMs.toFixed(2)} ms; ${history.toLocaleString('en')} calls of ${bodyBytes} bytes, ${connections} connections, ${rounds} rounds of ${loadMs / 1000} s each, medians\n\n` +
      '| load | calls/s | p50 ms | p99 ms |\n|---|---:|---:|---:|\n' +
      line(
        'alone',
        done.map((round) => round.alone),
      ) +
      line(
        'while re-indexing',
        done.map((round) => round.beside),
      ) +
      `\nPace while re-indexing by alone: ${ratio.toFixed(2)} (rounds: ${ratios.map((each) => each.toFixed(2)).join(', ')}; at least ${least}). ` +
      `Re-indexing took ${(middle(done.map((round) => round.indexedMs)) / 1000).toFixed(1)} s, the load included.\n`,
  );
  return ratio >= least;
}

const folder = await mkdtemp(join(flags.folder, 'hookbench-reindex-'));
try {
  if (!(await bench(folder))) process.exitCode = 1;
} finally {
  await programs.end();
  await rm(folder, { recursive: true, force: true });
}
