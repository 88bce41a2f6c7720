// Sentences of the mapping editor.
import { countOf, formatCount } from '../../design/formats.ts';

export const mapping = {
  id: 'id',
  idAbout: 'The same id again updates the item.',
  title: 'title',
  titleAbout: 'What people recognise an item by.',
  split: 'split',
  splitAbout:
    'Split into items: each element of this list becomes an item. Leave it empty for one item a call.',
  fields: 'More fields',
  pathPlaceholder: 'Click a value, or type a path',
  splitPlaceholder: '$.items[*]',
  namePlaceholder: 'Name',
  fieldName: (number: number) => `Name of field ${number}`,
  fieldPath: (number: number) => `Path of field ${number}`,
  fieldType: (number: number) => `Type of field ${number}`,
  types: {
    text: 'Text',
    number: 'Number',
    date: 'Date',
    boolean: 'Boolean',
    list: 'List',
    object: 'Object',
  },
  addField: 'Add field',
  removeField: 'Remove field',
  removeFieldNumber: (number: number) => `Remove field ${number}`,
  atPosition: (position: number) => `(at character ${position})`,
  mustBeFixed: (rows: string[]) =>
    rows.length === 1
      ? `The path of ${rows[0]} must be fixed`
      : `These paths must be fixed: ${rows.join(', ')}`,
  howToFix: 'Put the cursor in the row, then click the value in the payload.',
  suggestion: (application: string, mapping: { id: string; title: string; split?: string | undefined }) =>
    `${application} usually has id at ${mapping.id}, title at ${mapping.title}${mapping.split ? `, split ${mapping.split}` : ''}.`,
  useSuggestion: 'Use these paths',
  notRead: 'The mapping could not be read',
  noPreview: 'The preview could not be computed',
  result: 'Result',
  itemsFromCall: (count: number) => `${countOf(count, 'item', 'items')} from this call`,
  moreItems: (count: number) => `and ${countOf(count, 'more item', 'more items')}`,
  noTitle: 'No title',
  noId: 'no id',
  callChoice: 'Call to map from',
  olderCall: 'An older call',
  newerCalls: (count: number) => countOf(count, 'newer call', 'newer calls'),
  seeJson: 'See the JSON we got',
  undo: 'Undo',
  redo: 'Redo',
  save: 'Save',
  saving: 'Saving the mapping',
  notSaved: 'The mapping was not saved',
  invalid: 'A path cannot be used',
  invalidWhy: (rows: string[]) => `Put this right first: ${rows.join(', ')}.`,
  yieldsNothing: 'This mapping yields no item',
  saveEmpty: 'Save all the same',
  conflict: 'This mapping was changed in another window',
  conflictWhy:
    'What you change here is not kept until you choose. The other version is what the engine has now.',
  takeOther: 'Show the other version',
  keepMine: 'Keep mine instead',
  draftNotKept: 'Your changes are on this screen only',
  draftNotKeptWhy:
    'The engine could not keep the draft. It is kept as soon as the engine can be reached again.',
  waiting: (count: number) =>
    count === 1
      ? '1 call is waiting; it is indexed when you save.'
      : `${formatCount(count)} calls are waiting; they are indexed when you save.`,
  everyCall: 'From Save on, every call becomes items.',
  savedBefore: 'Every call becomes items by the mapping that was saved last.',
  indexing: (done: number, total: number) =>
    `Indexing ${formatCount(done)} of ${countOf(total, 'call', 'calls')}`,
  savedResult: (calls: number | undefined, items: number) =>
    `${calls === undefined ? 'Indexed' : `${countOf(calls, 'call', 'calls')} indexed`}, ${countOf(items, 'item', 'items')}`,
  knownPaths: 'Paths of recent calls',
  valueTypes: {
    text: 'text',
    number: 'number',
    boolean: 'true or false',
    null: 'null',
    object: 'object',
    list: 'list',
  },
  ofCalls: (count: number, all: number) => `${formatCount(count)} of ${countOf(all, 'call', 'calls')}`,
  coverage: (count: number, all: number) =>
    `A value in ${formatCount(count)} of the last ${countOf(all, 'call', 'calls')}`,
  coverageItems: (count: number, all: number) =>
    `A value in ${formatCount(count)} of ${countOf(all, 'item', 'items')}`,
  coverageWhole: (count: number, all: number) =>
    `In every item of ${formatCount(count)} of the last ${countOf(all, 'call', 'calls')}`,
  coverageEvent: (event: string, count: number, all: number) =>
    `${event}: ${formatCount(count)} of ${formatCount(all)}`,
  typeChanges: (types: string[]) => `The type changes: ${types.join(', ')}`,
  repeatedIds: (count: number) =>
    count === 1
      ? 'One id comes more than once within a call'
      : `${formatCount(count)} ids come more than once within a call`,
  repeatedIdsWhy: 'The later item overwrites the earlier one:',
  candidates: (row: string) => `Suggestions for ${row}`,
  more: (row: string) => `More for ${row}`,
  addFallback: 'Add a fallback path',
  addPart: 'Add a part to the id',
  source: 'Take the value from',
  sources: { body: 'the body', headers: 'a header', query: 'the query string' },
  part: (number: number) => `Part ${number} of the id`,
  partPlaceholder: 'Joined behind the id',
  fallback: (row: string, number: number) => `Fallback ${number} of ${row}`,
  fallbackPlaceholder: 'Where the path above yields no value',
  removeRow: (label: string) => `Remove ${label}`,
  separator: 'Between the parts',
  events: 'Event types',
  allEvents: 'All calls',
  eventTab: (name: string, calls: number, isOwn: boolean) =>
    `${name}${calls > 0 ? ` (${formatCount(calls)})` : ''}${isOwn ? ' •' : ''}`,
  eventRow: (row: string, event: string) => `${row} of ${event}`,
  ownPaths: (events: readonly string[], more: number) =>
    `Other path in: ${events.join(', ')}${more > 0 ? ` and ${formatCount(more)} more` : ''}`,
  asInAll: (path: string) => `As in all calls: ${path}`,
  moreRows: 'Wrapped texts, newest version, absent values',
  unwrapAbout: 'JSON or base64 inside a text is opened first; the paths above then reach into it.',
  addUnwrap: 'Open a wrapped text',
  wrappedText: (number: number) => `wrapped text ${number}`,
  unwrapPath: (number: number) => `Path of wrapped text ${number}`,
  unwrapPlaceholder: 'payload',
  unwrapAs: (number: number) => `What wrapped text ${number} holds`,
  unwrapWays: { json: 'JSON', base64Json: 'Base64 JSON', base64: 'Base64 text' },
  removeUnwrap: (number: number) => `Remove wrapped text ${number}`,
  updatedAt: 'updated at',
  updatedAtAbout: 'With it, a call that comes late does not overwrite a newer one.',
  absentKeeps: 'What a call leaves out keeps its value',
  absentKeepsAbout: 'Otherwise a field that is absent from a later call is emptied.',
  tryIt: 'Try on all calls',
  trying: 'Trying the mapping',
  tryingCalls: (done: number, total: number) =>
    `Trying ${formatCount(done)} of ${countOf(total, 'call', 'calls')}`,
  notTried: 'The mapping could not be tried',
  cancel: 'Cancel',
  cancelled: 'Indexing was cancelled',
  cancelledWhy: 'What was in use before stays in use. This mapping is kept as a draft.',
  dryRunResult: 'Result of the try',
  dryRunSentence: (counts: {
    appear: number;
    change: number;
    vanish: number;
    fail: number;
    carriedOver: number;
  }) =>
    [
      countOf(counts.appear, 'item appears', 'items appear'),
      `${formatCount(counts.change)} ${counts.change === 1 ? 'changes' : 'change'}`,
      `${formatCount(counts.vanish)} ${counts.vanish === 1 ? 'vanishes' : 'vanish'}`,
      countOf(counts.fail, 'call fails', 'calls fail'),
      ...(counts.carriedOver > 0
        ? [
            `${countOf(counts.carriedOver, 'item', 'items')} of deleted calls ${counts.carriedOver === 1 ? 'stays' : 'stay'} as before`,
          ]
        : []),
    ].join(', '),
  examples: 'Examples',
  appear: (count: number) => `${formatCount(count)} appear`,
  change: (count: number) => `${formatCount(count)} change`,
  vanish: (count: number) => `${formatCount(count)} vanish`,
  fail: (count: number) => `${formatCount(count)} fail`,
  changedNames: (names: readonly string[], before: string, after: string) =>
    `${names.join(', ')}${before === after ? '' : ` (was “${before}”)`}`,
  needsAttention: (count: number) =>
    count === 1
      ? '1 call needs attention: no id at this path.'
      : `${formatCount(count)} calls need attention: no id at this path.`,
  viewData: 'View Data',
};
