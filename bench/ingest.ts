// How fast the receiver takes calls, against a bare node:http server that only reads the body: in turn, in one run, with one client.
// Starts the real program; prints a report in Markdown and writes no file unless told to.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Cell, median, type Rounds, writeReport } from './ingest-report.ts';
import type { Load, LoadResult } from './load-client.ts';
import { readMachine } from './machine.ts';
import { type Api, createPrograms } from './programs.ts';

const usage = `Usage: npm run bench -- [flags]
  --quick             some seconds instead of two minutes; for a smoke test, not for figures
  --mapped            with a saved mapping, so that every call becomes an item behind the answer
  --folder <folder>   where the data folder is made for the run (default: the system's temporary folder)
  --write <file>      writes the report there too
`;

const sizes = [1_024, 10_240];
const connectionCounts = [1, 16, 64];
const programs = createPrograms();

interface Source {
  id: string;
  counts: { captures: number; items: number };
  connections: Array<{ inboundUrl: string }>;
}

/** Work behind the answers must not weigh on the next round: waits until all calls are items, at most a minute. */
async function drain(api: Api, id: string): Promise<void> {
  const until = performance.now() + 60_000;
  for (;;) {
    const { dataSource } = await api<{ dataSource: Source }>('dataSources.get', { id });
    if (dataSource.counts.items >= dataSource.counts.captures) return;
    if (performance.now() > until) throw new Error('The calls were not indexed within a minute.');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function bench(flags: {
  quick: boolean;
  mapped: boolean;
  folder: string;
  write?: string;
}): Promise<void> {
  const rounds = flags.quick ? 1 : 5;
  const maxMs = flags.quick ? 300 : 1_500;
  const dataDir = await mkdtemp(join(flags.folder, 'hookbench-bench-'));
  try {
    const machine = await readMachine(dataDir);
    const { ready: bare } = await programs.start('./bare-server.ts', []);
    const { api } = await programs.startHookbench(join(dataDir, 'data'));
    const { dataSource } = await api<{ dataSource: Source }>('dataSources.create', {
      kind: 'custom',
      name: 'Benchmark',
    });
    const { id } = dataSource;
    const urls = { bare: String(bare['url']), hookbench: dataSource.connections[0]?.inboundUrl ?? '' };
    const client = programs.startClient();
    let acknowledged = 0;

    async function measure(name: 'bare' | 'hookbench', load: Omit<Load, 'url'>): Promise<LoadResult> {
      const result = await client({ ...load, url: urls[name] });
      if (name === 'hookbench') {
        acknowledged += result.calls;
        if (flags.mapped) await drain(api, id);
      }
      return result;
    }

    if (flags.mapped)
      await api('mapping.save', { dataSourceId: id, mapping: { id: 'id', title: 'customer.name' } });
    const cells: Cell[] = [];
    for (const bodyBytes of sizes) {
      for (const connections of connectionCounts) {
        const load = { connections, bodyBytes, maxMs, maxCalls: bodyBytes < 4_096 ? 8_000 : 3_000 };
        const warmUp = { ...load, maxMs: maxMs / 3 };
        const results: Rounds = { bare: [], hookbench: [] };
        await measure('bare', warmUp);
        await measure('hookbench', warmUp);
        for (let round = 0; round < rounds; round += 1) {
          const order = round % 2 === 0 ? (['bare', 'hookbench'] as const) : (['hookbench', 'bare'] as const);
          for (const name of order) results[name].push(await measure(name, load));
        }
        cells.push({
          bodyBytes,
          connections,
          bare: median(results.bare),
          hookbench: median(results.hookbench),
        });
        process.stderr.write(`${bodyBytes / 1024} KB, ${connections} connections: done\n`);
      }
    }
    const kept = await api<{ dataSource: Source }>('dataSources.get', { id });
    if (kept.dataSource.counts.captures !== acknowledged) {
      throw new Error(
        `${acknowledged} calls were acknowledged, but ${kept.dataSource.counts.captures} are kept.`,
      );
    }
    const report = writeReport({ cells, machine, rounds, maxMs, acknowledged, mapped: flags.mapped });
    process.stdout.write(report);
    if (flags.write !== undefined) await writeFile(flags.write, report);
  } finally {
    await programs.end();
    await rm(dataDir, { recursive: true, force: true });
  }
}

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    mapped: { type: 'boolean', default: false },
    folder: { type: 'string', default: tmpdir() },
    write: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
if (values.help) process.stdout.write(usage);
else await bench(values);
