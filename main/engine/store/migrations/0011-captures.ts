// Captures in depth: by time, what was answered and when it was stored, marks of the user, saved searches, paths that a comparison
// leaves out, and which items a call made.
import type { Migration } from './migrations.ts';

export const capturesInDepth: Migration = {
  name: '0011-captures',
  sql: `
CREATE INDEX captures_by_time ON captures (received_at);
-- JSON of what the receiver answered beside its fixed headers; absent in older calls.
ALTER TABLE captures ADD COLUMN answer TEXT;
-- From the first byte of the request to the commit.
ALTER TABLE captures ADD COLUMN stored_us INTEGER;

CREATE TABLE capture_marks (
  sequence INTEGER PRIMARY KEY REFERENCES captures (sequence) ON DELETE CASCADE,
  pinned   INTEGER NOT NULL DEFAULT 0,
  note     TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX capture_marks_pinned ON capture_marks (sequence) WHERE pinned = 1;

CREATE TABLE capture_tags (
  tag      TEXT NOT NULL COLLATE NOCASE,
  sequence INTEGER NOT NULL REFERENCES captures (sequence) ON DELETE CASCADE,
  PRIMARY KEY (tag, sequence)
) STRICT, WITHOUT ROWID;
CREATE INDEX capture_tags_by_capture ON capture_tags (sequence);

-- Of one data source, or of all of them.
CREATE TABLE saved_searches (
  id             TEXT PRIMARY KEY,
  data_source_id TEXT REFERENCES data_sources (id),
  name           TEXT NOT NULL COLLATE NOCASE,
  query          TEXT NOT NULL,
  saved_at       INTEGER NOT NULL
) STRICT;
CREATE INDEX saved_searches_by_source ON saved_searches (data_source_id);

-- JSON list of paths and headers that a comparison of calls of this source leaves out.
CREATE TABLE comparison_ignores (
  data_source_id TEXT PRIMARY KEY REFERENCES data_sources (id),
  paths          TEXT NOT NULL
) STRICT;

CREATE INDEX item_versions_by_capture ON item_versions (capture_id);
`,
};
