// Captures as the text of a file: HAR 1.2, NDJSON, JSON or CSV. Pure.
// Threats: a CSV cell that a spreadsheet takes for a formula (defused by csvText).
import type { CaptureFileFormat } from '#contract';
import { csvText } from '../downloads/csv-text.ts';
import type { CaptureRecord } from './capture-record.ts';
import { harEntry, harHead, harTail } from './har.ts';

export interface CaptureFileWriter {
  contentType: string;
  extension: string;
  head: string;
  capture(record: CaptureRecord, isFirst: boolean): string;
  tail: string;
}

const lineEnd = '\r\n';
/** A cell of a spreadsheet holds at most 32,767 characters. */
const maxCell = 32_000;

const columns = [
  'id',
  'source',
  'receivedAt',
  'method',
  'path',
  'query',
  'contentType',
  'format',
  'outcome',
  'status',
  'answeredInMs',
  'eventType',
  'deliveryId',
  'rejection',
  'body',
] as const;

export const captureFileWriters: Record<CaptureFileFormat, CaptureFileWriter> = {
  har: {
    contentType: 'application/json; charset=utf-8',
    extension: 'har',
    head: harHead,
    capture: (record, isFirst) => `${isFirst ? '' : ','}\n${JSON.stringify(harEntry(record))}`,
    tail: harTail,
  },
  ndjson: {
    contentType: 'application/x-ndjson; charset=utf-8',
    extension: 'ndjson',
    head: '',
    capture: (record) => `${JSON.stringify(record)}\n`,
    tail: '',
  },
  json: {
    contentType: 'application/json; charset=utf-8',
    extension: 'json',
    head: '[\n',
    capture: (record, isFirst) => `${isFirst ? '' : ',\n'}${JSON.stringify(record)}`,
    tail: '\n]\n',
  },
  csv: {
    contentType: 'text/csv; charset=utf-8',
    extension: 'csv',
    head: `\ufeff${columns.join(',')}${lineEnd}`,
    capture: (record) => columns.map((name) => csvText(cellOf(record, name))).join(',') + lineEnd,
    tail: '',
  },
};

function cellOf(record: CaptureRecord, column: (typeof columns)[number]): string {
  if (column === 'source') return record.source.name;
  if (column === 'rejection') return record.rejection?.message ?? '';
  if (column === 'body') {
    const text = record.text ?? (record.base64 === undefined ? '' : `base64: ${record.base64}`);
    return text.length > maxCell ? `${text.slice(0, maxCell)}…` : text;
  }
  return String(record[column] ?? '');
}
