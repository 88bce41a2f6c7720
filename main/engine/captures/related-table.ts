// What has to do with a call: the items it made, other calls of the same delivery or the same items, runs of modules.
import type { RunState } from '#contract';
import type { Database } from '../store/database.ts';
import type { CaptureRow } from './captures-table.ts';

export interface MadeItemRow {
  id: string;
  external_id: string;
  title: string;
  version: number;
  changed: string;
}

export interface RunRow {
  id: string;
  module_id: string;
  module_name: string;
  /** Runs that are only just fired are left out. */
  state: RunState;
  started_at: number;
  ended_at: number | null;
}

export function createRelatedTable(database: Database) {
  const made = database.prepare<[string, number], MadeItemRow>(
    `SELECT items.id, items.external_id, item_versions.title, item_versions.version, item_versions.changed
      FROM item_versions JOIN items ON items.id = item_versions.item_id AND items.revision = item_versions.revision
        JOIN data_sources ON data_sources.id = items.data_source_id AND data_sources.live_revision = items.revision
      WHERE item_versions.capture_id = ? ORDER BY item_versions.change LIMIT ?`,
  );
  const sameDelivery = database.prepare<[string, string, string, number], CaptureRow>(
    'SELECT * FROM captures WHERE data_source_id = ? AND delivery_id = ? AND id <> ? ORDER BY sequence DESC LIMIT ?',
  );
  const sameItem = database.prepare<[string, string, number], CaptureRow>(
    `SELECT captures.* FROM item_versions JOIN captures ON captures.id = item_versions.capture_id
        JOIN data_sources ON data_sources.id = captures.data_source_id AND data_sources.live_revision = item_versions.revision
      WHERE item_versions.item_id = ? AND captures.id <> ? ORDER BY captures.sequence DESC LIMIT ?`,
  );
  const replays = database.prepare<[string, string, number], CaptureRow>(
    'SELECT * FROM captures WHERE replay_of = ? AND id <> ? ORDER BY sequence DESC LIMIT ?',
  );
  const runs = database.prepare<[string, number], RunRow>(
    `SELECT runs.id, runs.module_id, modules.name AS module_name, runs.state, runs.started_at, runs.ended_at
      FROM runs JOIN modules ON modules.id = runs.module_id WHERE runs.capture_id = ? AND runs.state NOT IN ('fired') ORDER BY runs.sequence LIMIT ?`,
  );
  return {
    made: (captureId: string, limit: number) => made.all(captureId, limit),
    sameDelivery: (row: Pick<CaptureRow, 'id' | 'data_source_id' | 'delivery_id'>, limit: number) =>
      row.delivery_id === null ? [] : sameDelivery.all(row.data_source_id, row.delivery_id, row.id, limit),
    sameItem: (itemId: string, captureId: string, limit: number) => sameItem.all(itemId, captureId, limit),
    replays: (captureId: string, limit: number) => replays.all(captureId, captureId, limit),
    runs: (captureId: string, limit: number) => runs.all(captureId, limit),
  };
}

export type RelatedTable = ReturnType<typeof createRelatedTable>;
