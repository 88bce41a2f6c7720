// Pins, notes and tags of calls: changed for many at once, as a whole or not at all.
import { ProblemError } from '#contract';
import type { Changes } from '../changes.ts';
import { type Database, transact } from '../store/database.ts';
import type { CaptureMarksTable } from './capture-marks-table.ts';

export interface MarkChange {
  pinned?: boolean | undefined;
  /** Empty: no note. */
  note?: string | undefined;
  addTags?: string[] | undefined;
  dropTags?: string[] | undefined;
}

const mostTags = 200;

export function createCaptureMarks(deps: { database: Database; table: CaptureMarksTable; changes: Changes }) {
  const { database, table, changes } = deps;
  return {
    /** @throws ProblemError capture.missing: then nothing is changed. */
    mark(ids: readonly string[], change: MarkChange): void {
      transact(database, () => {
        for (const id of ids) {
          const found = table.sequenceOf(id);
          if (!found) {
            throw new ProblemError(
              'capture.missing',
              'One of these calls does not exist any more. Nothing was changed.',
              { path: 'ids' },
            );
          }
          const { sequence } = found;
          if (change.pinned !== undefined || change.note !== undefined) {
            const before = table.of([sequence]).get(sequence);
            table.put(
              sequence,
              change.pinned ?? before?.pinned ?? false,
              (change.note ?? before?.note ?? '').trim(),
            );
          }
          for (const tag of change.dropTags ?? []) table.dropTag(sequence, tag);
          for (const tag of change.addTags ?? []) table.addTag(sequence, tag);
        }
      });
      changes.tell('captures.marked', { ids: ids.slice(0, 500) });
    },
    tags: () => table.tags(mostTags),
  };
}

export type CaptureMarks = ReturnType<typeof createCaptureMarks>;
