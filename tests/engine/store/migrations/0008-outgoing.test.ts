// A store of an older format gets the outgoing side of its connections and the actions, and keeps what it holds.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createActionsTable } from '../../../../main/engine/actions/actions-table.ts';
import { createOutgoingTable } from '../../../../main/engine/outbound/outgoing-table.ts';
import { applicationId, openDatabase } from '../../../../main/engine/store/database.ts';
import { migrations } from '../../../../main/engine/store/migrations/migrations.ts';
import { openStore } from '../../../../main/engine/store/store.ts';

it('gives connections an outgoing side, which goes with them; none of them is removed', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'hookbench-migration-'));
  const before = migrations.findIndex((step) => step.name === '0008-outgoing');
  const old = openDatabase(join(dataDir, 'hookbench.db'));
  for (const step of migrations.slice(0, before)) old.exec(step.sql);
  old.exec(`
    INSERT INTO data_sources (id, kind, name, created_at) VALUES ('ds_1', 'custom', 'Shop', 1);
    INSERT INTO connections (id, data_source_id, name, token, created_at)
      VALUES ('con_1', 'ds_1', 'Shop', 'token-1', 1), ('con_2', 'ds_1', 'Berlin', 'token-2', 2);
  `);
  old.pragma(`application_id = ${applicationId}`);
  old.pragma(`user_version = ${before}`);
  old.close();

  const store = openStore(dataDir);
  const { database } = store;
  expect(database.prepare('SELECT id, removed_at FROM connections ORDER BY id').all()).toEqual([
    { id: 'con_1', removed_at: null },
    { id: 'con_2', removed_at: null },
  ]);

  const outgoing = createOutgoingTable(database);
  const row = (id: string) =>
    ({ connection_id: id, configuration: '{}', state: 'draft', passed_at: null, updated_at: 1 }) as const;
  const secret = (id: string, name: string, byte: number) => ({
    connection_id: id,
    name,
    sealed: Buffer.of(byte),
    set_at: 1,
  });
  const names = (id: string) =>
    outgoing.secrets(id).map(({ name, sealed }) => [name, Buffer.from(sealed)[0]]);
  expect(outgoing.get('con_1')).toBeUndefined();
  outgoing.put(row('con_1'), [secret('con_1', 'bearer.token', 1)], new Set(['bearer.token']));
  outgoing.put(row('con_2'), [secret('con_2', 'signing', 2)], new Set(['signing']));
  // Kept, replaced, dropped; each connection for itself.
  outgoing.put({ ...row('con_1'), state: 'passed', passed_at: 5 }, [], new Set(['bearer.token']));
  expect(outgoing.get('con_1')).toMatchObject({ state: 'passed', passed_at: 5 });
  outgoing.put(row('con_1'), [secret('con_1', 'signing', 3)], new Set(['signing']));
  expect([names('con_1'), names('con_2')]).toEqual([[['signing', 3]], [['signing', 2]]]);

  expect(() => outgoing.put(row('con_none'), [], new Set())).toThrow('FOREIGN KEY');
  database.exec("DELETE FROM connections WHERE id = 'con_2'");
  expect([outgoing.get('con_2'), names('con_2')]).toEqual([undefined, []]);

  const actions = createActionsTable(database);
  const action = (id: string, name: string) => ({
    id,
    data_source_id: 'ds_1',
    name,
    definition: '{}',
    created_at: 1,
    updated_at: 1,
    deleted_at: null,
  });
  for (const each of [action('act_1', 'b'), action('act_2', 'A'), action('act_3', 'c')]) actions.insert(each);
  actions.setDeleted('act_3', 10);
  expect(actions.ofSource('ds_1').map(({ name }) => name)).toEqual(['A', 'b']);
  actions.dropDeleted(10);
  expect(actions.get('act_3')).toBeDefined();
  actions.dropDeleted(11);
  expect(actions.get('act_3')).toBeUndefined();
  expect(() => actions.insert({ ...action('act_4', 'x'), data_source_id: 'ds_none' })).toThrow('FOREIGN KEY');
  store.close();
});
