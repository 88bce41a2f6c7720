// Rows of a table (CSV, XLSX) to JSON objects: the header names the columns, a value without a named column fails its row.
import { FileFault } from './file-fault.ts';
import type { ReaderFacts, RowBatch } from './row-batch.ts';
import { maxColumns, maxRowChars } from './row-limits.ts';

/** A cell as JSON text (`"x"`, `12.50`, `true`), or undefined where it is empty and its key is left out. */
export type CellJson = string | undefined;

export interface TableRows {
  /** Takes the next row that is not blank. @throws FileFault for a header that cannot be used */
  add(row: number, cells: readonly CellJson[], batch: RowBatch): void;
}

/** @param headerText what a cell of the header says; given apart, because a header is text even where it looks like a number */
export function createTableRows(header: boolean, facts: ReaderFacts): TableRows {
  let keys: string[] | undefined;

  function begin(row: number, cells: readonly CellJson[]): boolean {
    const width = lastFilled(cells);
    if (width > maxColumns) throw tooManyColumns(width, row);
    if (header) {
      const columns = namesOf(cells.slice(0, width), facts.notes);
      facts.columns = columns;
      keys = columns.map((name) => `${JSON.stringify(name)}:`);
      return true;
    }
    facts.columns = Array.from({ length: width }, (_, i) => columnName(i));
    keys = facts.columns.map((name) => `${JSON.stringify(name)}:`);
    return false;
  }

  return {
    add(row, cells, batch) {
      if (!keys && begin(row, cells)) return;
      const names = keys ?? [];
      const width = lastFilled(cells);
      if (width > names.length) {
        if (width > maxColumns) throw tooManyColumns(width, row);
        if (header) {
          batch.failed.push({
            row,
            reason: `It has ${width} values, but the header names ${names.length} ${names.length === 1 ? 'column' : 'columns'}.`,
          });
          return;
        }
        for (let i = names.length; i < width; i += 1) {
          names.push(`${JSON.stringify(columnName(i))}:`);
          facts.columns?.push(columnName(i));
        }
      }
      let json = '{';
      for (let i = 0; i < names.length && i < cells.length; i += 1) {
        const cell = cells[i];
        if (cell === undefined) continue;
        json += json.length > 1 ? `,${names[i]}${cell}` : `${names[i]}${cell}`;
      }
      if (json.length > maxRowChars) {
        batch.failed.push({ row, reason: 'It is larger than 4 MiB.' });
        return;
      }
      batch.rows.push({ row, json: `${json}}` });
    },
  };
}

export function columnName(index: number): string {
  return `column${index + 1}`;
}

/** The number of cells up to the last one that is not empty. */
function lastFilled(cells: readonly CellJson[]): number {
  let width = cells.length;
  while (width > 0 && (cells[width - 1] === undefined || cells[width - 1] === '""')) width -= 1;
  return width;
}

function namesOf(cells: readonly CellJson[], notes: Set<string>): string[] {
  const taken = new Set<string>();
  return cells.map((cell, i) => {
    const text = cell === undefined ? '' : textOfCell(cell).trim();
    if (text === '') notes.add(`Column ${i + 1} has no name in the header; it is called ${columnName(i)}.`);
    const wanted = text === '' ? columnName(i) : text;
    let name = wanted;
    for (let number = 2; taken.has(name); number += 1) name = `${wanted} (${number})`;
    if (name !== wanted) notes.add(`Two columns are called "${wanted}"; the later one is called "${name}".`);
    taken.add(name);
    return name;
  });
}

function textOfCell(cell: string): string {
  return cell.startsWith('"') ? (JSON.parse(cell) as string) : cell;
}

function tooManyColumns(width: number, row: number): FileFault {
  return new FileFault(
    `Row ${row.toLocaleString('en')} has ${width.toLocaleString('en')} columns; at most ${maxColumns.toLocaleString('en')} can be read. Look whether the delimiter is right, or leave out what is not needed.`,
  );
}
