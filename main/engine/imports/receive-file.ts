// Takes a file in pieces: refuses at once what can never be applied, and keeps the order of the pieces.
import { type ImportRecord, ProblemError } from '#contract';
import type { DataSources } from '../data-sources/data-sources.ts';
import { createId } from '../ids.ts';
import { type Database, transact } from '../store/database.ts';
import type { ImportFiles } from './import-files.ts';
import type { ImportRecords } from './import-records.ts';
import type { ImportsTable } from './imports-table.ts';
import { formatOfName } from './rows/detect-file.ts';
import { FileFault } from './rows/file-fault.ts';
import { maxFileBytes } from './rows/row-limits.ts';

const maxPieceBytes = 1024 * 1024;
const maxUnfinished = 20;

export function createFileReceiving(deps: {
  database: Database;
  table: ImportsTable;
  files: ImportFiles;
  dataSources: DataSources;
  records: ImportRecords;
}) {
  const { database, table, files, dataSources, records } = deps;
  const { received } = records;
  const appending = new Set<string>();

  function requireReadableName(fileName: string): void {
    try {
      formatOfName(fileName);
    } catch (error) {
      if (!(error instanceof FileFault)) throw error;
      throw new ProblemError('import.refused', error.message, { path: 'fileName' });
    }
  }

  function requireSize(size: number): void {
    const path = { path: 'size' };
    if (size === 0) throw new ProblemError('import.refused', 'The file is empty.', path);
    if (size <= maxFileBytes) return;
    throw new ProblemError(
      'import.refused',
      'The file is larger than 1 GiB. Split it into several files.',
      path,
    );
  }

  return {
    async begin(input: { dataSourceId: string; fileName: string; size: number }): Promise<ImportRecord> {
      const source = dataSources.get(input.dataSourceId);
      if (source.entry === 'manual') {
        throw new ProblemError(
          'import.refused',
          'The items of this data source are typed in by hand; it takes no files.',
        );
      }
      requireReadableName(input.fileName);
      requireSize(input.size);
      if (table.unfinished().length >= maxUnfinished) {
        throw new ProblemError(
          'import.notNow',
          `${maxUnfinished} imports are not finished. Apply or cancel one of them first.`,
        );
      }
      // The file, and its rows while they wait.
      if ((await files.freeBytes()) < input.size * 2) {
        throw new ProblemError(
          'store.unavailable',
          'There is not enough room on the disk for this file. Free some, then try again.',
          { retry: true },
        );
      }
      const now = Date.now();
      const row = {
        id: createId('imp', now),
        data_source_id: input.dataSourceId,
        file_name: input.fileName,
        size: input.size,
        created_at: now,
      };
      transact(database, () => table.insert(row));
      received.set(row.id, 0);
      records.tell(row, 'receiving');
      return records.record(row.id);
    },

    /** Pieces come in order, each after the answer to the one before. */
    async append(id: string, offset: number, bytes: Uint8Array): Promise<number> {
      const row = records.rowOf(id);
      const before = received.get(id);
      if (row.state !== 'receiving' || before === undefined) {
        throw new ProblemError('import.notNow', `This import is ${row.state}; it takes no more bytes.`);
      }
      if (offset !== before || appending.has(id)) {
        throw new ProblemError('input.invalid', `The next piece begins at byte ${before}, not ${offset}.`, {
          path: 'offset',
        });
      }
      if (bytes.length > maxPieceBytes || before + bytes.length > row.size) {
        throw new ProblemError(
          'input.invalid',
          before + bytes.length > row.size
            ? `More bytes came than the ${row.size} that were announced. Begin again with the right size.`
            : 'A piece has at most 1 MiB.',
          { path: 'base64' },
        );
      }
      appending.add(id);
      try {
        await files.append(id, bytes);
      } finally {
        appending.delete(id);
      }
      const after = before + bytes.length;
      received.set(id, after);
      records.step(row, after, row.size, 'receiving');
      return after;
    },
  };
}
