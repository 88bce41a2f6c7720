// How far the history of each data source is indexed under its newest mapping: counted once, told a few times a second.
import type { Changes } from '../changes.ts';
import type { RevisionRow, RevisionsTable } from './revisions-table.ts';

const tellEveryMs = 100;

export function createIndexProgress(deps: { revisions: RevisionsTable; changes: Changes }) {
  const { revisions, changes } = deps;
  const entries = new Map<string, { revision: number; done: number; total: number; toldAt: number }>();

  function entryOf(revision: RevisionRow) {
    const { data_source_id: dataSourceId } = revision;
    const known = entries.get(dataSourceId);
    if (known?.revision === revision.revision) return known;
    const remaining = revisions.remaining(dataSourceId, revision.indexed_sequence);
    const isLive = revisions.liveRevision(dataSourceId) === revision.revision;
    const total = isLive ? remaining : revisions.remaining(dataSourceId, 0);
    const entry = { revision: revision.revision, done: total - remaining, total, toldAt: 0 };
    entries.set(dataSourceId, entry);
    return entry;
  }

  return {
    /** `done` calls more are indexed; `revision` as it was before them. */
    add(revision: RevisionRow, done: number): void {
      const entry = entryOf(revision);
      entry.done += done;
      entry.total = Math.max(entry.total, entry.done);
      if (Date.now() - entry.toldAt < tellEveryMs) return;
      entry.toldAt = Date.now();
      changes.tell('mapping.indexed', {
        dataSourceId: revision.data_source_id,
        done: entry.done,
        total: entry.total,
      });
    },
    /** Of a mapping that is not live yet; undefined where the newest one is. */
    of(dataSourceId: string): { done: number; total: number } | undefined {
      const newest = revisions.newest(dataSourceId);
      if (!newest || revisions.liveRevision(dataSourceId) === newest.revision) return undefined;
      const { done, total } = entryOf(newest);
      return { done, total };
    },
    forget: (dataSourceId: string) => entries.delete(dataSourceId),
  };
}
