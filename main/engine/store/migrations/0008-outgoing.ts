// The outgoing half of connections and the actions of data sources. Times are milliseconds since 1970.
import type { Migration } from './migrations.ts';

export const outgoing: Migration = {
  name: '0008-outgoing',
  sql: `
-- A removed connection stays as a row, because its calls refer to it; its URL answers 404.
ALTER TABLE connections ADD COLUMN removed_at INTEGER;

-- configuration: JSON without secrets. state: draft or passed.
CREATE TABLE connection_outgoing (
  connection_id TEXT PRIMARY KEY REFERENCES connections (id) ON DELETE CASCADE,
  configuration TEXT NOT NULL,
  state         TEXT NOT NULL,
  passed_at     INTEGER,
  updated_at    INTEGER NOT NULL
) STRICT;

-- name: what the secret is for, such as bearer.token or other.x-api-key.
CREATE TABLE outgoing_secrets (
  connection_id TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
  name          TEXT NOT NULL,
  sealed        BLOB NOT NULL,
  set_at        INTEGER NOT NULL,
  PRIMARY KEY (connection_id, name)
) STRICT;

-- definition: JSON of the whole action.
CREATE TABLE actions (
  id             TEXT PRIMARY KEY,
  data_source_id TEXT NOT NULL REFERENCES data_sources (id),
  name           TEXT NOT NULL,
  definition     TEXT NOT NULL,
  created_at     INTEGER NOT NULL,
  updated_at     INTEGER NOT NULL,
  deleted_at     INTEGER
) STRICT;
CREATE INDEX actions_by_source ON actions (data_source_id);
`,
};
