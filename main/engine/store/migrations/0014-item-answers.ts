// What the answers of actions gave an item, apart from what its calls gave it; and by which delivery a version came.
import type { Migration } from './migrations.ts';

export const itemAnswers: Migration = {
  name: '0014-item-answers',
  sql: `
CREATE TABLE item_answers (
  data_source_id TEXT NOT NULL REFERENCES data_sources (id),
  external_id    TEXT NOT NULL,
  field          TEXT NOT NULL,
  -- JSON.
  value          TEXT NOT NULL,
  PRIMARY KEY (data_source_id, external_id, field)
) STRICT, WITHOUT ROWID;

-- Null where a call made the version.
ALTER TABLE item_versions ADD COLUMN delivery_id TEXT;
`,
};
