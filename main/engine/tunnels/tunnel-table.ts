// What the store keeps of the tunnel: facts, probes, gaps, given addresses. All of it is capped here.
import type { Database } from '../store/database.ts';

export interface PointRow {
  at: number;
  good: number;
  failed: number;
  total_ms: number;
  slowest_ms: number;
}

export interface GapRow {
  id: number;
  started_at: number;
  ended_at: number | null;
  reason: string;
}

const keptPoints = 6 * 48;
const keptGaps = 200;

export function createTunnelTable(database: Database) {
  const fact = database.prepare<[string], { value: string }>('SELECT value FROM tunnel_facts WHERE name = ?');
  const setFact = database.prepare<[string, string], never>(
    'INSERT INTO tunnel_facts (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  );
  const addPoint = database.prepare<
    { at: number; good: number; failed: number; ms: number; lastGood: number | null },
    never
  >(
    `INSERT INTO tunnel_points (at, good, failed, total_ms, slowest_ms, last_good)
     VALUES (@at, @good, @failed, @ms, @ms, @lastGood)
     ON CONFLICT (at) DO UPDATE SET good = good + @good, failed = failed + @failed, total_ms = total_ms + @ms,
       slowest_ms = max(slowest_ms, @ms), last_good = coalesce(@lastGood, last_good)`,
  );
  const cutPoints = database.prepare<[number], never>(
    'DELETE FROM tunnel_points WHERE at <= (SELECT at FROM tunnel_points ORDER BY at DESC LIMIT 1 OFFSET ?)',
  );
  const points = database.prepare<[number], PointRow>(
    'SELECT at, good, failed, total_ms, slowest_ms FROM tunnel_points WHERE at >= ? ORDER BY at',
  );
  const lastGood = database.prepare<[], { at: number | null }>(
    'SELECT max(last_good) AS at FROM tunnel_points',
  );
  const openGap = database.prepare<[], GapRow>(
    'SELECT * FROM tunnel_gaps WHERE ended_at IS NULL ORDER BY id DESC LIMIT 1',
  );
  const addGap = database.prepare<[number, string], never>(
    'INSERT INTO tunnel_gaps (started_at, reason) VALUES (?, ?)',
  );
  const cutGaps = database.prepare<[number], never>(
    'DELETE FROM tunnel_gaps WHERE id <= (SELECT id FROM tunnel_gaps ORDER BY id DESC LIMIT 1 OFFSET ?)',
  );
  const endGap = database.prepare<[number], never>(
    'UPDATE tunnel_gaps SET ended_at = ? WHERE ended_at IS NULL',
  );
  const gaps = database.prepare<[number], GapRow>('SELECT * FROM tunnel_gaps ORDER BY id DESC LIMIT ?');
  const given = database.prepare<[], { connection_id: string; address: string }>(
    'SELECT connection_id, address FROM tunnel_given',
  );
  const give = database.prepare<[string, string, number], never>(
    `INSERT INTO tunnel_given (connection_id, address, given_at) VALUES (?, ?, ?)
     ON CONFLICT (connection_id) DO UPDATE SET address = excluded.address, given_at = excluded.given_at`,
  );
  const forget = database.prepare<[string], never>('DELETE FROM tunnel_given WHERE connection_id = ?');

  return {
    fact: (name: string): unknown => {
      const row = fact.get(name);
      return row && JSON.parse(row.value);
    },
    setFact: (name: string, value: unknown): void => void setFact.run(name, JSON.stringify(value)),
    /** Adds one probe to the point that begins at `at`; `roundTripMs` is absent where it failed. */
    addProbe(at: number, now: number, roundTripMs: number | undefined): void {
      const isGood = roundTripMs !== undefined;
      addPoint.run({
        at,
        good: isGood ? 1 : 0,
        failed: isGood ? 0 : 1,
        ms: roundTripMs ?? 0,
        lastGood: isGood ? now : null,
      });
      cutPoints.run(keptPoints);
    },
    points: (from: number): PointRow[] => points.all(from),
    lastGood: (): number | undefined => lastGood.get()?.at ?? undefined,
    openGap: (): GapRow | undefined => openGap.get(),
    addGap(from: number, reason: string): void {
      addGap.run(from, reason);
      cutGaps.run(keptGaps);
    },
    endGap: (at: number): void => void endGap.run(at),
    gaps: (limit: number): GapRow[] => gaps.all(limit),
    given: (): Map<string, string> => new Map(given.all().map((row) => [row.connection_id, row.address])),
    give: (connectionId: string, address: string, now: number): void =>
      void give.run(connectionId, address, now),
    forget: (connectionId: string): void => void forget.run(connectionId),
  };
}

export type TunnelTable = ReturnType<typeof createTunnelTable>;
