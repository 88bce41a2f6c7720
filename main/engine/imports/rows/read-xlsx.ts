// A sheet of a workbook as rows, streamed: dates as ISO text, numbers with the digits that people see, formulas with the
// value that was calculated last. Reads the rows itself over yauzl (ZIP) and saxes (XML), to keep the digits as they are written
// and to bound memory.
import type { ImportOptions } from '#contract';
import { FileFault } from './file-fault.ts';
import { emptyBatch, type ReaderFacts, type RowBatch } from './row-batch.ts';
import { maxColumns, maxRows } from './row-limits.ts';
import { type CellJson, createTableRows } from './table-rows.ts';
import { type DateKind, dateKindOf, dateText } from './workbook-dates.ts';
import { attributeOf, readXml, walkXml } from './workbook-xml.ts';
import { openWorkbookZip, type WorkbookZip } from './workbook-zip.ts';

export interface XlsxFacts extends ReaderFacts {
  sheet?: string;
  sheets?: string[];
}

interface Workbook {
  sheets: { name: string; part: string; hidden: boolean }[];
  is1904: boolean;
  sharedStrings: string | undefined;
  styles: string | undefined;
}

const rowsAtOnce = 500;

/** @throws FileFault */
export async function* readXlsx(
  file: string,
  options: ImportOptions,
  facts: XlsxFacts,
  onBytes: (bytes: number) => void,
): AsyncGenerator<RowBatch> {
  const zip = await openWorkbookZip(file);
  try {
    const workbook = await readWorkbook(zip);
    facts.sheets = workbook.sheets.map(({ name }) => name);
    const sheet = chooseSheet(workbook, options.sheet);
    facts.sheet = sheet.name;
    const shared = workbook.sharedStrings ? await readSharedStrings(zip, workbook.sharedStrings) : [];
    const kinds = workbook.styles ? await readDateStyles(zip, workbook.styles) : [];
    yield* readSheet(zip, sheet.part, options, facts, onBytes, {
      shared,
      kinds,
      is1904: workbook.is1904,
    });
  } finally {
    zip.close();
  }
}

function chooseSheet(workbook: Workbook, wanted: string | undefined) {
  const sheet =
    wanted === undefined
      ? (workbook.sheets.find(({ hidden }) => !hidden) ?? workbook.sheets[0])
      : workbook.sheets.find(({ name }) => name === wanted);
  if (sheet) return sheet;
  const known = workbook.sheets.map(({ name }) => name).join(', ');
  throw new FileFault(
    wanted === undefined
      ? 'The workbook has no sheet.'
      : `The workbook has no sheet "${wanted}". It has: ${known}.`,
  );
}

async function readWorkbook(zip: WorkbookZip): Promise<Workbook> {
  if (!zip.has('[Content_Types].xml') || !zip.has('_rels/.rels')) {
    throw new FileFault(
      'This is a ZIP archive, but no Excel workbook. Choose the .xlsx file itself, or save the table as CSV.',
    );
  }
  const top = await readRelations(zip, '_rels/.rels', '');
  const part = [...top.values()].find(({ type }) => type.endsWith('/officeDocument'))?.target;
  if (part === undefined || !/workbook[^/]*\.xml$/.test(part)) {
    throw new FileFault(
      'This is an Office document, but no Excel workbook (.xlsx). Save the table as .xlsx or CSV.',
    );
  }
  const folder = part.slice(0, part.lastIndexOf('/') + 1);
  const name = part.slice(folder.length);
  const relations = await readRelations(zip, `${folder}_rels/${name}.rels`, folder);
  const sheets: Workbook['sheets'] = [];
  let is1904 = false;
  await readXml(part, zip.textOf(part, true), {
    open(element, attributes) {
      if (element === 'workbookPr') is1904 = isTrue(attributeOf(attributes, 'date1904'));
      if (element !== 'sheet') return;
      const relation = relations.get(attributes['r:id'] ?? attributeOf(attributes, 'id') ?? '');
      // Charts and macros are sheets of other types.
      if (!relation?.type.endsWith('/worksheet')) return;
      const hidden = (attributeOf(attributes, 'state') ?? 'visible') !== 'visible';
      sheets.push({ name: attributeOf(attributes, 'name') ?? '', part: relation.target, hidden });
    },
  });
  const byType = (type: string) => [...relations.values()].find((each) => each.type.endsWith(type))?.target;
  return { sheets, is1904, sharedStrings: byType('/sharedStrings'), styles: byType('/styles') };
}

