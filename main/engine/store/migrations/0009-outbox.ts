// The outbox: jobs (calls that must be made), attempts (tries at them), and the destinations that they go to.
import type { Migration } from './migrations.ts';

export const outbox: Migration = {
  name: '0009-outbox',
  sql: `
-- One outbound call that must be made. Target, headers and body are rendered once and the same over all tries; secrets are never
-- among them. The connection may be gone later, so nothing refers to it.
CREATE TABLE jobs (
  sequence        INTEGER PRIMARY KEY AUTOINCREMENT,
  id              TEXT NOT NULL UNIQUE,
  idempotency_key TEXT NOT NULL UNIQUE,
  data_source_id  TEXT NOT NULL REFERENCES data_sources (id),
  connection_id   TEXT NOT NULL,
  action_id       TEXT,
  name            TEXT NOT NULL,
  module_id       TEXT,
  run_id          TEXT,
  step_id         TEXT,
  item_id         TEXT,
  item_title      TEXT,
  method          TEXT NOT NULL,
  target          TEXT NOT NULL,
  -- As it was called last, secrets concealed; until then Base Url and target.
  url             TEXT NOT NULL,
  headers         TEXT NOT NULL,
  hops            INTEGER NOT NULL DEFAULT 0,
  destination     TEXT NOT NULL,
  state           TEXT NOT NULL,
  created_at      INTEGER NOT NULL,
  -- When the next try is due, while the job waits.
  due_at          INTEGER,
  ended_at        INTEGER,
  -- Tries so far, and how many of them moved the schedule on: a try that Hookbench itself broke off does not.
  attempts        INTEGER NOT NULL DEFAULT 0,
  failures        INTEGER NOT NULL DEFAULT 0,
  last_status     INTEGER,
  last_failure    TEXT
) STRICT;
CREATE INDEX jobs_by_creation ON jobs (created_at, sequence);
-- Lists by any one of these are read newest first for each state, and merged.
CREATE INDEX jobs_by_state ON jobs (state, sequence);
CREATE INDEX jobs_by_source ON jobs (data_source_id, state, sequence);
CREATE INDEX jobs_by_module ON jobs (module_id, state, sequence) WHERE module_id IS NOT NULL;
CREATE INDEX jobs_by_destination ON jobs (destination, state, sequence);
CREATE INDEX jobs_by_run ON jobs (run_id, state, sequence) WHERE run_id IS NOT NULL;
CREATE INDEX jobs_due ON jobs (destination, due_at, sequence) WHERE state = 'waiting';
CREATE INDEX jobs_waiting_by_connection ON jobs (connection_id) WHERE state = 'waiting';
CREATE INDEX jobs_ended ON jobs (data_source_id, state, ended_at) WHERE ended_at IS NOT NULL;

CREATE TABLE job_bodies (
  sequence INTEGER PRIMARY KEY REFERENCES jobs (sequence) ON DELETE CASCADE,
  packing  TEXT NOT NULL,
  bytes    BLOB NOT NULL
) STRICT;

-- The exchange as JSON, packed; bodies in it are cut at 64 KiB, secrets concealed.
CREATE TABLE attempts (
  job_sequence INTEGER NOT NULL REFERENCES jobs (sequence) ON DELETE CASCADE,
  number       INTEGER NOT NULL,
  at           INTEGER NOT NULL,
  interrupted  INTEGER NOT NULL DEFAULT 0,
  decision     TEXT NOT NULL,
  packing      TEXT NOT NULL,
  exchange     BLOB NOT NULL,
  PRIMARY KEY (job_sequence, number)
) STRICT, WITHOUT ROWID;

-- waiting counts the jobs that are not settled; it is kept by the triggers below, whoever changes or removes a job.
CREATE TABLE destinations (
  destination     TEXT PRIMARY KEY,
  waiting         INTEGER NOT NULL DEFAULT 0,
  paused_by       TEXT,
  because         TEXT,
  since           INTEGER,
  next_probe_at   INTEGER,
  -- Probes that failed since the pause began; each makes the next one later.
  probes          INTEGER NOT NULL DEFAULT 0,
  failures_in_row INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TRIGGER jobs_count_new AFTER INSERT ON jobs WHEN new.state IN ('waiting', 'sending') BEGIN
  INSERT INTO destinations (destination, waiting) VALUES (new.destination, 1)
    ON CONFLICT (destination) DO UPDATE SET waiting = waiting + 1;
END;
CREATE TRIGGER jobs_count_changed AFTER UPDATE OF state, destination ON jobs
WHEN old.destination <> new.destination
  OR (old.state IN ('waiting', 'sending')) <> (new.state IN ('waiting', 'sending')) BEGIN
  UPDATE destinations SET waiting = waiting - 1
    WHERE old.state IN ('waiting', 'sending') AND destination = old.destination;
  INSERT INTO destinations (destination, waiting) SELECT new.destination, 1 WHERE new.state IN ('waiting', 'sending')
    ON CONFLICT (destination) DO UPDATE SET waiting = waiting + 1;
END;
CREATE TRIGGER jobs_count_removed AFTER DELETE ON jobs WHEN old.state IN ('waiting', 'sending') BEGIN
  UPDATE destinations SET waiting = waiting - 1 WHERE destination = old.destination;
END;
`,
};
