// Many stored calls, the same ones at every run: written straight into the store, so that a million takes a minute.
import { createCapturesTable } from '../main/engine/captures/captures-table.ts';
import { createId } from '../main/engine/ids.ts';
import { openStore } from '../main/engine/store/store.ts';

export const sources = 20;
const events = ['subscribe', 'unsubscribe', 'profile', 'cleaned', 'order.created', 'order.paid'];
const words =
  'alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar papa'.split(
    ' ',
  );

export function bodyOf(n: number): string {
  const text = Array.from({ length: 24 }, (_, i) => words[(n * 7 + i * i * 13) % words.length]).join(' ');
  return JSON.stringify({
    id: n,
    type: events[n % events.length],
    data: { email: `person${n}@example.com`, city: `city${n % 977}`, note: text },
  });
}

/** Writes so many calls, one a second, straight into a new store. */
export function fillStore(folder: string, calls: number): void {
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
