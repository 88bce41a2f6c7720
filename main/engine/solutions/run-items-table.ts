// The item that a run is about, as it was in its version, with the version before; read for judging, preparing and dry runs.
import type { JsonValue } from '#contract';
import type { Database } from '../store/database.ts';
import type { EarlierItem, SeenItem } from './item-subject.ts';

export interface RunItem {
  item: SeenItem;
  before?: EarlierItem | undefined;
  captureId?: string | undefined;
  revision: number;
  dataSourceId: string;
}

interface ItemRow {
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
}
interface VersionRow {
  version: number;
  at: number;
  title: string;
  fields: string;
  capture_id: string;
}

export function createRunItemsTable(database: Database) {
  const liveItem = database.prepare<[string], ItemRow>(
    `SELECT items.* FROM items JOIN data_sources ON data_sources.id = items.data_source_id
        AND data_sources.live_revision = items.revision WHERE items.id = ?`,
  );
  const newest = database.prepare<[string, number, number], ItemRow>(
    `SELECT items.* FROM items JOIN data_sources ON data_sources.id = items.data_source_id
        AND data_sources.live_revision = items.revision
      WHERE items.data_source_id = ? AND items.last_change < ? ORDER BY items.last_change DESC LIMIT ?`,
  );
  const inIdOrder = database.prepare<[string, string, number], ItemRow>(
    `SELECT items.* FROM items JOIN data_sources ON data_sources.id = items.data_source_id
        AND data_sources.live_revision = items.revision
      WHERE items.data_source_id = ? AND items.external_id > ? ORDER BY items.external_id LIMIT ?`,
  );
  const versions = database.prepare<[string, number, number], VersionRow>(
    `SELECT version, at, title, fields, capture_id FROM item_versions
      WHERE item_id = ? AND revision = ? AND version <= ? ORDER BY version DESC LIMIT 2`,
  );
  const names = database.prepare<[string, number], Pick<ItemRow, 'fields'>>(
    `SELECT items.fields FROM items JOIN data_sources ON data_sources.id = items.data_source_id
        AND data_sources.live_revision = items.revision
      WHERE items.data_source_id = ? ORDER BY items.last_change DESC LIMIT ?`,
  );

  function toRunItem(row: ItemRow, version = row.version): RunItem {
    const [now, earlier] = versions.all(row.id, row.revision, version);
    const isThat = now?.version === version;
    const seen = isThat ? now : row;
    const before = isThat ? earlier : undefined;
    return {
      dataSourceId: row.data_source_id,
      revision: row.revision,
      captureId: now?.capture_id,
      item: {
        id: row.id,
        externalId: row.external_id,
        title: seen.title,
        fields: JSON.parse(seen.fields) as Record<string, JsonValue>,
        version: seen.version,
        createdAt: row.created_at,
        updatedAt: isThat ? now.at : row.updated_at,
      },
      ...(before && {
        before: { title: before.title, fields: JSON.parse(before.fields) as Record<string, JsonValue> },
      }),
    };
  }

  return {
    /** The item as it is. */
    current(id: string): RunItem | undefined {
      const row = liveItem.get(id);
      return row && toRunItem(row);
    },
    /** The item in one of its versions; as it is where another mapping has replaced that version. */
    at(id: string, revision: number | null, version: number | null): RunItem | undefined {
      const row = liveItem.get(id);
      if (!row) return undefined;
      return row.revision === revision && version !== null ? toRunItem(row, version) : toRunItem(row);
    },
    /** The newest item of a data source. */
    newest(dataSourceId: string): RunItem | undefined {
      const [row] = newest.all(dataSourceId, Number.MAX_SAFE_INTEGER, 1);
      return row && toRunItem(row);
    },
    /** Items by their last change, newest first; `next` leads to the next page. */
    page(dataSourceId: string, before: number, limit: number): { items: RunItem[]; next: number } {
      const rows = newest.all(dataSourceId, before, limit);
      return { items: rows.map((row) => toRunItem(row)), next: rows.at(-1)?.last_change ?? 0 };
    },
    /** Items in the order of their ids, after one. */
    after: (dataSourceId: string, externalId: string, limit: number): RunItem[] =>
      inIdOrder.all(dataSourceId, externalId, limit).map((row) => toRunItem(row)),
    /** Names of the fields that the newest items have. */
    fieldNames(dataSourceId: string, look: number): string[] {
      const found = new Set<string>();
      for (const { fields } of names.all(dataSourceId, look)) {
        for (const name of Object.keys(JSON.parse(fields) as object)) found.add(name);
      }
      return [...found];
    },
  };
}

export type RunItemsTable = ReturnType<typeof createRunItemsTable>;
