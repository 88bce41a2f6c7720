// A kill in the middle of the removal of a data source: the next start goes on, and nothing of it is left.
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openDatabase } from '../../../main/engine/store/database.ts';
import { startProgram } from '../../harness/program.ts';
import { newDataDir } from '../../harness/test-engine.ts';

it('resumes after a kill', { timeout: 90_000 }, async () => {
  const dataDir = newDataDir();
  let program = await startProgram({ dataDir });
  const { dataSource } = (await program.api('dataSources.create', {
    kind: 'custom',
    name: 'Orders',
  })) as unknown as { dataSource: { id: string; connections: { inboundUrl: string }[] } };
  const url = dataSource.connections[0]?.inboundUrl ?? '';
  await fetch(url, { method: 'POST', body: '{"id":1,"title":"One"}' });
  await program.api('dataSources.delete', { id: dataSource.id });
  await program.stop();

  // A history that takes the removal some time, and a time to undo that is over, made in the store itself.
  const database = openDatabase(join(dataDir, 'hookbench.db'));
  const calls = 10_000;
  database.exec(`
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${calls})
    INSERT INTO captures (id, data_source_id, connection_id, received_at, method, path, query, headers, format, size,
        outcome, status, item_count, index_state, notes, body_bytes)
      SELECT 'cap_x' || i, data_source_id, connection_id, received_at, method, path, query, headers, format, size,
        outcome, status, item_count, index_state, notes, 2000 FROM captures, n;
    INSERT INTO capture_bodies (sequence, packing, bytes)
      SELECT sequence, 'none', zeroblob(2000) FROM captures WHERE id LIKE 'cap_x%';
    UPDATE data_sources SET capture_count = capture_count + ${calls}, waiting_count = waiting_count + ${calls},
      deleted_at = deleted_at - 3600000`);
  const left = () => database.prepare<[], { n: number }>('SELECT count(*) AS n FROM captures').get()?.n ?? 0;
  const removing = async (atMost: number) =>
    await expect.poll(left, { timeout: 40_000, interval: 5 }).toBeLessThan(atMost);

  program = await startProgram({ dataDir });
  await removing(calls);
  await program.kill();
  const between = left();
  expect(between).toBeGreaterThan(0);

  program = await startProgram({ dataDir });
  const { dataSources } = (await program.api('dataSources.list')) as unknown as { dataSources: unknown[] };
  expect(dataSources).toEqual([]);
  await removing(1);
  const { entries } = (await program.api('audit.list')) as unknown as {
    entries: { action: string; via: string }[];
  };
  await expect.poll(() => database.prepare('SELECT count(*) AS n FROM data_sources').get()).toEqual({ n: 0 });
  expect(entries.map(({ action }) => action)).toContain('deleted');
  expect(database.prepare('SELECT count(*) AS n FROM capture_bodies').get()).toEqual({ n: 0 });
  expect(database.pragma('foreign_key_check')).toEqual([]);
  database.close();
  await program.stop();
});
