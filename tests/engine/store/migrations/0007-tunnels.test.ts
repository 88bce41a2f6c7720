// A store of an older format gets the past of the tunnel, and keeps what it holds.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { applicationId, openDatabase } from '../../../../main/engine/store/database.ts';
import { migrations } from '../../../../main/engine/store/migrations/migrations.ts';
import { openStore } from '../../../../main/engine/store/store.ts';
import { createTunnelTable } from '../../../../main/engine/tunnels/tunnel-table.ts';

it('adds probes, gaps and given addresses, and cuts the old ones', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'hookbench-migration-'));
  const before = migrations.findIndex((step) => step.name === '0007-tunnels');
  const old = openDatabase(join(dataDir, 'hookbench.db'));
  for (const step of migrations.slice(0, before)) old.exec(step.sql);
  old.exec("INSERT INTO settings VALUES ('application', '{}')");
  old.pragma(`application_id = ${applicationId}`);
  old.pragma(`user_version = ${before}`);
  old.close();

  const store = openStore(dataDir);
  expect(store.database.prepare('SELECT key FROM settings').all()).toEqual([{ key: 'application' }]);
  const table = createTunnelTable(store.database);
  for (let point = 0; point < 400; point += 1) {
    table.addProbe(point * 600_000, point * 600_000, 5);
    table.addProbe(point * 600_000, point * 600_000 + 1, undefined);
    table.addGap(point, 'why');
    table.endGap(point + 1);
  }
  expect(table.points(0)).toHaveLength(288);
  expect(table.points(0).at(-1)).toMatchObject({ good: 1, failed: 1, total_ms: 5, slowest_ms: 5 });
  expect(table.lastGood()).toBe(399 * 600_000);
  expect(table.gaps(1_000)).toHaveLength(200);
  expect(table.openGap()).toBeUndefined();
  table.give('con_1', 'https://a.test', 1);
  table.give('con_1', 'https://b.test', 2);
  expect([...table.given()]).toEqual([['con_1', 'https://b.test']]);
  store.close();
});
