// What background work does between two waits, in which it holds the loop: how many rows it changes, and the processor time that it takes.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { GiveWay } from '../../main/engine/give-way.ts';
import type { Database } from '../../main/engine/store/database.ts';

export interface Slice {
  rows: number;
  processorMs: number;
}

export function recordSlices(database: Database): { giveWay: GiveWay; slices: Slice[] } {
  const changes = database.prepare<[], { rows: number }>('SELECT total_changes() AS rows');
  const slices: Slice[] = [];
  const now = (): Slice => {
    const { user, system } = process.threadCpuUsage();
    return { rows: changes.get()?.rows ?? 0, processorMs: (user + system) / 1000 };
  };
  let before = now();
  return {
    slices,
    async giveWay() {
      const after = now();
      slices.push({ rows: after.rows - before.rows, processorMs: after.processorMs - before.processorMs });
      await nextTurn();
      before = now();
    },
  };
}
