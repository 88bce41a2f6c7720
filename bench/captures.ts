// Captures at a million: first page, deep page, search and filter, each beside the plain way to do the same on the same store. The calls are
// written straight into the store. `node bench/captures.ts [--calls 1000000] [--folder /tmp]`
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createCaptureSearch } from '../main/engine/capture-search/capture-search.ts';
import { createCapturesTable } from '../main/engine/captures/captures-table.ts';
import { createId } from '../main/engine/ids.ts';
import { openReader } from '../main/engine/store/database.ts';
import { openStore } from '../main/engine/store/store.ts';
import { readMachine } from './machine.ts';

const { values: flags } = parseArgs({
  options: {
    calls: { type: 'string', default: '1000000' },
    folder: { type: 'string', default: tmpdir() },
    store: { type: 'string' },
  },
});
const calls = Number(flags.calls);
const sources = 20;
const events = ['subscribe', 'unsubscribe', 'profile', 'cleaned', 'order.created', 'order.paid'];
const words =
  'alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar papa'.split(
    ' ',
  );

function bodyOf(n: number): string {
  const text = Array.from({ length: 24 }, (_, i) => words[(n * 7 + i * i * 13) % words.length]).join(' ');
  return JSON.stringify({
    id: n,
    type: events[n % events.length],
    data: { email: `person${n}@example.com`, city: `city${n % 977}`, note: text },
  });
}

function fill(folder: string): void {
  const store = openStore(folder);
  const { database } = store;
  database.pragma('synchronous = OFF');
  const source = database.prepare(
    "INSERT INTO data_sources (id, kind, name, created_at) VALUES (?, 'custom', ?, 0)",
  );
  const connection = database.prepare(
    "INSERT INTO connections (id, data_source_id, name, token, created_at) VALUES (?, ?, 'c', ?, 0)",
  );
  for (let i = 0; i < sources; i += 1) {
    source.run(`ds_${i}`, `Source ${i}`);
    connection.run(`con_${i}`, `ds_${i}`, `token${i}`);
  }
  const table = createCapturesTable(database);
  const start = Date.UTC(2026, 0, 1);
  for (let from = 0; from < calls; from += 10_000) {
    database.transaction(() => {
      for (let n = from; n < Math.min(calls, from + 10_000); n += 1) {
        const of = (n * 31) % sources;
        const body = Buffer.from(bodyOf(n));
        const isRefused = n % 50 === 0;
        table.insert({
          id: createId('cap', start + n * 1000),
          data_source_id: `ds_${of}`,
          connection_id: `con_${of}`,
          received_at: start + n * 1000,
          method: 'POST',
          path: `/in/token${of}`,
          query: '',
          headers: JSON.stringify([
            ['content-type', 'application/json'],
            ['user-agent', 'bench/1.0'],
            ['x-request-id', `req-${n}`],
          ]),
          content_type: 'application/json',
          format: 'json',
          size: body.length,
          outcome: isRefused ? 'rejected' : 'accepted',
          status: isRefused ? 401 : 200,
          event_type: events[n % events.length] ?? null,
          delivery_id: null,
          item_count: 1,
          index_state: isRefused ? 'none' : 'indexed',
          rejection: null,
          notes: '[]',
          verification: null,
          found: null,
          body: { packing: 'none', bytes: body },
        });
      }
    })();
    process.stderr.write(`\r${from + 10_000} calls written`);
  }
  process.stderr.write('\n');
  store.close();
}

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
  if (!existsSync(join(folder, 'hookbench.db'))) fill(folder);
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
