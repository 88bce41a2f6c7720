// Items as the text of a file: CSV, NDJSON or JSON. Pure. docs/export.md tells people the rules.
// Threats: a CSV cell that a spreadsheet takes for a formula (it is defused by a leading apostrophe); a file name that leaves its
// folder, hides its ending or is a device on Windows.
import type { ExportFormat, ItemField, JsonValue } from '#contract';
import { csvQuoted, csvText } from './csv-text.ts';

/** What a file needs of an item. `fields` is JSON text, times are milliseconds since 1970. */
export interface ItemRecord {
  id: string;
  external_id: string;
  title: string;
  fields: string;
  version: number;
  created_at: number;
  updated_at: number;
}

export interface ItemFileFormat {
  contentType: string;
  head(fields: readonly ItemField[]): string;
  item(item: ItemRecord, fields: readonly ItemField[], isFirst: boolean): string;
  tail: string;
}

const lineEnd = '\r\n';
/** Spreadsheets take a file without it for the charset of the machine. */
const byteOrderMark = '\ufeff';

export const itemFileFormats: Record<ExportFormat, ItemFileFormat> = {
  csv: {
    contentType: 'text/csv; charset=utf-8',
    head: (fields) =>
      byteOrderMark +
      csvLine(
        ['id', 'title', ...fields.map(({ name }) => name), 'version', 'createdAt', 'updatedAt'].map(csvText),
      ),
    item(item, fields) {
      const values = JSON.parse(item.fields) as Record<string, JsonValue>;
      const cells = fields.map(({ name, type }) =>
        csvCell(Object.hasOwn(values, name) ? values[name] : undefined, type === 'number'),
      );
      return csvLine([
        csvText(item.external_id),
        csvText(item.title),
        ...cells,
        String(item.version),
        new Date(item.created_at).toISOString(),
        new Date(item.updated_at).toISOString(),
      ]);
    },
    tail: '',
  },
  ndjson: {
    contentType: 'application/x-ndjson; charset=utf-8',
    head: () => '',
    item: (item) => `${jsonOf(item)}\n`,
    tail: '',
  },
  json: {
    contentType: 'application/json; charset=utf-8',
    head: () => '[\n',
    item: (item, _fields, isFirst) => `${isFirst ? '' : ',\n'}${jsonOf(item)}`,
    tail: '\n]\n',
  },
};

/** As `items.get` gives an item, with the fields' text as it is stored, so that no number is written anew. */
export function jsonOf(item: ItemRecord): string {
  const { id, external_id: externalId, title, version } = item;
  const head = JSON.stringify({ id, externalId, title, version });
  const times = JSON.stringify({
    createdAt: new Date(item.created_at).toISOString(),
    updatedAt: new Date(item.updated_at).toISOString(),
  });
  return `${head.slice(0, -1)},"fields":${item.fields},${times.slice(1)}`;
}

function csvLine(cells: readonly string[]): string {
  return cells.join(',') + lineEnd;
}

function csvCell(value: JsonValue | undefined, isNumber: boolean): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'object') return csvQuoted(JSON.stringify(value));
  // A number that no double holds is text in the item; in the field of a number its digits are no formula.
  if (isNumber && /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value)) return value;
  return csvText(value);
}

const deviceNames = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/** `Newsletter items 2026-11-24.csv`: letters, digits, blanks, `.`, `_` and `-` only, no device of Windows, never hidden. */
export function itemFileName(sourceName: string, format: ExportFormat, at: Date): string {
  const plain = sourceName
    .normalize('NFC')
    .replace(/[^\p{L}\p{N} ._-]+/gu, '-')
    .replace(/\s+/g, ' ')
    .replace(/^[ .-]+|[ .-]+$/g, '')
    .slice(0, 80)
    .toWellFormed()
    .replace(/[ .-]+$/, '');
  const name = plain === '' || deviceNames.test(plain) ? 'Hookbench' : plain;
  return `${name} items ${at.toISOString().slice(0, 10)}.${format}`;
}
