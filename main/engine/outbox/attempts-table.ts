// Tries at jobs in the store. The exchange is JSON, packed; its bodies are capped and its secrets concealed before it comes here.
import type { PackedBody, Packing } from '../captures/body-packing.ts';
import type { Database } from '../store/database.ts';

export interface AttemptRow {
  number: number;
  at: number;
  decision: string;
  packing: Packing;
  exchange: Uint8Array;
}

export function createAttemptsTable(database: Database) {
  const insert = database.prepare<[number, number, number, number, string, Packing, Uint8Array], never>(
    `INSERT INTO attempts (job_sequence, number, at, interrupted, decision, packing, exchange) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const ofJob = database.prepare<[number], AttemptRow>(
    'SELECT number, at, decision, packing, exchange FROM attempts WHERE job_sequence = ? ORDER BY number',
  );
  const interruptions = database.prepare<[number, number], { count: number }>(
    'SELECT count(*) AS count FROM attempts WHERE job_sequence = ? AND number > ? AND interrupted = 1',
  );

  return {
    insert(
      sequence: number,
      attempt: { number: number; at: number; interrupted: boolean; decision: string; exchange: PackedBody },
    ): void {
      const { number, at, interrupted, decision, exchange } = attempt;
      insert.run(sequence, number, at, interrupted ? 1 : 0, decision, exchange.packing, exchange.bytes);
    },
    ofJob: (sequence: number) => ofJob.all(sequence),
    /** How many tries after a number were interrupted. */
    interruptedAfter: (sequence: number, number: number) => interruptions.get(sequence, number)?.count ?? 0,
  };
}

export type AttemptsTable = ReturnType<typeof createAttemptsTable>;
