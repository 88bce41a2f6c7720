// Destinations in the store: how many jobs wait for each (kept by triggers) and whether it is paused.
import type { Database } from '../store/database.ts';
import type { BreakerState } from './breaker.ts';

export interface DestinationRow {
  destination: string;
  waiting: number;
  paused_by: BreakerState['pausedBy'] | null;
  because: string | null;
  since: number | null;
  next_probe_at: number | null;
  probes: number;
  failures_in_row: number;
}

export function createDestinationsTable(database: Database) {
  const get = database.prepare<[string], DestinationRow>('SELECT * FROM destinations WHERE destination = ?');
  const all = database.prepare<[], DestinationRow>(
    `SELECT * FROM destinations ORDER BY paused_by IS NULL, waiting DESC, destination`,
  );
  const withWork = database.prepare<[], { destination: string }>(
    'SELECT destination FROM destinations WHERE waiting > 0',
  );
  const waiting = database.prepare<[], { sum: number | null }>(
    'SELECT sum(waiting) AS sum FROM destinations',
  );
  const put = database.prepare<[Omit<DestinationRow, 'waiting'>], never>(
    `INSERT INTO destinations (destination, paused_by, because, since, next_probe_at, probes, failures_in_row)
      VALUES (@destination, @paused_by, @because, @since, @next_probe_at, @probes, @failures_in_row)
      ON CONFLICT (destination) DO UPDATE SET paused_by = excluded.paused_by, because = excluded.because,
        since = excluded.since, next_probe_at = excluded.next_probe_at, probes = excluded.probes,
        failures_in_row = excluded.failures_in_row`,
  );
  const dropIdle = database.prepare<[], never>(
    `DELETE FROM destinations WHERE waiting <= 0 AND paused_by IS NULL
      AND NOT EXISTS (SELECT 1 FROM jobs WHERE jobs.destination = destinations.destination)`,
  );

  return {
    get: (destination: string) => get.get(destination),
    all: () => all.all(),
    withWork: () => withWork.all().map(({ destination }) => destination),
    /** Jobs of all destinations that are not settled. */
    waitingInAll: () => waiting.get()?.sum ?? 0,
    putBreaker(destination: string, state: BreakerState): void {
      put.run({
        destination,
        paused_by: state.pausedBy ?? null,
        because: state.because ?? null,
        since: state.since ?? null,
        next_probe_at: state.nextProbeAt ?? null,
        probes: state.probes,
        failures_in_row: state.failuresInRow,
      });
    },
    /** Those that nothing was sent to for so long that no delivery is left. */
    dropIdle: () => void dropIdle.run(),
  };
}

export type DestinationsTable = ReturnType<typeof createDestinationsTable>;

export function breakerOf(row: DestinationRow | undefined): BreakerState {
  return {
    pausedBy: row?.paused_by ?? undefined,
    because: row?.because ?? undefined,
    since: row?.since ?? undefined,
    nextProbeAt: row?.next_probe_at ?? undefined,
    probes: row?.probes ?? 0,
    failuresInRow: row?.failures_in_row ?? 0,
  };
}
