// Imports of current data and manual sources. The rows of an import wait in import_chunks until all of them are read; then
// they become captures, and import_captures says which rows of the file stand in which capture.
import type { Migration } from './migrations.ts';

export const imports: Migration = {
  name: '0003-imports',
  sql: `
ALTER TABLE data_sources ADD COLUMN entry TEXT NOT NULL DEFAULT 'external';

CREATE TABLE imports (
  id             TEXT PRIMARY KEY,
  data_source_id TEXT NOT NULL REFERENCES data_sources (id) ON DELETE CASCADE,
  file_name      TEXT NOT NULL,
  size           INTEGER NOT NULL,
  state          TEXT NOT NULL,
  options        TEXT NOT NULL,
  facts          TEXT,
  row_count      INTEGER NOT NULL DEFAULT 0,
  failed_count   INTEGER NOT NULL DEFAULT 0,
  problem        TEXT,
  created_at     INTEGER NOT NULL,
  ended_at       INTEGER
) STRICT;
CREATE INDEX imports_by_source ON imports (data_source_id, created_at);

CREATE TABLE import_chunks (
  import_id  TEXT NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
  number     INTEGER NOT NULL,
  row_count  INTEGER NOT NULL,
  row_ranges TEXT NOT NULL,
  size       INTEGER NOT NULL,
  packing    TEXT NOT NULL,
  bytes      BLOB NOT NULL,
  PRIMARY KEY (import_id, number)
) STRICT;

CREATE TABLE import_faults (
  import_id TEXT NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
  number    INTEGER NOT NULL,
  row       INTEGER NOT NULL,
  reason    TEXT NOT NULL,
  PRIMARY KEY (import_id, number)
) STRICT;

CREATE TABLE import_captures (
  capture_id TEXT PRIMARY KEY REFERENCES captures (id) ON DELETE CASCADE,
  import_id  TEXT NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
  number     INTEGER NOT NULL,
  row_ranges TEXT NOT NULL
) STRICT;
CREATE INDEX import_captures_by_import ON import_captures (import_id, number);
`,
};
