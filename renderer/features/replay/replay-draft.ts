// What the replay window holds: target, options, and the edits of one call as far as they differ from what was received. Pure.
import type { CallDraft, CallEdit, CallInput, ReplayOptions, ReplayTarget } from '#contract';

export interface ReplayChoice {
  target: ReplayTarget['kind'];
  url: string;
  keepHost: boolean;
  signAgain: boolean;
  sameDelivery: boolean;
  runsModules: boolean;
  repeat: number;
  order: NonNullable<ReplayOptions['order']>;
  pace: 'answered' | 'rate' | 'burst';
  ratePerSecond: number;
}

export const firstChoice: ReplayChoice = {
  target: 'receiver',
  url: '',
  keepHost: false,
  signAgain: true,
  sameDelivery: false,
  runsModules: false,
  repeat: 1,
  order: 'received',
  pace: 'answered',
  ratePerSecond: 10,
};

export interface HeaderRow {
  key: number;
  name: string;
  value: string;
  /** The index of the received header that this row was. */
  received?: number;
  concealed: boolean;
}

export interface EditedCall {
  method: string;
  query: string;
  headers: HeaderRow[];
  body: string;
}

export function editedFrom(draft: CallDraft): EditedCall {
  return {
    method: draft.method,
    query: draft.query,
    headers: draft.headers.map(({ name, value, concealed }, received) => ({
      key: received,
      name,
      value,
      received,
      concealed,
    })),
    body: draft.bodyText ?? '',
  };
}

/** Undefined where nothing differs. What is concealed and untouched is sent as it was received. */
export function editOf(draft: CallDraft, edited: EditedCall): CallEdit | undefined {
  const isSame = ({ name, value, received }: HeaderRow, at: number) =>
    received === at && name === draft.headers[at]?.name && value === draft.headers[at]?.value;
  const headersSame =
    edited.headers.length === draft.headers.length && edited.headers.every((row, at) => isSame(row, at));
  const edit: CallEdit = {
    ...(edited.method !== draft.method && { method: edited.method }),
    ...(edited.query !== draft.query && { query: edited.query }),
    ...(!headersSame && {
      headers: edited.headers.map(({ name, value, received }) =>
        received !== undefined && value === draft.headers[received]?.value
          ? { name, received }
          : { name, value },
      ),
    }),
    ...(draft.bodyText !== undefined && edited.body !== draft.bodyText && { body: { text: edited.body } }),
  };
  return Object.keys(edit).length === 0 ? undefined : edit;
}

export function targetOf({ target, url, keepHost }: ReplayChoice): ReplayTarget {
  return target === 'url' ? { kind: 'url', url, ...(keepHost && { keepHost }) } : { kind: target };
}

export function optionsOf(choice: ReplayChoice): CallInput<'replays.start'>['options'] {
  const { target, signAgain, sameDelivery, runsModules, repeat, order, pace, ratePerSecond } = choice;
  return {
    ...(target !== 'mapping' && {
      signing: signAgain ? 'again' : 'asReceived',
      deliveryIds: sameDelivery ? 'same' : 'fresh',
    }),
    ...(target !== 'url' && runsModules && { runsModules }),
    ...(repeat > 1 && { repeat }),
    ...(order !== 'received' && { order }),
    ...(pace === 'burst' && { burst: true }),
    ...(pace === 'rate' && { ratePerSecond }),
  };
}
