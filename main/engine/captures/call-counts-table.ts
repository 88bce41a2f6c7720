// Calls counted as they are stored and deleted, so that no screen ever counts rows: what is stored now by outcome, and what
// arrived by minute. Every function that writes is called inside the transaction that changes the calls.
import type { CallVolume, Outcome, OutcomeCounts } from '#contract';
import type { Database } from '../store/database.ts';

export interface BucketRow extends OutcomeCounts {
  start: number;
  slowest_us: number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

export function createCallCountsTable(database: Database) {
  const addTotal = database.prepare<[string, Outcome, number], never>(
    `INSERT INTO capture_totals (data_source_id, outcome, calls, bytes) VALUES (?, ?, 1, ?)
      ON CONFLICT (data_source_id, outcome) DO UPDATE SET calls = calls + 1, bytes = bytes + excluded.bytes`,
  );
  const takeTotal = database.prepare<[number, number, string, Outcome], never>(
    'UPDATE capture_totals SET calls = calls - ?, bytes = bytes - ? WHERE data_source_id = ? AND outcome = ?',
  );
  const arrivedAs = {
    accepted: arrived('accepted'),
    rejected: arrived('rejected'),
    handshake: arrived('handshake'),
    duplicate: arrived('duplicate'),
  };
  function arrived(outcome: Outcome) {
    return database.prepare<[string, number], never>(
      `INSERT INTO call_buckets (data_source_id, start, ${outcome}) VALUES (?, ?, 1)
        ON CONFLICT (data_source_id, start) DO UPDATE SET ${outcome} = ${outcome} + 1`,
    );
  }
  const slowest = database.prepare<{ sequence: number; answeredUs: number }, never>(
    `UPDATE call_buckets SET slowest_us = @answeredUs WHERE slowest_us < @answeredUs AND (data_source_id, start) =
      (SELECT data_source_id, received_at / ${minuteMs} * ${minuteMs} FROM captures WHERE sequence = @sequence)`,
  );
  const totals = database.prepare<[string], CallVolume & { outcome: Outcome }>(
    'SELECT outcome, calls, bytes FROM capture_totals WHERE data_source_id = ?',
  );
  const steps = database.prepare<{ source: string; from: number; step: number }, BucketRow>(
    `SELECT start / @step * @step AS start, sum(accepted) AS accepted, sum(rejected) AS rejected,
        sum(handshake) AS handshake, sum(duplicate) AS duplicate, max(slowest_us) AS slowest_us
      FROM call_buckets WHERE data_source_id = @source AND start >= @from GROUP BY 1 ORDER BY 1`,
  );
  const rollUp = database.prepare<[string, number, number], never>(
    `INSERT INTO call_buckets (data_source_id, start, accepted, rejected, handshake, duplicate, slowest_us)
      SELECT data_source_id, start / ${hourMs} * ${hourMs}, sum(accepted), sum(rejected), sum(handshake),
          sum(duplicate), max(slowest_us)
        FROM call_buckets WHERE data_source_id = ? AND start >= ? AND start < ? AND start % ${hourMs} <> 0
        GROUP BY 1, 2
      ON CONFLICT (data_source_id, start) DO UPDATE SET accepted = accepted + excluded.accepted,
        rejected = rejected + excluded.rejected, handshake = handshake + excluded.handshake,
        duplicate = duplicate + excluded.duplicate, slowest_us = max(slowest_us, excluded.slowest_us)`,
  );
  const dropMinutes = database.prepare<[string, number, number], never>(
    `DELETE FROM call_buckets WHERE data_source_id = ? AND start >= ? AND start < ? AND start % ${hourMs} <> 0`,
  );
  const firstMinute = database.prepare<[string, number, number], { start: number }>(
    `SELECT start FROM call_buckets WHERE data_source_id = ? AND start >= ? AND start < ? AND start % ${hourMs} <> 0
      ORDER BY start LIMIT 1`,
  );
  const dropOld = database.prepare<[string, number, number], never>(
    `DELETE FROM call_buckets WHERE (data_source_id, start) IN (
      SELECT data_source_id, start FROM call_buckets WHERE data_source_id = ? AND start < ? ORDER BY start LIMIT ?)`,
  );

  return {
    stored(dataSourceId: string, outcome: Outcome, receivedAt: number, bytes: number): void {
      addTotal.run(dataSourceId, outcome, bytes);
      arrivedAs[outcome].run(dataSourceId, Math.floor(receivedAt / minuteMs) * minuteMs);
    },
    answered: (sequence: number, answeredUs: number) => void slowest.run({ sequence, answeredUs }),
    deleted: (dataSourceId: string, outcome: Outcome, { calls, bytes }: CallVolume) =>
      void takeTotal.run(calls, bytes, dataSourceId, outcome),

    /** What is stored now. */
    totals(dataSourceId: string): Record<Outcome, CallVolume> {
      const none = { calls: 0, bytes: 0 };
      const all: Record<Outcome, CallVolume> = {
        accepted: none,
        rejected: none,
        handshake: none,
        duplicate: none,
      };
      for (const { outcome, calls, bytes } of totals.all(dataSourceId)) all[outcome] = { calls, bytes };
      return all;
    },
    /** What arrived since `from`, in steps of `stepMs` that begin at whole steps since 1970; steps without calls are left out. */
    arrivals: (dataSourceId: string, from: number, stepMs: number) =>
      steps.all({ source: dataSourceId, from, step: stepMs }),

    /** Turns the minutes of [from, to) into hours; both at the start of an hour. */
    rollUp(dataSourceId: string, from: number, to: number): void {
      rollUp.run(dataSourceId, from, to);
      dropMinutes.run(dataSourceId, from, to);
    },
    /** The hour of the first minute in [from, to) that is not rolled up yet. */
    firstToRollUp(dataSourceId: string, from: number, to: number): number | undefined {
      const minute = firstMinute.get(dataSourceId, from, to)?.start;
      return minute === undefined ? undefined : Math.floor(minute / hourMs) * hourMs;
    },
    /** Drops some of what is older; gives how many. */
    dropBefore: (dataSourceId: string, before: number, limit: number): number =>
      dropOld.run(dataSourceId, before, limit).changes,
  };
}

export type CallCountsTable = ReturnType<typeof createCallCountsTable>;
