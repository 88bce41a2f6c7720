// Lets the rows of an import become captures: each waiting chunk is one capture of method IMPORT. In small durable groups;
// what a kill leaves is taken up at the next start, because a chunk goes in the same transaction in which its capture comes.
import type { CapturesTable } from '../captures/captures-table.ts';
import type { Changes } from '../changes.ts';
import type { DataSources } from '../data-sources/data-sources.ts';
import type { GiveWay } from '../give-way.ts';
import { createId } from '../ids.ts';
import { type Database, transact } from '../store/database.ts';
import type { ChunkRow, ImportRow, ImportsTable } from './imports-table.ts';

const chunksAtOnce = 16;
const maxIds = 20;

export function createChunkAdder(deps: {
  database: Database;
  table: ImportsTable;
  capturesTable: CapturesTable;
  dataSources: DataSources;
  changes: Changes;
  wake(dataSourceId: string): void;
  giveWay: GiveWay;
}) {
  const { database, table, capturesTable, dataSources, changes } = deps;

  function addOne(row: ImportRow, chunk: ChunkRow, connectionId: string): string {
    const id = createId('cap');
    capturesTable.insert({
      id,
      data_source_id: row.data_source_id,
      connection_id: connectionId,
      received_at: Date.now(),
      method: 'IMPORT',
      path: row.file_name,
      query: '',
      headers: JSON.stringify([
        ['file-name', row.file_name],
        ['file-rows', chunk.row_ranges.slice(0, 1000)],
      ]),
      content_type: 'application/json',
      format: 'json',
      size: chunk.size,
      outcome: 'accepted',
      status: 200,
      event_type: null,
      delivery_id: null,
      item_count: chunk.row_count,
      index_state: 'waiting',
      rejection: null,
      verification: null,
      found: null,
      notes: '[]',
      body: { packing: chunk.packing, bytes: chunk.bytes },
    });
    table.becameCapture(chunk, id);
    return id;
  }

  return async function addChunks(
    row: ImportRow,
    options: { signal: AbortSignal; onProgress(done: number, total: number): void },
  ): Promise<void> {
    const { id: dataSourceId, connections } = dataSources.get(row.data_source_id);
    const connectionId = connections[0]?.id;
    if (connectionId === undefined) throw new Error('The data source has no connection.');
    const total = table.countChunks(row.id);
    let done = 0;
    for (;;) {
      options.signal.throwIfAborted();
      const chunks = table.nextChunks(row.id, chunksAtOnce);
      if (chunks.length === 0) return;
      const ids = transact(database, () => chunks.map((chunk) => addOne(row, chunk, connectionId)));
      done += chunks.length;
      changes.tell('captures.received', {
        dataSourceId,
        ids: ids.reverse().slice(0, maxIds),
        count: ids.length,
      });
      changes.tell('dataSources.changed', { id: dataSourceId });
      deps.wake(dataSourceId);
      options.onProgress(done, total);
      await deps.giveWay();
    }
  };
}

export type ChunkAdder = ReturnType<typeof createChunkAdder>;
