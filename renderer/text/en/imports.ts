// Sentences of uploads of current data.
import { countOf, formatCount } from '../../design/formats.ts';

export const imports = {
  title: 'Upload current data',
  way: 'How the data comes',
  upload: 'Upload current data only',
  webhook: 'Continuous integration by webhook',
  fileKnown:
    'CSV, JSON, NDJSON and Excel files (.xlsx) of up to 1,000,000 rows. A row becomes an item; columns become its fields. The file is read whole before anything is applied.',
  dropHere: 'Drop a CSV, JSON, NDJSON or Excel file here, or choose one.',
  choose: 'Choose a file',
  file: 'File',
  failed: 'The file was not applied',
  states: {
    receiving: 'Uploading',
    checking: 'Reading the whole file; nothing is applied yet',
    ready: 'Ready',
    refused: 'The file cannot be read. Nothing was applied.',
    applying: 'Reading the rows',
    adding: 'Adding the rows',
    done: 'Done',
    failed: 'Nothing was applied.',
    cancelled: 'Cancelled. Nothing was applied.',
  },
  found: (rows: number, failed: number, columns: number) =>
    `${countOf(rows, 'row', 'rows')}, ${countOf(columns, 'column', 'columns')}${failed > 0 ? `; ${countOf(failed, 'row', 'rows')} cannot be read` : ''}`,
  done: (rows: number, failed: number) =>
    `${countOf(rows, 'row', 'rows')} uploaded${failed > 0 ? `; ${countOf(failed, 'row', 'rows')} failed` : ''}`,
  apply: 'Upload the rows',
  map: 'Map the fields',
  cancel: 'Cancel',
  another: 'Upload another file',
  faults: 'Rows that failed',
  moreFaults: (shown: number) => `These are the first ${formatCount(shown)}; there are more.`,
  sample: 'First rows',
  sampleRow: 'Row',
  moreColumns: (count: number) => countOf(count, 'more column', 'more columns'),
  faultsNotRead: 'The rows that failed could not be read',
  fault: (row: number, reason: string) => `Row ${formatCount(row)}: ${reason}`,
};
