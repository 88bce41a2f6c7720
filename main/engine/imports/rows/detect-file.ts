// What a file is: the format that its name says, checked against its first bytes, so that a mistaken name is told plainly.
import type { ImportFormat } from '#contract';
import { looksLikeNdjson } from '../../parsing/parse-ndjson.ts';
import { FileFault } from './file-fault.ts';

const byEnding: Record<string, ImportFormat> = {
  csv: 'csv',
  tsv: 'csv',
  tab: 'csv',
  txt: 'csv',
  json: 'json',
  ndjson: 'ndjson',
  jsonl: 'ndjson',
  xlsx: 'xlsx',
  xlsm: 'xlsx',
};

const words: Record<ImportFormat, string> = {
  csv: 'a CSV file',
  json: 'a JSON file',
  ndjson: 'an NDJSON file',
  xlsx: 'an Excel workbook',
};

/** First bytes of files that people mistake for a table. */
const magics: { is: string; bytes: number[] }[] = [
  { is: 'a ZIP archive or an Office document', bytes: [0x50, 0x4b, 0x03, 0x04] },
  { is: 'a workbook of the old Excel format, or one with a password', bytes: [0xd0, 0xcf, 0x11, 0xe0] },
  { is: 'a PDF document', bytes: [0x25, 0x50, 0x44, 0x46] },
  { is: 'a gzip archive', bytes: [0x1f, 0x8b] },
  { is: 'a picture', bytes: [0x89, 0x50, 0x4e, 0x47] },
  { is: 'a picture', bytes: [0xff, 0xd8, 0xff] },
  { is: 'a SQLite database', bytes: [...Buffer.from('SQLite format 3')] },
];

/** @throws FileFault where the ending is none that can be read */
export function formatOfName(fileName: string): ImportFormat {
  const ending = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
  const format = Object.hasOwn(byEnding, ending) ? byEnding[ending] : undefined;
  if (format) return format;
  if (ending === 'xls' || ending === 'ods' || ending === 'numbers') {
    throw new FileFault(
      `Files that end in .${ending} cannot be read. Open it in its program and save it as .xlsx or .csv.`,
    );
  }
  throw new FileFault(
    'Choose a file that ends in .csv, .tsv, .txt, .json, .ndjson, .jsonl or .xlsx; the ending says how it is read.',
  );
}

/**
 * @param start the first bytes of the file
 * @returns the format to read it with: NDJSON where a .json file holds an object on each line
 * @throws FileFault where it is not what its name says
 */
export function checkStart(format: ImportFormat, start: Buffer): ImportFormat {
  if (start.length === 0) throw new FileFault('The file is empty.');
  const magic = magics.find(({ bytes }) => bytes.every((byte, i) => start[i] === byte));
  if (format === 'xlsx') {
    if (magic?.bytes[0] === 0x50) return format;
    throw notAsNamed(format, magic?.is ?? 'something else');
  }
  if (magic) throw notAsNamed(format, magic.is);
  const text = start.toString('utf8').replace(/^\ufeff/, '');
  const trimmed = text.trimStart();
  if (/^<(!doctype|html|\?xml|table)/i.test(trimmed)) throw notAsNamed(format, 'HTML or XML');
  if (format === 'csv') {
    if (/^[{[]\s*["{[]/.test(trimmed) && isJsonStart(trimmed)) throw notAsNamed(format, 'JSON');
    return format;
  }
  if (isWide(start)) return format;
  if (!/^[{[]/.test(trimmed) && trimmed !== '') throw notAsNamed(format, 'something else');
  return format === 'json' && looksLikeNdjson(wholeLines(text)) ? 'ndjson' : format;
}

function notAsNamed(format: ImportFormat, is: string): FileFault {
  return new FileFault(
    `Its name says that it is ${words[format]}, but its content is ${is}. Give it its right ending, or export it again.`,
  );
}

/** The first line of a CSV file is hardly ever the beginning of JSON: `{"key":` or a list of objects. */
function isJsonStart(text: string): boolean {
  return /^\{\s*"(?:[^"\\]|\\.)*"\s*:/.test(text) || /^\[\s*\{/.test(text);
}

function isWide(start: Buffer): boolean {
  return start.subarray(0, 4).includes(0) || (start[0] ?? 0) >= 0xfe;
}

/** Without a last line that the sniffed bytes may cut; the whole where there is one line only. */
function wholeLines(text: string): string {
  const first = text.indexOf('\n');
  const second = text.indexOf('\n', first + 1);
  return second < 0 ? text : text.slice(0, second);
}