async function readRelations(zip: WorkbookZip, part: string, folder: string) {
  const relations = new Map<string, { type: string; target: string }>();
  await readXml(part, zip.textOf(part, true), {
    open(element, attributes) {
      if (element !== 'Relationship') return;
      const target = attributes['Target'] ?? '';
      relations.set(attributes['Id'] ?? '', {
        type: attributes['Type'] ?? '',
        target: target.startsWith('/') ? target.slice(1) : folder + target.replace(/^\.\//, ''),
      });
    },
  });
  return relations;
}

async function readSharedStrings(zip: WorkbookZip, part: string): Promise<string[]> {
  const strings: string[] = [];
  let text = '';
  let inText = false;
  let inPhonetic = false;
  await readXml(part, zip.textOf(part, true), {
    open(element) {
      if (element === 'si') text = '';
      else if (element === 't') inText = !inPhonetic;
      else if (element === 'rPh') inPhonetic = true;
    },
    text(piece) {
      if (inText) text += piece;
    },
    close(element) {
      if (element === 't') inText = false;
      else if (element === 'rPh') inPhonetic = false;
      else if (element === 'si') strings.push(text);
    },
  });
  return strings;
}

/** For each cell style whether its number is a date. */
async function readDateStyles(zip: WorkbookZip, part: string): Promise<(DateKind | undefined)[]> {
  const codes = new Map<number, string>();
  const kinds: (DateKind | undefined)[] = [];
  let inCellFormats = false;
  await readXml(part, zip.textOf(part, true), {
    open(element, attributes) {
      const id = Number(attributes['numFmtId'] ?? 0);
      if (element === 'numFmt') codes.set(id, attributes['formatCode'] ?? '');
      else if (element === 'cellXfs') inCellFormats = true;
      else if (element === 'xf' && inCellFormats) kinds.push(dateKindOf(id, codes.get(id)));
    },
    close(element) {
      if (element === 'cellXfs') inCellFormats = false;
    },
  });
  return kinds;
}

interface CellFacts {
  shared: readonly string[];
  kinds: readonly (DateKind | undefined)[];
  is1904: boolean;
}

async function* readSheet(
  zip: WorkbookZip,
  part: string,
  options: ImportOptions,
  facts: XlsxFacts,
  onBytes: (bytes: number) => void,
  known: CellFacts,
): AsyncGenerator<RowBatch> {
  const table = createTableRows(options.header ?? true, facts);
  let batch = emptyBatch();
  let row = 0;
  let cells: CellJson[] = [];
  let column = 0;
  let type = 'n';
  let style = 0;
  let value = '';
  let inValue = false;

  const walk = walkXml(part, zip.textOf(part, false, onBytes), {
    open(element, attributes) {
      switch (element) {
        case 'row':
          row = rowNumber(attributes['r']) ?? row + 1;
          cells = [];
          column = 0;
          break;
        case 'c':
          column = columnOf(attributes['r']) ?? column + 1;
          type = attributes['t'] ?? 'n';
          style = Number(attributes['s'] ?? 0);
          value = '';
          break;
        case 'v':
        case 't':
          inValue = true;
          break;
      }
    },
    text(piece) {
      if (inValue) value += piece;
    },
    close(element) {
      switch (element) {
        case 'v':
        case 't':
          inValue = false;
          break;
        case 'c': {
          const cell = cellJson(type, style, value, known);
          if (cell === undefined) break;
          if (column > maxColumns * 17) throw new FileFault(`Row ${row} has a cell in column ${column}.`);
          while (cells.length < column - 1) cells.push(undefined);
          cells[column - 1] = cell;
          break;
        }
        case 'row':
          if (cells.length > 0) table.add(row, cells, batch);
          break;
      }
    },
  });
  for await (const _ of walk) {
    if (batch.rows.length + batch.failed.length < rowsAtOnce) continue;
    yield batch;
    batch = emptyBatch();
  }
  yield batch;
}

function cellJson(type: string, style: number, value: string, known: CellFacts): CellJson {
  if (type === 's') {
    const text = known.shared[Number(value)];
    return text === undefined || text === '' ? undefined : JSON.stringify(text);
  }
  if (value === '') return undefined;
  if (type === 'b') return isTrue(value) ? 'true' : 'false';
  if (type !== 'n') return JSON.stringify(value);
  const number = value.trim();
  if (!/^-?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(number)) return JSON.stringify(value);
  const kind = known.kinds[style];
  const date = kind && dateText(Number(number), kind, known.is1904);
  return date === undefined ? numberJson(number) : JSON.stringify(date);
}

const mostShownDigits = 15;

/**
 * Excel writes the double behind a number with up to 17 digits (1.1 as 1.1000000000000001, 1.1 * 3 as 3.3000000000000003) and shows 15 of them
 * at most. Whole numbers and longer fractions keep every digit that stands in the file.
 */
export function numberJson(text: string): string {
  if (/^-?(0|[1-9]\d*)$/.test(text)) return text;
  const digits = text
    .replace(/[eE].*$/, '')
    .replace(/[^\d]/g, '')
    .replace(/^0+/, '').length;
  const number = Number(text);
  if (digits <= 17 && Number.isFinite(number)) return String(Number(number.toPrecision(mostShownDigits)));
  return /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? text : JSON.stringify(text);
}

function isTrue(text: string | undefined): boolean {
  return text === '1' || text === 'true';
}

function rowNumber(reference: string | undefined): number | undefined {
  const row = Number(reference);
  return Number.isInteger(row) && row > 0 && row <= maxRows + 100_000 ? row : undefined;
}

/** `B12` → 2. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0];
  if (letters === undefined) return undefined;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column;
}
