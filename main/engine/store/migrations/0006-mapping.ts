// Mapping in depth: when the sender changed an item, and what a mapping that is not live yet made of each call.
import type { Migration } from './migrations.ts';

export const mappingDepth: Migration = {
  name: '0006-mapping',
  sql: `
-- By the sender's own clock, in milliseconds since 1970: an older change does not overwrite a newer one.
ALTER TABLE items ADD COLUMN source_changed_at INTEGER;

-- The state of each call under a mapping that is being indexed beside the live one. Moved to captures when it goes live,
-- forgotten when its indexing is cancelled.
CREATE TABLE capture_states (
  data_source_id TEXT NOT NULL REFERENCES data_sources (id),
  revision       INTEGER NOT NULL,
  sequence       INTEGER NOT NULL,
  index_state    TEXT NOT NULL,
  item_count     INTEGER NOT NULL,
  -- JSON of elements, lacking and reasons, where elements have no id.
  attention      TEXT
) STRICT;
CREATE UNIQUE INDEX capture_states_by_sequence ON capture_states (data_source_id, revision, sequence);
`,
};
