// Sentences of Retention.
import { countOf } from '../../design/formats.ts';

export const retention = {
  title: 'Retention',
  about:
    'How long calls are kept. Items and their versions stay when their calls go; only the calls themselves, with their bodies, are deleted.',
  held: 'A call that waits for a mapping or for indexing, or that lacks an id, is never deleted, nor is one that you pinned.',
  notRead: 'Retention could not be read',
  storedWords: (calls: number, bytes: string) => `${countOf(calls, 'call', 'calls')}, ${bytes}`,
  keepOf: (outcome: string) => `What to keep of ${outcome.toLowerCase()} calls`,
  ways: { all: 'All', calls: 'The newest', days: 'The last', both: 'Newest, by age' },
  newest: (outcome: string) => `Number of ${outcome.toLowerCase()} calls to keep`,
  days: (outcome: string) => `Days to keep ${outcome.toLowerCase()} calls`,
  callsUnit: 'calls',
  callsAndUnit: 'calls, at most',
  daysUnit: 'days',
  bad: 'A whole number, from 1',
  preview: 'What would go now',
  previewing: 'Counting what would go',
  previewNotRead: 'What would go could not be counted',
  goes: (calls: number, bytes: string) => `${countOf(calls, 'call', 'calls')}, ${bytes}`,
  goesNothing: 'Nothing: every stored call is within these rules.',
  heldBack: (count: number) =>
    `${countOf(count, 'call', 'calls')} beyond the rules ${count === 1 ? 'stays' : 'stay'}: waiting for a mapping or for indexing, or without an id.`,
  pinned: (count: number) =>
    `${countOf(count, 'pinned call', 'pinned calls')} beyond the rules ${count === 1 ? 'stays' : 'stay'}.`,
  save: 'Save',
  saveAndDelete: (calls: number) => `Save and delete ${countOf(calls, 'call', 'calls')}`,
  discard: 'Discard changes',
  notSaved: 'Retention was not saved',
  unchanged: 'Old calls are deleted in the background, at start and every few minutes.',
  sweeping: (calls: number, bytes: string) => `Deleting: ${countOf(calls, 'call', 'calls')}, ${bytes} so far`,
  deleted: (calls: number, bytes: string) =>
    `${countOf(calls, 'call', 'calls')}, ${bytes} deleted so far, last`,
  total: 'All calls',
};
