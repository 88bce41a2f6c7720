// Items and their versions in the store. Every row belongs to a revision of the mapping; readers see the live one.
import type { JsonValue } from '#contract';
import type { Database } from '../store/database.ts';

export interface ItemRow {
  data_source_id: string;
  revision: number;
  external_id: string;
  id: string;
  title: string;
  fields: string;
  version: number;
  last_change: number;
  created_at: number;
  updated_at: number;
  /** By the sender's clock. */
  source_changed_at: number | null;
}

export interface ItemVersionRow {
  change: number;
  item_id: string;
  revision: number;
  version: number;
  at: number;
  capture_id: string;
  /** The delivery whose answer made the version. */
  delivery_id: string | null;
  title: string;
  fields: string;
  changed: string;
}

export type ItemFields = Record<string, JsonValue>;

export function createItemsTable(database: Database) {
  const find = database.prepare<[string, number, string], ItemRow>(
    'SELECT * FROM items WHERE data_source_id = ? AND revision = ? AND external_id = ?',
  );
  const addVersion = database.prepare<[Omit<ItemVersionRow, 'change'>], never>(
    `INSERT INTO item_versions (item_id, revision, version, at, capture_id, delivery_id, title, fields, changed)
      VALUES (@item_id, @revision, @version, @at, @capture_id, @delivery_id, @title, @fields, @changed)`,
  );
  const put = database.prepare<[ItemRow], never>(
    `INSERT INTO items (data_source_id, revision, external_id, id, title, fields, version, last_change, created_at, updated_at, source_changed_at)
      VALUES (@data_source_id, @revision, @external_id, @id, @title, @fields, @version, @last_change, @created_at, @updated_at, @source_changed_at)
      ON CONFLICT (data_source_id, revision, external_id) DO UPDATE SET title = excluded.title, fields = excluded.fields,
        version = excluded.version, last_change = excluded.last_change, updated_at = excluded.updated_at,
        source_changed_at = excluded.source_changed_at`,
  );
  const page = database.prepare<[string, number, number], ItemRow>(
    `SELECT items.* FROM items JOIN data_sources ON data_sources.id = items.data_source_id
        AND data_sources.live_revision = items.revision
      WHERE items.data_source_id = ? AND items.last_change < ? ORDER BY items.last_change DESC LIMIT ?`,
  );
  const live = database.prepare<[string], ItemRow>(
    `SELECT items.* FROM items JOIN data_sources ON data_sources.id = items.data_source_id
        AND data_sources.live_revision = items.revision
      WHERE items.id = ?`,
  );
  const versions = database.prepare<[string, number, number], ItemVersionRow & { method: string | null }>(
    `SELECT item_versions.*, captures.method FROM item_versions LEFT JOIN captures ON captures.id = item_versions.capture_id
      WHERE item_id = ? AND revision = ? ORDER BY version DESC LIMIT ?`,
  );
  const inIdOrder = database.prepare<[string, number, string, number], ItemRow>(
    'SELECT * FROM items WHERE data_source_id = ? AND revision = ? AND external_id > ? ORDER BY external_id LIMIT ?',
  );
  const setSourceChanged = database.prepare<[number, string, number, string], never>(
    'UPDATE items SET source_changed_at = ? WHERE data_source_id = ? AND revision = ? AND external_id = ?',
  );
  const newestRevision = database.prepare<[string], { revision: number | null }>(
    'SELECT max(revision) AS revision FROM items WHERE data_source_id = ?',
  );
  const dropOne = database.prepare<[string, number, string], never>(
    'DELETE FROM items WHERE data_source_id = ? AND revision = ? AND external_id = ?',
  );
  const dropVersionsOf = database.prepare<[string, number], never>(
    'DELETE FROM item_versions WHERE item_id = ? AND revision = ?',
  );
  const earlierItems = database.prepare<
    [string, number, number],
    Pick<ItemRow, 'id' | 'revision' | 'external_id'>
  >('SELECT id, revision, external_id FROM items WHERE data_source_id = ? AND revision < ? LIMIT ?');
  const laterItems = database.prepare<
    [string, number, number],
    Pick<ItemRow, 'id' | 'revision' | 'external_id'>
  >('SELECT id, revision, external_id FROM items WHERE data_source_id = ? AND revision > ? LIMIT ?');
  const dropSomeVersions = database.prepare<[string, number, number], never>(
    `DELETE FROM item_versions WHERE change IN
      (SELECT change FROM item_versions WHERE item_id = ? AND revision = ? LIMIT ?)`,
  );

  const newestCall = database.prepare<{ id: string; revision: number }, { found: number }>(
    `SELECT 1 AS found FROM captures WHERE id = (SELECT capture_id FROM item_versions
      WHERE item_id = @id AND revision = @revision ORDER BY version DESC LIMIT 1)`,
  );
  const copyVersions = database.prepare<{ id: string; from: number; to: number }, never>(
    `INSERT INTO item_versions (item_id, revision, version, at, capture_id, delivery_id, title, fields, changed)
      SELECT item_id, @to, version, at, capture_id, delivery_id, title, fields, changed FROM item_versions
        WHERE item_id = @id AND revision = @from ORDER BY version`,
  );

  function dropSome(
    rows: readonly Pick<ItemRow, 'id' | 'revision' | 'external_id'>[],
    dataSourceId: string,
    limit: number,
  ): boolean {
    let left = limit;
    for (const item of rows) {
      left -= dropSomeVersions.run(item.id, item.revision, left).changes + 1;
      if (left <= 0) break;
      dropOne.run(dataSourceId, item.revision, item.external_id);
    }
    return rows.length > 0;
  }

  return {
    find: (dataSourceId: string, revision: number, externalId: string) =>
      find.get(dataSourceId, revision, externalId),
    /** Writes an item and its newest version; called inside a transaction. */
    put(
      row: Omit<ItemRow, 'last_change'>,
      captureId: string,
      changed: string[],
      deliveryId: string | null = null,
    ): void {
      const change = addVersion.run({
        item_id: row.id,
        revision: row.revision,
        version: row.version,
        at: row.updated_at,
        capture_id: captureId,
        delivery_id: deliveryId,
        title: row.title,
        fields: row.fields,
        changed: JSON.stringify(changed),
      }).lastInsertRowid;
      put.run({ ...row, last_change: Number(change) });
    },
    page: (dataSourceId: string, before: number, limit: number) => page.all(dataSourceId, before, limit),
    get: (id: string) => live.get(id),
    /** The items of one revision after an external id, by the bytes of their ids. */
    inIdOrder: (dataSourceId: string, revision: number, after: string | undefined, limit: number) =>
      inIdOrder.all(dataSourceId, revision, after ?? '', limit),
    setSourceChanged: (row: ItemRow, at: number) =>
      void setSourceChanged.run(at, row.data_source_id, row.revision, row.external_id),
    /** 0 where there are no items. */
    newestRevision: (dataSourceId: string) => newestRevision.get(dataSourceId)?.revision ?? 0,
    versions: (id: string, revision: number, limit: number) => versions.all(id, revision, limit),
    remove(dataSourceId: string, revision: number, externalId: string, id: string): boolean {
      dropVersionsOf.run(id, revision);
      return dropOne.run(dataSourceId, revision, externalId).changes > 0;
    },
    /**
     * Looks at up to `limit` items of a revision after an external id; copies those into another revision, with their
     * versions, that it lacks and whose newest call is gone. `next` is where to go on, undefined at the end.
     */
    copyOrphans(dataSourceId: string, from: number, to: number, after: string, limit: number) {
      const page = inIdOrder.all(dataSourceId, from, after, limit);
      let copied = 0;
      for (const item of page) {
        const { id, external_id } = item;
        if (find.get(dataSourceId, to, external_id) || newestCall.get({ id, revision: from })) continue;
        const change = copyVersions.run({ id, from, to }).lastInsertRowid;
        put.run({ ...item, revision: to, last_change: Number(change) });
        copied += 1;
      }
      return { copied, next: page.length < limit ? undefined : page.at(-1)?.external_id };
    },
    /** Whether the call that made the newest version of an item is still stored. */
    hasNewestCall: ({ id, revision }: Pick<ItemRow, 'id' | 'revision'>): boolean =>
      newestCall.get({ id, revision }) !== undefined,
    /** Removes up to `limit` items and versions of revisions before `revision`; false when none was left. */
    dropEarlier: (dataSourceId: string, revision: number, limit: number): boolean =>
      dropSome(earlierItems.all(dataSourceId, revision, limit), dataSourceId, limit),
    /** The same for revisions after `revision`: those of a mapping that was taken back. */
    dropLater: (dataSourceId: string, revision: number, limit: number): boolean =>
      dropSome(laterItems.all(dataSourceId, revision, limit), dataSourceId, limit),
  };
}

export type ItemsTable = ReturnType<typeof createItemsTable>;
