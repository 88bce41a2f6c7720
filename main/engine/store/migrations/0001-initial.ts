// Data sources, connections, captures, mappings, items and settings. Times are milliseconds since 1970.
import type { Migration } from './migrations.ts';

export const initial: Migration = {
  name: '0001-initial',
  sql: `
CREATE TABLE settings (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE data_sources (
  id               TEXT PRIMARY KEY,
  kind             TEXT NOT NULL,
  name             TEXT NOT NULL,
  application_id   TEXT,
  created_at       INTEGER NOT NULL,
  last_received_at INTEGER,
  -- Kept by the transactions that change what they count, because counting a million rows takes too long.
  capture_count    INTEGER NOT NULL DEFAULT 0,
  rejected_count   INTEGER NOT NULL DEFAULT 0,
  handshake_count  INTEGER NOT NULL DEFAULT 0,
  waiting_count    INTEGER NOT NULL DEFAULT 0,
  attention_count  INTEGER NOT NULL DEFAULT 0,
  item_count       INTEGER NOT NULL DEFAULT 0,
  -- The revision of the mapping whose items are shown; 0 while none is.
  live_revision    INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE connections (
  id             TEXT PRIMARY KEY,
  data_source_id TEXT NOT NULL REFERENCES data_sources (id),
  name           TEXT NOT NULL,
  token          TEXT NOT NULL UNIQUE,
  created_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX connections_by_source ON connections (data_source_id);

CREATE TABLE captures (
  sequence       INTEGER PRIMARY KEY AUTOINCREMENT,
  id             TEXT NOT NULL UNIQUE,
  data_source_id TEXT NOT NULL REFERENCES data_sources (id),
  connection_id  TEXT NOT NULL REFERENCES connections (id),
  received_at    INTEGER NOT NULL,
  method         TEXT NOT NULL,
  path           TEXT NOT NULL,
  query          TEXT NOT NULL,
  headers        TEXT NOT NULL,
  content_type   TEXT,
  format         TEXT NOT NULL,
  size           INTEGER NOT NULL,
  outcome        TEXT NOT NULL,
  status         INTEGER NOT NULL,
  answered_us    INTEGER,
  event_type     TEXT,
  delivery_id    TEXT,
  item_count     INTEGER NOT NULL,
  index_state    TEXT NOT NULL,
  rejection      TEXT,
  notes          TEXT NOT NULL
) STRICT;
CREATE INDEX captures_by_source ON captures (data_source_id, sequence);
CREATE INDEX captures_by_outcome ON captures (data_source_id, outcome, sequence);
CREATE INDEX captures_by_delivery ON captures (data_source_id, delivery_id) WHERE delivery_id IS NOT NULL;

CREATE TABLE capture_bodies (
  sequence INTEGER PRIMARY KEY REFERENCES captures (sequence) ON DELETE CASCADE,
  packing  TEXT NOT NULL,
  bytes    BLOB NOT NULL
) STRICT;

-- One row for each saved mapping that is live or being indexed. The cursor says how far the history is indexed.
CREATE TABLE mapping_revisions (
  data_source_id   TEXT NOT NULL REFERENCES data_sources (id),
  revision         INTEGER NOT NULL,
  mapping          TEXT NOT NULL,
  saved_at         INTEGER NOT NULL,
  indexed_sequence INTEGER NOT NULL DEFAULT 0,
  indexed_elements INTEGER NOT NULL DEFAULT 0,
  attention_count  INTEGER NOT NULL DEFAULT 0,
  item_count       INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (data_source_id, revision)
) STRICT;

CREATE TABLE mapping_drafts (
  data_source_id TEXT PRIMARY KEY REFERENCES data_sources (id),
  mapping        TEXT NOT NULL,
  kept_at        INTEGER NOT NULL
) STRICT;

-- Items belong to the revision of the mapping that made them: a new mapping builds its items beside the live ones.
CREATE TABLE items (
  data_source_id TEXT NOT NULL REFERENCES data_sources (id),
  revision       INTEGER NOT NULL,
  external_id    TEXT NOT NULL,
  id             TEXT NOT NULL,
  title          TEXT NOT NULL,
  fields         TEXT NOT NULL,
  version        INTEGER NOT NULL,
  last_change    INTEGER NOT NULL,
  created_at     INTEGER NOT NULL,
  updated_at     INTEGER NOT NULL,
  PRIMARY KEY (data_source_id, revision, external_id)
) STRICT;
CREATE INDEX items_by_change ON items (data_source_id, revision, last_change);
CREATE INDEX items_by_id ON items (id, revision);

CREATE TABLE item_versions (
  change         INTEGER PRIMARY KEY AUTOINCREMENT,
  item_id        TEXT NOT NULL,
  revision       INTEGER NOT NULL,
  version        INTEGER NOT NULL,
  at             INTEGER NOT NULL,
  capture_id     TEXT NOT NULL,
  title          TEXT NOT NULL,
  fields         TEXT NOT NULL,
  changed        TEXT NOT NULL
) STRICT;
CREATE INDEX item_versions_by_item ON item_versions (item_id, revision, version);
`,
};
