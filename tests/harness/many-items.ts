// A data folder with a source of many items, written straight into the store: what indexing would take minutes for.
import { createHash } from 'node:crypto';
import type { Mapping } from '#contract';
import { openStore } from '../../main/engine/store/store.ts';
import { newDataDir, startTestEngine, type TestEngine } from './test-engine.ts';

export const cities = ['Berlin', 'Köln', 'Łódź', 'Paris', 'São Paulo', ''];

const mapping: Mapping = {
  id: 'id',
  title: 'title',
  fields: [
    { name: 'score', path: 'score', type: 'number' },
    { name: 'mail', path: 'mail', type: 'text' },
    { name: 'city', path: 'city', type: 'text' },
    { name: 'big', path: 'big', type: 'number' },
    { name: 'since', path: 'since', type: 'date' },
  ],
};

/**
 * Item `n` has id `user-000n`, title `Person n`, fields `score` (n * 7 % 1000), `mail`, `city`, `big` (20 digits). A second source has
 * `fewer` of them.
 */
export async function startWithItems(
  count: number,
  fewer = 0,
): Promise<{ test: TestEngine; dataSourceId: string; smallSourceId: string }> {
  const dataDir = newDataDir();
  const first = await startTestEngine(dataDir);
  const { id: dataSourceId } = await first.createSource();
  const { id: smallSourceId } = await first.createSource();
  await first.call('mapping.save', { dataSourceId, mapping });
  await first.call('mapping.save', { dataSourceId: smallSourceId, mapping });
  await first.stop();
  const store = openStore(dataDir);
  const insert = store.database.prepare(
    `INSERT INTO items (data_source_id, revision, external_id, id, title, fields, version, last_change, created_at, updated_at)
      VALUES (?, 1, ?, ?, ?, ?, 1, ?, ?, ?)`,
  );
  const version = store.database.prepare(
    `INSERT INTO item_versions (change, item_id, revision, version, at, capture_id, title, fields, changed)
      VALUES (?, ?, 1, 1, ?, 'cap_none', ?, ?, '["title"]')`,
  );
  const counted = store.database.prepare(
    'UPDATE mapping_revisions SET item_count = ? WHERE data_source_id = ?',
  );
  let change = 0;
  const fill = (dataSourceId: string, count: number) => {
    for (let n = 1; n <= count; n += 1) {
      const externalId = `user-${String(n).padStart(6, '0')}`;
      const id = `itm_${createHash('sha256').update(`${dataSourceId}${externalId}`).digest('hex').slice(0, 26)}`;
      const at = Date.UTC(2026, 0, 1) + n * 60_000;
      const fields = JSON.stringify({
        score: (n * 7) % 1000,
        mail: `person${n}@example.com`,
        city: cities[n % cities.length],
        big: `1234567890123456${String(n).padStart(6, '0')}`,
        since: new Date(at).toISOString(),
      });
      change += 1;
      insert.run(dataSourceId, externalId, id, `Person ${n}`, fields, change, at, at);
      version.run(change, id, at, `Person ${n}`, fields);
    }
    store.database.prepare('UPDATE data_sources SET item_count = ? WHERE id = ?').run(count, dataSourceId);
    counted.run(count, dataSourceId);
  };
  store.database.transaction(() => {
    fill(dataSourceId, count);
    fill(smallSourceId, fewer);
  })();
  store.close();
  return { test: await startTestEngine(dataDir), dataSourceId, smallSourceId };
}
