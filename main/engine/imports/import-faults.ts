// The rows of an import that made no item and why: those that could not be read, then those that the saved mapping finds no
// id in. The second are worked out when they are asked for, because a better mapping makes other ones.
import { type CallOutput, type ImportFault, ProblemError } from '#contract';
import type { Captures } from '../captures/captures.ts';
import type { CapturesTable } from '../captures/captures-table.ts';
import { csvText } from '../downloads/csv-text.ts';
import type { Mappings } from '../indexing/mappings.ts';
import type { PayloadReader } from '../payloads/payload-reader.ts';
import type { ImportCaptureRow, ImportsTable } from './imports-table.ts';
import { rowsOf } from './row-ranges.ts';

/** Where a page begins: behind a listed fault (`f12`), or at an element of a chunk (`c3:250`). */
type Cursor = { kind: 'fault'; number: number } | { kind: 'chunk'; number: number; element: number };

/** Of a file of failed rows. */
const rowsInFile = 10_000;
const rowsAtOnce = 500;

export function createImportFaults(deps: {
  table: ImportsTable;
  captures: Captures;
  capturesTable: CapturesTable;
  mappings: Mappings;
  reader: PayloadReader;
}) {
  const { table, captures, capturesTable, mappings, reader } = deps;

  async function lackingIn(
    { capture_id: captureId, row_ranges: ranges }: ImportCaptureRow,
    dataSourceId: string,
    signal: AbortSignal,
  ): Promise<ImportFault[]> {
    const { mapping } = mappings.get(dataSourceId);
    const row = capturesTable.get(captureId);
    if (!mapping || !row) return [];
    const elements = await reader.map(await captures.sourceOf(row), mapping, signal);
    const rows = rowsOf(ranges);
    const first = elements.find(({ problem }) => problem !== undefined);
    if (elements.length !== rows.length) {
      // Under a split an element is no row of the file.
      const count = elements.filter(({ problem }) => problem !== undefined).length;
      return [
        { row: rows[0] ?? 0, reason: `In the rows ${ranges}, ${count} elements: ${first?.problem ?? ''}` },
      ];
    }
    return elements.flatMap(({ problem }, index) =>
      problem === undefined ? [] : [{ row: rows[index] ?? 0, reason: problem }],
    );
  }

  async function page(
    input: { id: string; limit?: number | undefined; after?: string | undefined },
    signal: AbortSignal,
  ): Promise<{ faults: ImportFault[]; next?: string }> {
    const owner = table.get(input.id);
    if (!owner) throw new ProblemError('import.missing', 'This import does not exist.', { path: 'id' });
    const limit = input.limit ?? 100;
    let at = readCursor(input.after);
    const found: ImportFault[] = [];
    if (at.kind === 'fault') {
      const listed = table.faults(owner.id, at.number, limit);
      found.push(...listed.map(({ row, reason }) => ({ row, reason })));
      const last = listed.at(-1);
      if (last && listed.length === limit) return { faults: found, next: `f${last.number}` };
      at = { kind: 'chunk', number: 0, element: 0 };
    }
    for (;;) {
      const lacking = table.nextLacking(owner.id, at.number);
      if (!lacking) return { faults: found };
      const skipped = lacking.number === at.number ? at.element : 0;
      const list = (await lackingIn(lacking, owner.data_source_id, signal)).slice(skipped);
      const room = limit - found.length;
      found.push(...list.slice(0, room));
      if (list.length > room) return { faults: found, next: `c${lacking.number}:${skipped + room}` };
      at = { kind: 'chunk', number: lacking.number + 1, element: 0 };
      if (found.length === limit) return { faults: found, next: `c${at.number}:0` };
    }
  }

  return {
    page,

    /** As a file for a spreadsheet. */
    async file(id: string, signal: AbortSignal): Promise<CallOutput<'imports.faultsFile'>> {
      const list: ImportFault[] = [];
      let after: string | undefined;
      do {
        signal.throwIfAborted();
        const next = await page({ id, limit: rowsAtOnce, after }, signal);
        list.push(...next.faults);
        after = next.next;
      } while (after !== undefined && list.length < rowsInFile);
      const shown = list.slice(0, rowsInFile);
      const lines = [['row', 'reason'], ...shown.map(({ row, reason }) => [String(row), csvText(reason)])];
      return {
        fileName: `${safeName(table.get(id)?.file_name ?? '')} failed rows.csv`,
        csv: `\ufeff${lines.map((line) => `${line.join(',')}\r\n`).join('')}`,
        rows: shown.length,
        more: after !== undefined || list.length > shown.length,
      };
    },
  };
}

export type ImportFaults = ReturnType<typeof createImportFaults>;

/** What every file system takes: letters, digits, blanks, `.`, `_` and `-`. */
function safeName(fileName: string): string {
  return (
    fileName
      .replace(/[^\p{L}\p{N} ._-]+/gu, ' ')
      .trim()
      .slice(0, 80) || 'upload'
  );
}

function readCursor(text: string | undefined): Cursor {
  if (text === undefined) return { kind: 'fault', number: -1 };
  const fault = /^f(\d{1,9})$/.exec(text);
  if (fault) return { kind: 'fault', number: Number(fault[1]) };
  const chunk = /^c(\d{1,9}):(\d{1,9})$/.exec(text);
  if (chunk) return { kind: 'chunk', number: Number(chunk[1]), element: Number(chunk[2]) };
  throw new ProblemError('input.invalid', 'after must be the "next" of an earlier page.', { path: 'after' });
}
