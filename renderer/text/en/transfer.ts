// Sentences of calls as files: export and import.
import { countOf, formatCount } from '../../design/formats.ts';

export const transfer = {
  menu: 'Files',
  exportTitle: 'Export calls',
  exportAction: 'Export',
  which: 'Which calls',
  selected: (count: number) => countOf(count, 'selected call', 'selected calls'),
  found: 'What the search finds',
  ofSource: 'All calls of this data source',
  everything: 'All calls of all data sources',
  format: 'As',
  formats: { har: 'HAR', ndjson: 'NDJSON', json: 'JSON', csv: 'CSV' },
  formatAbout: {
    har: 'Opens in the network panel of a browser; can be taken in again.',
    ndjson: 'One call a line, for scripts and for very many calls; can be taken in again.',
    json: 'One list; can be taken in again.',
    csv: 'For spreadsheets. It cannot be taken in again.',
  },
  mask: 'Mask secrets',
  maskAbout: 'Signatures, tokens, cookies, stored secrets and the secret part of webhook URLs are left out.',
  unmaskedWarning:
    'The file will hold secrets and working webhook URLs. Whoever has it can call your data sources.',
  maskPaths: 'Mask these values, too',
  maskPathsAbout: 'Paths as in a mapping, one a line.',
  cancel: 'Cancel',
  close: 'Close',
  stop: 'Stop',
  exporting: (done: number, total: number) =>
    total > 0 ? `${formatCount(done)} of ${countOf(total, 'call', 'calls')}` : `${formatCount(done)} so far`,
  exported: (done: number, file: string) => `${countOf(done, 'call', 'calls')} exported as ${file}`,
  stopped: 'The export was stopped. Nothing was kept of the file.',
  notExported: 'The calls were not exported',
  progress: 'Progress of the export',

  importTitle: 'Import calls',
  importAbout:
    'Files that Hookbench exported (HAR, NDJSON, JSON), and HAR files of other tools. The whole file is checked before anything is taken in.',
  dropHere: 'Drop a file here',
  choose: 'Choose a file',
  file: 'File of calls',
  sending: 'Reading the file',
  checking: 'Checking every call',
  holds: (calls: number) => `The file holds ${countOf(calls, 'call', 'calls')}.`,
  holdsMasked: (calls: number) =>
    `In ${countOf(calls, 'call', 'calls')} values were masked: signatures do not hold, and what was masked is lost.`,
  sourceLine: (name: string, calls: number) => `${name}: ${countOf(calls, 'call', 'calls')}`,
  into: 'Into',
  intoNew: 'New data sources, named as in the file',
  intoAbout: 'They are indexed like calls that come now. No module runs for them.',
  take: 'Take them in',
  another: 'Another file',
  taking: (done: number, total: number) =>
    `${formatCount(done)} of ${countOf(total, 'call', 'calls')} taken in`,
  taken: (calls: number) => `${countOf(calls, 'call', 'calls')} taken in.`,
  notTaken: 'The file was not taken in',
  show: 'Show them',
  importProgress: 'Progress of the import',

  sourceTitle: 'As a file',
  sourceAbout:
    'Mapping, connections, actions, modules, samples and retention; no calls, no items, no secrets.',
  exportSource: 'Export as a file',
  sourceNotExported: 'The data source was not exported',
  importSource: 'Import a data source',
  sourceFile: 'File of a data source',
  sourceNotMade: 'The file was not taken in',
  sourceMade: (name: string) => `${name} is there.`,
  leftToDo: 'Left to do:',
  openSource: 'Open it',
};
