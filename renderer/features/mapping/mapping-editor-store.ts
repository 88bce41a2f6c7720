// The state of one mapping editor: the draft with its history, the focused row, and that the engine keeps the draft.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Mapping } from '#contract';
import { nextRow } from './draft-rows.ts';
import {
  type Draft,
  draftOf,
  type Edit,
  edited,
  fieldIndex,
  type History,
  mappingOf,
  type RowName,
  redone,
  startHistory,
  undone,
} from './mapping-draft.ts';

export interface MappingEditorState {
  history: History;
  focused: RowName;
  /** Whether the engine has the draft as it stands here. */
  kept: 'kept' | 'keeping' | 'failed' | 'conflict';
}

/** `now`: the page is going away. `always`: whatever another window has made of it. */
export type KeepHow = 'checked' | 'now' | 'always';

export interface MappingEditorStore {
  store: StoreApi<MappingEditorState>;
  edit(edit: Edit): void;
  focus(row: RowName): void;
  undo(): void;
  redo(): void;
  /** Takes a saved mapping as the start of a new history, unless it was edited since. */
  saved(mapping: Mapping): void;
  /** Sends what is not kept yet; at leaving the screen. */
  flush(): void;
  /** Sends a draft once more that could not be kept, when the engine is back. */
  keepAgain(): void;
  /** Somebody else has changed it: nothing is sent any more until `insist`. */
  conflict(): void;
  /** Keeps this draft all the same. */
  insist(): void;
  /** While a save is on its way, the draft that it saves need not be sent. `release` sends what was edited since. */
  hold(): void;
  release(): void;
}

const keepAfterMs = 300;

function firstRowToFix(draft: Draft): RowName {
  if (draft.id.trim() === '') return 'id';
  if (draft.title.trim() === '') return 'title';
  return 'id';
}

/** A fallback, a part or a step that was taken away. */
function isGoneList(draft: Draft, row: RowName): boolean {
  const list = row.replace(/\.\d+$/, '');
  if (list === 'unwrap') return Number(row.split('.')[1]) >= (draft.unwrap?.length ?? 0);
  if (list !== 'idFallbacks' && list !== 'idParts' && list !== 'titleFallbacks') return false;
  return Number(row.split('.')[1]) >= (draft[list]?.length ?? 0);
}

/** `keep` hands the draft to the engine; its answer says whether somebody else has changed it in between. */
export function createMappingEditorStore(
  start: Mapping,
  keep: (mapping: Mapping, how: KeepHow) => Promise<'kept' | 'conflict'>,
): MappingEditorStore {
  const draft = draftOf(start);
  const store = createStore<MappingEditorState>(() => ({
    history: startHistory(draft),
    focused: firstRowToFix(draft),
    kept: 'kept',
  }));
  let timer: ReturnType<typeof setTimeout> | undefined;
  let held: Draft | undefined;

  function send(how: KeepHow = 'checked'): void {
    clearTimeout(timer);
    timer = undefined;
    const sent = store.getState().history.draft;
    const isCurrent = () => store.getState().history.draft === sent;
    keep(mappingOf(sent), how).then(
      (kept) => (kept === 'conflict' || isCurrent()) && store.setState({ kept }),
      () => isCurrent() && store.setState({ kept: 'failed' }),
    );
  }

  function become(history: History): void {
    const { focused } = store.getState();
    const at = fieldIndex(focused);
    const isGone = at !== undefined ? at >= history.draft.fields.length : isGoneList(history.draft, focused);
    const isHeld = store.getState().kept === 'conflict';
    store.setState({
      history,
      ...(!isHeld && { kept: 'keeping' as const }),
      ...(isGone && { focused: 'title' as const }),
    });
    clearTimeout(timer);
    if (isHeld) return;
    timer = setTimeout(() => send(), keepAfterMs);
  }

  return {
    store,
    edit(edit) {
      const added = 'addTo' in edit ? nextRow(store.getState().history.draft, edit.addTo) : undefined;
      become(edited(store.getState().history, edit, Date.now()));
      if (added) store.setState({ focused: added });
      if ('addField' in edit) {
        store.setState({ focused: `fields.${store.getState().history.draft.fields.length - 1}` });
      }
    },
    focus: (focused) => store.setState({ focused }),
    undo: () => become(undone(store.getState().history)),
    redo: () => become(redone(store.getState().history)),
    saved(mapping) {
      if (JSON.stringify(mappingOf(store.getState().history.draft)) !== JSON.stringify(mapping)) return;
      clearTimeout(timer);
      timer = undefined;
      store.setState({ kept: 'kept' });
    },
    flush() {
      if (timer !== undefined) send('now');
    },
    keepAgain() {
      if (store.getState().kept === 'failed') send();
    },
    conflict() {
      clearTimeout(timer);
      timer = undefined;
      store.setState({ kept: 'conflict' });
    },
    insist() {
      store.setState({ kept: 'keeping' });
      send('always');
    },
    hold() {
      clearTimeout(timer);
      timer = undefined;
      held = store.getState().history.draft;
    },
    release() {
      const { history, kept } = store.getState();
      const isEdited = held !== history.draft;
      held = undefined;
      if (kept === 'keeping' && timer === undefined && isEdited) send();
    },
  };
}
