// The care of a data source: paused, soft-deleted, described; calls counted by minute and outcome; retention; audit log.
import type { Migration } from './migrations.ts';

export const dataSourceCare: Migration = {
  name: '0005-data-source-care',
  sql: `
ALTER TABLE data_sources ADD COLUMN paused_at INTEGER;
-- Set: the receiver and the lists do not know it any more; it can be brought back until its removal begins.
ALTER TABLE data_sources ADD COLUMN deleted_at INTEGER;
ALTER TABLE data_sources ADD COLUMN description TEXT NOT NULL DEFAULT '';
ALTER TABLE data_sources ADD COLUMN notes TEXT NOT NULL DEFAULT '';
-- Accepted calls that retention has deleted: then a new mapping must carry over the items that it cannot make again.
ALTER TABLE data_sources ADD COLUMN forgotten_count INTEGER NOT NULL DEFAULT 0;

-- The earlier tokens of a rotated URL that are still answered for a while.
CREATE TABLE former_tokens (
  token         TEXT PRIMARY KEY,
  connection_id TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
  valid_until   INTEGER NOT NULL
) STRICT;
CREATE INDEX former_tokens_by_connection ON former_tokens (connection_id);

-- Bytes of the body as it lies in the store, so that sums need not touch the bodies.
ALTER TABLE captures ADD COLUMN body_bytes INTEGER NOT NULL DEFAULT 0;
UPDATE captures SET body_bytes =
  coalesce((SELECT length(bytes) FROM capture_bodies WHERE capture_bodies.sequence = captures.sequence), 0);

-- What is stored now, by outcome; kept by the transactions that change it.
CREATE TABLE capture_totals (
  data_source_id TEXT NOT NULL REFERENCES data_sources (id),
  outcome        TEXT NOT NULL,
  calls          INTEGER NOT NULL,
  bytes          INTEGER NOT NULL,
  PRIMARY KEY (data_source_id, outcome)
) STRICT, WITHOUT ROWID;
INSERT INTO capture_totals (data_source_id, outcome, calls, bytes)
  SELECT data_source_id, outcome, count(*), sum(body_bytes) FROM captures GROUP BY data_source_id, outcome;

-- What ever arrived, by minute; older minutes are rolled up into one row at the start of their hour.
CREATE TABLE call_buckets (
  data_source_id TEXT NOT NULL REFERENCES data_sources (id),
  start          INTEGER NOT NULL,
  accepted       INTEGER NOT NULL DEFAULT 0,
  rejected       INTEGER NOT NULL DEFAULT 0,
  handshake      INTEGER NOT NULL DEFAULT 0,
  duplicate      INTEGER NOT NULL DEFAULT 0,
  slowest_us     INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (data_source_id, start)
) STRICT, WITHOUT ROWID;
INSERT INTO call_buckets (data_source_id, start, accepted, rejected, handshake, duplicate, slowest_us)
  SELECT data_source_id, received_at / 60000 * 60000, sum(outcome = 'accepted'), sum(outcome = 'rejected'),
      sum(outcome = 'handshake'), sum(outcome = 'duplicate'), coalesce(max(answered_us), 0)
    FROM captures GROUP BY 1, 2;

-- How many calls are kept, or how long; no row keeps them by the default of the outcome.
CREATE TABLE retention_rules (
  data_source_id TEXT NOT NULL REFERENCES data_sources (id),
  outcome        TEXT NOT NULL,
  calls          INTEGER,
  days           INTEGER,
  PRIMARY KEY (data_source_id, outcome)
) STRICT, WITHOUT ROWID;

-- What retention deleted of a data source so far.
CREATE TABLE retention_sweeps (
  data_source_id TEXT PRIMARY KEY REFERENCES data_sources (id),
  last_at        INTEGER NOT NULL,
  calls          INTEGER NOT NULL,
  bytes          INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Delivery ids outlive their calls for as long as repeats are recognised.
CREATE TABLE remembered_deliveries (
  data_source_id TEXT NOT NULL REFERENCES data_sources (id),
  delivery_id    TEXT NOT NULL,
  received_at    INTEGER NOT NULL,
  PRIMARY KEY (data_source_id, delivery_id)
) STRICT, WITHOUT ROWID;

-- Entries outlive their data source, so nothing refers to it; its name is kept as it was then.
CREATE TABLE audit_entries (
  sequence         INTEGER PRIMARY KEY AUTOINCREMENT,
  data_source_id   TEXT NOT NULL,
  data_source_name TEXT NOT NULL,
  at               INTEGER NOT NULL,
  via              TEXT NOT NULL,
  user             TEXT NOT NULL,
  action           TEXT NOT NULL,
  changes          TEXT NOT NULL
) STRICT;
CREATE INDEX audit_entries_by_source ON audit_entries (data_source_id, sequence);
`,
};
