// Sentences of the screen of a data source.
import { countOf } from '../../design/formats.ts';

export const dataSourceStatus = {
  waitingForFirstCall: 'Waiting for the first call',
  needsMapping: 'Needs mapping',
  listening: 'Listening',
  ready: 'Ready',
  errors: 'Errors',
  paused: 'Paused',
};

export const dataSourceKind = {
  cloudApplication: 'Custom source',
  custom: 'Custom',
  file: 'File',
};

export const dataSource = {
  panel: 'Configuration',
  groups: { general: 'General', input: 'Input', output: 'Output' },
  sections: {
    overview: 'Overview',
    information: 'Information',
    'solutions-access': 'Solutions Access',
    connections: 'Connections',
    'audit-log': 'Audit Log',
    'inbound-webhook': 'Inbound Webhook',
    captures: 'Captures',
    'needs-attention': 'Needs attention',
    'view-data': 'View Data',
    retention: 'Retention',
    actions: 'Actions',
    deliveries: 'Deliveries',
  },
  name: 'Name of the data source',
  rename: 'Rename',
  nextStep: 'Next step',
  next: {
    firstCall: {
      title: () => 'Waiting for the first call',
      about: 'Paste the webhook URL into the application, then cause an event there.',
      action: 'Set up',
    },
    mapping: {
      title: ({ waiting }: { waiting: number }) =>
        `${countOf(waiting, 'call waits', 'calls wait')} for a mapping`,
      about: 'Say which values are the id and the title. The calls are indexed when you save.',
      action: 'Map the fields',
    },
    attention: {
      title: ({ needsAttention }: { needsAttention: number }) =>
        `${countOf(needsAttention, 'call has', 'calls have')} no id at the mapped path`,
      about: 'They are kept. A better mapping picks them up.',
      action: 'See the reasons',
    },
    rejected: {
      title: ({ rejected }: { rejected: number }) => `${countOf(rejected, 'call was', 'calls were')} refused`,
      about: 'None could be read so far. Each shows the place of its fault.',
      action: 'Open the rejected calls',
    },
  },
  counts: {
    calls: 'Calls',
    items: 'Items',
    waiting: 'Waiting',
    rejected: 'Rejected',
    needsAttention: 'Needs attention',
  },
  lastCalls: 'Last calls',
  allCalls: 'All calls',
  paused: {
    title: 'Paused',
    about:
      'Calls are answered with 503 and Retry-After, and nothing is stored. Most senders try again later.',
  },
};

export const information = {
  title: 'Information',
  name: 'Name',
  nameAbout: 'It can be changed at any time; links and modules keep working.',
  nameMissing: 'Type a name.',
  description: 'Description',
  descriptionAbout: 'For colleagues: what this data source is for.',
  notes: 'Notes',
  notesAbout: 'Free text. Kept on this computer; no place for secrets.',
  save: 'Save',
  discard: 'Discard changes',
  notSaved: 'The changes were not saved',
  facts: 'Facts',
  application: 'Application',
  noApplication: 'None: New Custom Source',
  kind: 'Kind',
  kinds: {
    cloudApplication: 'Cloud Application',
    custom: 'Custom / Internal API',
    file: 'Spreadsheets / Files',
  },
  created: 'Created',
  id: 'Data source id',
  connectionId: 'Connection id',
  copyId: 'Copy the data source id',
  copyConnectionId: 'Copy the connection id',
  care: 'Pause, rotate, delete',
  pauseAbout: 'Answers calls with 503 and stores nothing, until you resume.',
  resumeAbout: 'Receives calls again.',
  rotateAbout: 'Gives the webhook another URL, for example after the old one was shared by mistake.',
  deleteAbout: 'Removes the data source with its calls and items. It can be undone for ten seconds.',
};

export const care = {
  menu: 'Actions of this data source',
  pause: 'Pause',
  resume: 'Resume',
  rotate: 'Rotate the URL',
  delete: 'Delete',
  notPaused: 'It was not paused',
  notResumed: 'It was not resumed',
  cancel: 'Cancel',
  rotateTitle: 'Rotate the webhook URL',
  rotateWords: 'The webhook gets a new URL. What happens with the old one?',
  rotateNow: 'It ends at once',
  rotateNowAbout: 'Calls to it get 404, like any unknown address. For an address that fell into wrong hands.',
  rotateLater: 'It stays valid for 24 hours',
  rotateLaterAbout: 'Time to paste the new one everywhere without losing a call.',
  rotateAction: 'Rotate',
  rotated: 'The webhook has a new URL',
  whereToPaste: 'Where to paste it',
  whereToPasteCustom: 'Replace the old URL wherever the sender keeps it.',
  formerUntil: (when: string) => `The old URL is still answered until ${when}.`,
  copyUrl: 'Copy the new URL',
  done: 'Done',
  notRotated: 'The URL was not rotated',
  deleteTitle: (name: string) => `Delete “${name}”`,
  deleteWords: (calls: number, items: number) =>
    `${countOf(calls, 'capture', 'captures')} and ${countOf(items, 'item', 'items')} go with it.`,
  deleteAbout: 'Its webhook URL answers 404 at once. You can undo this for ten seconds.',
  deleted: (name: string) => `“${name}” was deleted`,
  undo: 'Undo',
  notDeleted: 'It was not deleted',
  notRestored: 'It could not be brought back',
  restored: (name: string) => `“${name}” is back, with its URL`,
};
