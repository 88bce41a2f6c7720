// Captures at a million: first page, deep page, search and filter, each beside the plain way to do the same on the same store. The calls are
// written straight into the store. `node bench/captures.ts [--calls 1000000] [--folder /tmp]`
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createCaptureSearch } from '../main/engine/capture-search/capture-search.ts';
import { createCapturesTable } from '../main/engine/captures/captures-table.ts';
import { openReader } from '../main/engine/store/database.ts';
import { readMachine } from './machine.ts';
import { bodyOf, fillStore, sources } from './many-captures.ts';

const { values: flags } = parseArgs({
  options: {
    calls: { type: 'string', default: '1000000' },
    folder: { type: 'string', default: tmpdir() },
    store: { type: 'string' },
  },
});
const calls = Number(flags.calls);
async function median(work: () => unknown, rounds = 7): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < rounds; i += 1) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return times.sort((left, right) => left - right)[Math.floor(rounds / 2)] ?? 0;
}

const folder = flags.store ?? (await mkdtemp(join(flags.folder, 'hookbench-captures-')));
try {
  if (!existsSync(join(folder, 'hookbench.db'))) fillStore(folder, calls);
  const file = join(folder, 'hookbench.db');
  const search = createCaptureSearch({
    file,
    giveWay: async () => undefined,
    onFault: (error) => console.error(error),
  });
  const started = performance.now();
  search.wake();
  await search.settled();
  const indexedMs = performance.now() - started;

  const database = openReader(file);
  const table = createCapturesTable(database);
  const last = calls;
  const plain = (where: string, ...values: (string | number)[]) => {
    const statement = database.prepare(
      `SELECT captures.sequence FROM captures JOIN capture_bodies USING (sequence) WHERE ${where} ORDER BY captures.sequence DESC LIMIT 100`,
    );
    return () => statement.all(...values);
  };
  const offset = database.prepare(
    'SELECT sequence, id, method, path, status FROM captures ORDER BY sequence DESC LIMIT 100 OFFSET ?',
  );
  const never = new AbortController().signal;
  const ask = (query: string, dataSourceId?: string) => async () => {
    const page = await search.page({ query, limit: 100, dataSourceId }, never);
    return page;
  };
  const email = `person${Math.floor(calls / 3)}@example.com`;
  const rows: [what: string, ours: () => unknown, other: () => unknown][] = [
    ['first page', () => table.page({ before: last + 1, limit: 100 }), () => offset.all(0)],
    [
      'page 10,000 calls deep',
      () => table.page({ before: last - 10_000, limit: 100 }),
      () => offset.all(10_000),
    ],
    [
      'page in the middle',
      () => table.page({ before: Math.floor(last / 2), limit: 100 }),
      () => offset.all(Math.floor(last / 2)),
    ],
    [
      'page in the middle of one source',
      () => table.page({ dataSourceId: 'ds_3', before: Math.floor(last / 2), limit: 100 }),
      () =>
        database
          .prepare(
            'SELECT sequence, id, method, path, status FROM captures WHERE data_source_id = ? ORDER BY sequence DESC LIMIT 100 OFFSET ?',
          )
          .all('ds_3', Math.floor(last / sources / 2)),
    ],
    [`one call by a word (${email})`, ask(`"${email}"`), plain('bytes LIKE ?', `%${email}%`)],
    ['a frequent word', ask('foxtrot'), plain('bytes LIKE ?', '%foxtrot%')],
    ['a prefix', ask('person99'), plain('bytes LIKE ?', '%person99%')],
    [
      'two words, one rare',
      ask('city500 foxtrot'),
      plain('bytes LIKE ? AND bytes LIKE ?', '%city500%', '%foxtrot%'),
    ],
    ['status:rejected', ask('status:rejected'), plain("outcome = 'rejected'")],
    [
      'status:rejected of one source',
      ask('status:rejected', 'ds_10'),
      plain("outcome = 'rejected' AND data_source_id = 'ds_10'"),
    ],
    [
      'event and source',
      ask('event:order.paid source:ds_7'),
      plain("event_type = 'order.paid' AND data_source_id = 'ds_7'"),
    ],
    ['nothing fits (size:>1mb)', ask('size:>1mb'), plain('size > 1000000')],
    [
      'a value ($.data.email=…)',
      ask(`$.data.email=${email}`),
      plain("json_extract(CAST(bytes AS TEXT), '$.data.email') = ?", email),
    ],
    ['without a word (-foxtrot)', ask('-foxtrot'), plain('bytes NOT LIKE ?', '%foxtrot%')],
    [
      'a day (after, before)',
      ask('after:2026-01-05 before:2026-01-06 golf'),
      plain(
        'received_at >= ? AND received_at < ? AND bytes LIKE ?',
        Date.UTC(2026, 0, 5),
        Date.UTC(2026, 0, 6),
        '%golf%',
      ),
    ],
    [
      'first second of a scan (contains:)',
      ask('contains:"zzz not there"'),
      plain('bytes LIKE ?', '%zzz not there%'),
    ],
  ];
  const machine = await readMachine(folder);
  console.log(
    `${machine.processor}, ${machine.cores} cores, Node ${machine.node}; ${calls.toLocaleString('en')} calls of ${bodyOf(1).length} bytes, ${sources} sources, 100 rows a page, median of 7\n`,
  );
  console.log('| what | Hookbench ms | plain SQL ms | ratio |\n|---|---|---|---|');
  for (const [what, ours, other] of rows) {
    await ours();
    const [a, b] = [await median(ours), await median(other, 3)];
    console.log(
      `| ${what} | ${a.toFixed(a < 10 ? 2 : 0)} | ${b.toFixed(b < 10 ? 2 : 0)} | ${(b / a).toFixed(b / a < 10 ? 1 : 0)} |`,
    );
  }
  console.log(`\nindexing: ${Math.round((calls / indexedMs) * 1000).toLocaleString('en')} calls a second`);
  await search.stop();
  database.close();
} finally {
  if (flags.store === undefined) await rm(folder, { recursive: true, force: true });
}
