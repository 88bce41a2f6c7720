// Replays: where a capture comes from, jobs of sending again with their attempts, the library of samples, rules that forward.
import type { Migration } from './migrations.ts';

export const replay: Migration = {
  name: '0012-replay',
  sql: `
-- call, replay, sample or simulation.
ALTER TABLE captures ADD COLUMN origin TEXT NOT NULL DEFAULT 'call';
-- The capture that was sent again; it may be deleted before this one.
ALTER TABLE captures ADD COLUMN replay_of TEXT;
-- 0: no module runs for it, because nobody asked for that when it was sent again.
ALTER TABLE captures ADD COLUMN runs_modules INTEGER NOT NULL DEFAULT 1;
CREATE INDEX captures_by_replay ON captures (replay_of) WHERE replay_of IS NOT NULL;

-- One sending of many calls. It outlives the data sources; its attempts go with theirs.
CREATE TABLE replay_jobs (
  id           TEXT PRIMARY KEY,
  kind         TEXT NOT NULL,
  title        TEXT NOT NULL,
  state        TEXT NOT NULL,
  target       TEXT NOT NULL,
  options      TEXT NOT NULL,
  total        INTEGER NOT NULL,
  done         INTEGER NOT NULL DEFAULT 0,
  failed       INTEGER NOT NULL DEFAULT 0,
  different    INTEGER NOT NULL DEFAULT 0,
  note         TEXT,
  created_at   INTEGER NOT NULL,
  ended_at     INTEGER
) STRICT;
CREATE INDEX replay_jobs_by_time ON replay_jobs (created_at, id);

-- A row is there before its call is sent, so that after a kill it is known what may have gone out.
CREATE TABLE replay_attempts (
  job_id         TEXT NOT NULL REFERENCES replay_jobs (id) ON DELETE CASCADE,
  number         INTEGER NOT NULL,
  data_source_id TEXT REFERENCES data_sources (id),
  capture_id     TEXT,
  round          INTEGER NOT NULL,
  label          TEXT NOT NULL,
  state          TEXT NOT NULL,
  sent_at        INTEGER NOT NULL,
  took_us        INTEGER,
  method         TEXT,
  url            TEXT,
  -- JSON, secrets concealed.
  sent_headers   TEXT,
  signed         INTEGER NOT NULL DEFAULT 0,
  status         INTEGER,
  answer_headers TEXT,
  answer_size    INTEGER,
  -- At most the first 64 KiB.
  answer_body    BLOB,
  failure        TEXT,
  new_capture_id TEXT,
  -- JSON: what the original call met, and in what this answer differs from it.
  original       TEXT,
  differences    TEXT NOT NULL DEFAULT '[]',
  -- Of a retry schedule: milliseconds after the first try as the application would wait.
  due_ms         INTEGER,
  PRIMARY KEY (job_id, number)
) STRICT;
CREATE INDEX replay_attempts_by_source ON replay_attempts (data_source_id);

CREATE TABLE samples (
  id             TEXT PRIMARY KEY,
  data_source_id TEXT NOT NULL REFERENCES data_sources (id),
  name           TEXT NOT NULL,
  method         TEXT NOT NULL,
  query          TEXT NOT NULL,
  headers        TEXT NOT NULL,
  body           BLOB NOT NULL,
  created_at     INTEGER NOT NULL,
  updated_at     INTEGER NOT NULL,
  -- Set: it can be brought back until it is removed.
  deleted_at     INTEGER
) STRICT;
CREATE UNIQUE INDEX samples_by_name ON samples (data_source_id, name COLLATE NOCASE) WHERE deleted_at IS NULL;

CREATE TABLE forward_rules (
  id               TEXT PRIMARY KEY,
  -- Without one the rule holds for all data sources.
  data_source_id   TEXT REFERENCES data_sources (id) ON DELETE CASCADE,
  name             TEXT NOT NULL,
  urls             TEXT NOT NULL,
  filter           TEXT NOT NULL,
  headers          TEXT NOT NULL,
  enabled          INTEGER NOT NULL,
  -- Calls up to this place in the order were looked at.
  cursor_sequence  INTEGER NOT NULL,
  created_at       INTEGER NOT NULL,
  deleted_at       INTEGER
) STRICT;
CREATE INDEX forward_rules_by_source ON forward_rules (data_source_id);

-- One call to one URL. waiting, delivered or failed.
CREATE TABLE forward_deliveries (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  rule_id        TEXT NOT NULL REFERENCES forward_rules (id) ON DELETE CASCADE,
  data_source_id TEXT NOT NULL REFERENCES data_sources (id),
  capture_id     TEXT NOT NULL,
  url            TEXT NOT NULL,
  state          TEXT NOT NULL,
  tries          INTEGER NOT NULL DEFAULT 0,
  next_at        INTEGER,
  status         INTEGER,
  failure        TEXT,
  took_us        INTEGER,
  answer_headers TEXT,
  answer_size    INTEGER,
  answer_body    BLOB,
  created_at     INTEGER NOT NULL,
  last_at        INTEGER
) STRICT;
CREATE INDEX forward_deliveries_by_rule ON forward_deliveries (rule_id, id);
CREATE INDEX forward_deliveries_by_source ON forward_deliveries (data_source_id);
CREATE INDEX forward_deliveries_due ON forward_deliveries (next_at) WHERE state = 'waiting';
`,
};
