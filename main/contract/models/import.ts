// An import: current data uploaded from a file. Each row becomes an element of a capture of method IMPORT.
import { z } from 'zod';

export const importFormat = z.enum(['csv', 'json', 'ndjson', 'xlsx']);
export type ImportFormat = z.infer<typeof importFormat>;

/**
 * receiving: the file is being uploaded · checking: it is read whole, nothing is applied · ready: it can be applied · refused: it
 * cannot be read as it is; other options may help · applying: its rows are read into a place of their own, and can still be
 * taken back · adding: they become captures, which is always finished · done · failed, cancelled: nothing was applied.
 */
export const importState = z.enum([
  'receiving',
  'checking',
  'ready',
  'refused',
  'applying',
  'adding',
  'done',
  'failed',
  'cancelled',
]);
export type ImportState = z.infer<typeof importState>;

export const importDelimiter = z.enum([',', ';', '\t', '|']);
export const importCharset = z.enum([
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'iso-8859-15',
  'shift_jis',
  'gb18030',
]);
export type ImportCharset = z.infer<typeof importCharset>;

/** How the file is read; what is left out is found out from the file. */
export const importOptions = z.object({
  /** CSV and XLSX: whether the first row names the columns; true where left out. */
  header: z.boolean().optional(),
  /** CSV only. */
  delimiter: importDelimiter.optional(),
  /** CSV, JSON and NDJSON. */
  charset: importCharset.optional(),
  /** XLSX: the name of the sheet; the first visible one where left out. */
  sheet: z.string().max(200).optional(),
});
export type ImportOptions = z.infer<typeof importOptions>;

/** What a check found. `sample` holds the first rows, each value as text, in the order of `columns`. */
export const importFacts = z.object({
  format: importFormat,
  charset: importCharset.optional(),
  delimiter: importDelimiter.optional(),
  header: z.boolean().optional(),
  sheet: z.string().optional(),
  sheets: z.array(z.string()).optional(),
  columns: z.array(z.string()),
  rows: z.number().int().nonnegative(),
  failed: z.number().int().nonnegative(),
  notes: z.array(z.string()),
  sample: z.array(z.object({ row: z.number().int(), values: z.array(z.string()) })),
});
export type ImportFacts = z.infer<typeof importFacts>;

export const importRecord = z.object({
  id: z.string(),
  dataSourceId: z.string(),
  fileName: z.string(),
  /** Bytes. */
  size: z.number().int().nonnegative(),
  state: importState,
  /** Bytes that have arrived. */
  received: z.number().int().nonnegative(),
  /** Of the step under way: bytes while receiving, checking and applying, parts while adding. */
  progress: z.object({ done: z.number().int(), total: z.number().int() }).optional(),
  options: importOptions,
  facts: importFacts.optional(),
  /** Rows that were applied. */
  rows: z.number().int().nonnegative(),
  /** Rows that could not be read; imports.faults says which and why. */
  failed: z.number().int().nonnegative(),
  /** Why it was refused or failed. */
  problem: z.string().optional(),
  createdAt: z.string(),
  endedAt: z.string().optional(),
});
export type ImportRecord = z.infer<typeof importRecord>;

/** `row` counts as in the file: rows of the table from 1 with the header, lines of NDJSON, elements of a list. */
export const importFault = z.object({ row: z.number().int(), reason: z.string() });
export type ImportFault = z.infer<typeof importFault>;
