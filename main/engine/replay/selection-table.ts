// Which captures fit a filter: looked for in windows of the order of arrival, so that no statement reads the whole table.
import type { CaptureFilter } from '#contract';
import type { Database } from '../store/database.ts';

export interface SelectedCapture {
  id: string;
  sequence: number;
}

const windowSize = 4_000;

export function createSelectionTable(database: Database) {
  const find = database.prepare<
    {
      after: number;
      until: number;
      source: string | null;
      outcome: string | null;
      event: string | null;
      method: string | null;
      from: number | null;
      to: number | null;
      origin: string | null;
    },
    SelectedCapture
  >(
    `SELECT id, sequence FROM captures WHERE sequence > @after AND sequence <= @until
      AND (@source IS NULL OR data_source_id = @source) AND (@outcome IS NULL OR outcome = @outcome)
      AND (@event IS NULL OR event_type = @event) AND (@method IS NULL OR method = @method)
      AND (@from IS NULL OR received_at >= @from) AND (@to IS NULL OR received_at < @to)
      AND (@origin IS NULL OR origin = @origin)
      AND data_source_id NOT IN (SELECT id FROM data_sources WHERE deleted_at IS NOT NULL) ORDER BY sequence`,
  );
  const next = database.prepare<[number], { sequence: number | null }>(
    'SELECT min(sequence) AS sequence FROM captures WHERE sequence > ?',
  );
  const last = database.prepare<[], { sequence: number | null }>(
    'SELECT max(sequence) AS sequence FROM captures',
  );
  const sequence = database.prepare<[string], SelectedCapture>(
    'SELECT id, sequence FROM captures WHERE id = ?',
  );

  return {
    last: () => last.get()?.sequence ?? 0,
    /** Those of one window; `until` is where the next one begins, undefined behind the last capture. */
    window(filter: CaptureFilter, after: number): { found: SelectedCapture[]; until: number | undefined } {
      const first = next.get(after)?.sequence ?? undefined;
      if (first === undefined) return { found: [], until: undefined };
      const until = first - 1 + windowSize;
      const found = find.all({
        after,
        until,
        source: filter.dataSourceId ?? null,
        outcome: filter.outcome ?? null,
        event: filter.eventType ?? null,
        method: filter.method ?? null,
        from: filter.from === undefined ? null : Date.parse(filter.from),
        to: filter.to === undefined ? null : Date.parse(filter.to),
        origin: filter.origin ?? null,
      });
      return { found, until };
    },
    one: (id: string) => sequence.get(id),
  };
}

export type SelectionTable = ReturnType<typeof createSelectionTable>;
