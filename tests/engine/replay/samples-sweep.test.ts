// Deleted samples go once their deletion cannot be undone any more; a store that cannot be written then ends nothing.
import { expect, it, vi } from 'vitest';
import { createSamples } from '../../../main/engine/replay/samples.ts';
import { createSamplesTable, type SamplesTable } from '../../../main/engine/replay/samples-table.ts';
import { openStore } from '../../../main/engine/store/store.ts';
import { newDataDir } from '../../harness/test-engine.ts';

it('tells that deleted samples could not be removed', () => {
  vi.useFakeTimers();
  const { database, close } = openStore(newDataDir());
  const row = { id: 'smp_1', data_source_id: 'src_1', name: 'one', deleted_at: null };
  const table = {
    ...createSamplesTable(database),
    get: () => row,
    removeDeletedBefore() {
      throw new Error('the disk is full');
    },
  };
  const faults: unknown[] = [];
  const deps = { database, table: table as unknown as SamplesTable, undoMs: 0, onChanged: () => undefined };
  const samples = createSamples({
    ...deps,
    onSweepFault: (error: unknown) => faults.push(error),
  } as unknown as Parameters<typeof createSamples>[0]);
  samples.delete('smp_1');
  vi.advanceTimersByTime(60_000);
  expect(faults).toEqual([new Error('the disk is full')]);
  samples.stop();
  close();
  vi.useRealTimers();
});
