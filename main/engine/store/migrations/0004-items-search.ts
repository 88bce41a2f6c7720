// Finding items: orders of View Data, full-text search, the chosen columns; why calls need attention; drift of the mapped paths.
import type { Migration } from './migrations.ts';

export const itemsSearch: Migration = {
  name: '0004-items-search',
  sql: `
CREATE INDEX items_by_title ON items (data_source_id, revision, title COLLATE NOCASE, external_id);
CREATE INDEX items_by_creation ON items (data_source_id, revision, created_at, external_id);

-- The words of items. A row's number is the change that made the item what it is, so that the newest match comes first
-- without sorting. The words themselves stand in items only; "source" holds one token for (data source, revision).
CREATE VIRTUAL TABLE item_words USING fts5 (
  source, words, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2', prefix='1 2 3'
);
-- Which change of an item stands in item_words.
CREATE TABLE item_words_of (
  item_id  TEXT NOT NULL,
  revision INTEGER NOT NULL,
  change   INTEGER NOT NULL,
  PRIMARY KEY (item_id, revision)
) STRICT, WITHOUT ROWID;
-- How far the changes of a revision are in item_words.
CREATE TABLE item_words_cursors (
  data_source_id TEXT NOT NULL REFERENCES data_sources (id),
  revision       INTEGER NOT NULL,
  change         INTEGER NOT NULL,
  PRIMARY KEY (data_source_id, revision)
) STRICT, WITHOUT ROWID;
-- Whoever deletes an item deletes its words.
CREATE TRIGGER items_lose_words AFTER DELETE ON items BEGIN
  DELETE FROM item_words WHERE rowid =
    (SELECT change FROM item_words_of WHERE item_id = OLD.id AND revision = OLD.revision);
  DELETE FROM item_words_of WHERE item_id = OLD.id AND revision = OLD.revision;
END;

-- The columns that are shown in View Data, as a JSON list.
CREATE TABLE item_views (
  data_source_id TEXT PRIMARY KEY REFERENCES data_sources (id),
  columns        TEXT NOT NULL
) STRICT;

-- The calls of which elements have no id, with the reasons of the first of them as a JSON list.
CREATE TABLE captures_needing_attention (
  data_source_id TEXT NOT NULL,
  sequence       INTEGER NOT NULL REFERENCES captures (sequence) ON DELETE CASCADE,
  elements       INTEGER NOT NULL,
  lacking        INTEGER NOT NULL,
  reasons        TEXT NOT NULL,
  PRIMARY KEY (data_source_id, sequence)
) STRICT, WITHOUT ROWID;
CREATE INDEX captures_needing_attention_by_capture ON captures_needing_attention (sequence);
INSERT INTO captures_needing_attention (data_source_id, sequence, elements, lacking, reasons)
  SELECT data_source_id, sequence, item_count + 1, 1, '[]' FROM captures WHERE index_state = 'needsAttention';

-- What the mapped paths yielded lately, by type of event; learned while indexing, begun anew with every mapping.
CREATE TABLE mapping_drift (
  data_source_id TEXT NOT NULL REFERENCES data_sources (id),
  revision       INTEGER NOT NULL,
  event_type     TEXT NOT NULL,
  rows           TEXT NOT NULL,
  drifted        INTEGER NOT NULL,
  id_drifted     INTEGER NOT NULL,
  PRIMARY KEY (data_source_id, revision, event_type)
) STRICT, WITHOUT ROWID;
`,
};
