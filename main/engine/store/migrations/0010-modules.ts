// Solutions, their access to data sources, modules, and the runs of modules. Times are milliseconds since 1970.
import type { Migration } from './migrations.ts';

export const modules: Migration = {
  name: '0010-modules',
  sql: `
CREATE TABLE solutions (
  id          TEXT PRIMARY KEY,
  name        TEXT NOT NULL,
  description TEXT NOT NULL,
  created_at  INTEGER NOT NULL,
  deleted_at  INTEGER
) STRICT;

-- A row for each solution that may use a data source.
CREATE TABLE solution_access (
  solution_id    TEXT NOT NULL REFERENCES solutions (id),
  data_source_id TEXT NOT NULL REFERENCES data_sources (id),
  UNIQUE (solution_id, data_source_id)
) STRICT;
CREATE INDEX solution_access_by_source ON solution_access (data_source_id);

CREATE TABLE modules (
  id              TEXT PRIMARY KEY,
  solution_id     TEXT NOT NULL REFERENCES solutions (id),
  -- No reference: a module outlives its data source, and says that it is gone.
  data_source_id  TEXT NOT NULL,
  name            TEXT NOT NULL,
  version         INTEGER NOT NULL,
  enabled         INTEGER NOT NULL,
  -- Calls that were received before do not run it.
  enabled_at      INTEGER,
  created_at      INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL,
  deleted_at      INTEGER,
  -- Kept by the triggers on runs.
  run_count       INTEGER NOT NULL DEFAULT 0,
  failed_count    INTEGER NOT NULL DEFAULT 0,
  blocked_count   INTEGER NOT NULL DEFAULT 0,
  waiting_count   INTEGER NOT NULL DEFAULT 0,
  last_run_at     INTEGER,
  -- Of On Scheduled: times up to this one were run or counted as missed.
  scheduled_until INTEGER,
  missed_count    INTEGER NOT NULL DEFAULT 0,
  last_missed_at  INTEGER
) STRICT;
CREATE INDEX modules_by_solution ON modules (solution_id);
CREATE INDEX modules_by_source ON modules (data_source_id);

-- What a module was at a time: runs under way go on as they began.
CREATE TABLE module_versions (
  module_id  TEXT NOT NULL REFERENCES modules (id),
  version    INTEGER NOT NULL,
  definition TEXT NOT NULL,
  PRIMARY KEY (module_id, version)
) STRICT;

-- What a module uses as it stands: the data source of its items, then one row a step.
CREATE TABLE module_uses (
  module_id      TEXT NOT NULL REFERENCES modules (id),
  position       INTEGER NOT NULL,
  data_source_id TEXT NOT NULL REFERENCES data_sources (id),
  action_id      TEXT,
  connection_id  TEXT,
  UNIQUE (module_id, position)
) STRICT;
CREATE INDEX module_uses_by_source ON module_uses (data_source_id);
CREATE INDEX module_uses_by_action ON module_uses (action_id) WHERE action_id IS NOT NULL;

CREATE TABLE runs (
  sequence       INTEGER PRIMARY KEY AUTOINCREMENT,
  id             TEXT NOT NULL UNIQUE,
  module_id      TEXT NOT NULL REFERENCES modules (id),
  module_version INTEGER NOT NULL,
  solution_id    TEXT NOT NULL,
  data_source_id TEXT NOT NULL REFERENCES data_sources (id),
  item_id        TEXT,
  item_title     TEXT,
  -- The version of the item that it is about.
  item_revision  INTEGER,
  item_version   INTEGER,
  capture_id     TEXT,
  state          TEXT NOT NULL,
  cause          TEXT NOT NULL,
  conditions     TEXT NOT NULL,
  steps          TEXT NOT NULL,
  -- What later steps need of the item and of the answers so far.
  context        TEXT,
  -- Modules whose runs led to this one, the first one first.
  chain          TEXT NOT NULL DEFAULT '[]',
  reason         TEXT,
  started_at     INTEGER NOT NULL,
  ended_at       INTEGER,
  -- 1 while a step is to be prepared.
  due            INTEGER NOT NULL
) STRICT;
CREATE INDEX runs_by_module ON runs (module_id, sequence);
CREATE INDEX runs_by_module_state ON runs (module_id, state, sequence);
CREATE INDEX runs_by_solution ON runs (solution_id, sequence);
CREATE INDEX runs_by_source ON runs (data_source_id, sequence);
CREATE INDEX runs_by_state ON runs (state, sequence);
CREATE INDEX runs_by_item ON runs (item_id, sequence) WHERE item_id IS NOT NULL;
CREATE INDEX runs_by_capture ON runs (capture_id) WHERE capture_id IS NOT NULL;
CREATE INDEX runs_due ON runs (sequence) WHERE due = 1;

-- In the counts only those are runs whose conditions held: not notMatched, and not fired (a trigger fired, nothing is judged yet).
CREATE TRIGGER runs_made AFTER INSERT ON runs WHEN NEW.state NOT IN ('notMatched', 'fired') BEGIN
  UPDATE modules SET run_count = run_count + 1, failed_count = failed_count + (NEW.state = 'failed'),
      blocked_count = blocked_count + (NEW.state = 'blocked'), waiting_count = waiting_count + (NEW.state = 'running'),
      last_run_at = max(coalesce(last_run_at, 0), NEW.started_at)
    WHERE id = NEW.module_id;
END;
CREATE TRIGGER runs_went_on AFTER UPDATE OF state ON runs WHEN NEW.state <> OLD.state BEGIN
  UPDATE modules SET
      run_count = run_count + (NEW.state NOT IN ('notMatched', 'fired')) - (OLD.state NOT IN ('notMatched', 'fired')),
      failed_count = failed_count + (NEW.state = 'failed') - (OLD.state = 'failed'),
      blocked_count = blocked_count + (NEW.state = 'blocked') - (OLD.state = 'blocked'),
      waiting_count = waiting_count + (NEW.state = 'running') - (OLD.state = 'running'),
      last_run_at = CASE WHEN OLD.state = 'fired' AND NEW.state <> 'notMatched'
        THEN max(coalesce(last_run_at, 0), NEW.started_at) ELSE last_run_at END
    WHERE id = NEW.module_id;
END;
CREATE TRIGGER runs_gone AFTER DELETE ON runs WHEN OLD.state NOT IN ('notMatched', 'fired') BEGIN
  UPDATE modules SET run_count = run_count - 1, failed_count = failed_count - (OLD.state = 'failed'),
      blocked_count = blocked_count - (OLD.state = 'blocked'), waiting_count = waiting_count - (OLD.state = 'running')
    WHERE id = OLD.module_id;
END;

-- Items for which a module that runs only once has run.
CREATE TABLE module_marks (
  module_id      TEXT NOT NULL REFERENCES modules (id),
  data_source_id TEXT NOT NULL REFERENCES data_sources (id),
  item_id        TEXT NOT NULL,
  UNIQUE (module_id, item_id)
) STRICT;
CREATE INDEX module_marks_by_source ON module_marks (data_source_id);

-- A scheduled module that goes through the items of its source, and how far it is.
CREATE TABLE module_sweeps (
  module_id         TEXT PRIMARY KEY REFERENCES modules (id),
  data_source_id    TEXT NOT NULL REFERENCES data_sources (id),
  at                INTEGER NOT NULL,
  after_external_id TEXT
) STRICT;
CREATE INDEX module_sweeps_by_source ON module_sweeps (data_source_id);

-- Modules ran for accepted calls up to this one, whichever mapping was live then.
ALTER TABLE data_sources ADD COLUMN runs_after INTEGER NOT NULL DEFAULT 0;
`,
};
