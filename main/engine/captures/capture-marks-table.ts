// What the user marked calls with: pins, notes, tags. The calls themselves never change.
import type { Database } from '../store/database.ts';

export interface CaptureMark {
  pinned?: boolean;
  note?: string;
  tags?: string[];
}

export function createCaptureMarksTable(database: Database) {
  const ofMany = database.prepare<[string], { sequence: number; pinned: number; note: string }>(
    'SELECT sequence, pinned, note FROM capture_marks WHERE sequence IN (SELECT value FROM json_each(?))',
  );
  const tagsOfMany = database.prepare<[string], { sequence: number; tag: string }>(
    'SELECT sequence, tag FROM capture_tags WHERE sequence IN (SELECT value FROM json_each(?)) ORDER BY sequence, tag',
  );
  const sequenceOf = database.prepare<[string], { sequence: number; data_source_id: string }>(
    'SELECT sequence, data_source_id FROM captures WHERE id = ?',
  );
  const put = database.prepare<[number, number, string], never>(
    `INSERT INTO capture_marks (sequence, pinned, note) VALUES (?, ?, ?)
      ON CONFLICT (sequence) DO UPDATE SET pinned = excluded.pinned, note = excluded.note`,
  );
  const drop = database.prepare<[number], never>('DELETE FROM capture_marks WHERE sequence = ?');
  const addTag = database.prepare<[string, number], never>(
    'INSERT INTO capture_tags (tag, sequence) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  const dropTag = database.prepare<[string, number], never>(
    'DELETE FROM capture_tags WHERE tag = ? AND sequence = ?',
  );
  const tags = database.prepare<[number], { tag: string; calls: number }>(
    'SELECT tag, count(*) AS calls FROM capture_tags GROUP BY tag ORDER BY calls DESC, tag LIMIT ?',
  );

  return {
    /** Marks by sequence; calls without any are left out. */
    of(sequences: readonly number[]): Map<number, CaptureMark> {
      const marks = new Map<number, CaptureMark>();
      if (sequences.length === 0) return marks;
      const wanted = JSON.stringify(sequences);
      for (const { sequence, pinned, note } of ofMany.all(wanted)) {
        marks.set(sequence, { ...(pinned === 1 && { pinned: true }), ...(note !== '' && { note }) });
      }
      for (const { sequence, tag } of tagsOfMany.all(wanted)) {
        const mark = marks.get(sequence) ?? {};
        marks.set(sequence, { ...mark, tags: [...(mark.tags ?? []), tag] });
      }
      return marks;
    },
    sequenceOf: (captureId: string) => sequenceOf.get(captureId),
    /** Called inside a transaction, like the two below. */
    put(sequence: number, pinned: boolean, note: string): void {
      if (!pinned && note === '') drop.run(sequence);
      else put.run(sequence, pinned ? 1 : 0, note);
    },
    addTag: (sequence: number, tag: string) => void addTag.run(tag, sequence),
    dropTag: (sequence: number, tag: string) => void dropTag.run(tag, sequence),
    /** The most used ones first. */
    tags: (limit: number) => tags.all(limit),
  };
}

export type CaptureMarksTable = ReturnType<typeof createCaptureMarksTable>;
