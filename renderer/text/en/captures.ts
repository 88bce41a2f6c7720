// Sentences of captures.
import { countOf, formatCount } from '../../design/formats.ts';

export const captures = {
  outcomes: {
    accepted: 'Accepted',
    rejected: 'Rejected',
    handshake: 'Handshake',
    duplicate: 'Duplicate',
  },
  notAnswered: 'Not answered',
  answeredOf: (took: string, limit: string) => `${took} of ${limit}`,
  answerMeter: 'Answer time against the limit of the application',
  atLine: (line: number, column?: number) =>
    column === undefined ? `line ${line}` : `line ${line}, column ${column}`,
  atIndex: (index: number) => `element ${index}`,
  atOffset: (offset: number) => `byte ${offset}`,
  notShown: 'The call could not be shown',
  detail: 'Call',
  status: (status: number) => `Answered ${status}`,
  received: 'Received',
  contentType: 'Content type',
  noContentType: 'None',
  size: 'Size',
  event: 'Event',
  items: 'Items',
  itemsMade: (state: 'none' | 'waiting' | 'indexed' | 'needsAttention', count: number) =>
    state === 'waiting'
      ? 'Waiting'
      : state === 'needsAttention'
        ? `${countOf(count, 'item', 'items')}, needs attention: no id at the mapped path`
        : countOf(count, 'item', 'items'),
  verification: 'Verification',
  refusedWith: (status: number) => `Refused with ${status}`,
  notes: 'What was noticed',
  part: 'Part of the call',
  body: 'Body',
  headers: (count: number) => `Headers (${count})`,
  headersLabel: 'Headers',
  path: 'Path',
  list: 'Captures',
  filter: 'Filter by outcome',
  all: 'All',
  outcome: 'Outcome',
  method: 'Method',
  what: 'What',
  answered: 'Answered in',
  itemsShort: (state: 'none' | 'waiting' | 'indexed' | 'needsAttention', count: number) =>
    state === 'waiting' ? 'Waiting' : state === 'needsAttention' ? 'Needs attention' : formatCount(count),
  noneOf: (outcome: string) => `No call is ${outcome.toLowerCase()}`,
  noneOfWords: {
    accepted: 'Calls that can be read are listed here and become items.',
    rejected: 'Calls that cannot be read are listed here with the place of their fault.',
    handshake: 'Checks of the URL, such as the one when it is saved in an application, are listed here.',
    duplicate: 'Repeats of a delivery that was received before are listed here. They have no second effect.',
  },
  closeDetail: 'Close the call',
};
