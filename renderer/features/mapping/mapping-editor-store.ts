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
  kept: 'kept' | 'keeping' | 'failed';
}

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

/** `keep` hands the draft to the engine. */
export function createMappingEditorStore(
  start: Mapping,
  keep: (mapping: Mapping) => Promise<unknown>,
): MappingEditorStore {
  const draft = draftOf(start);
  const store = createStore<MappingEditorState>(() => ({
    history: startHistory(draft),
    focused: firstRowToFix(draft),
    kept: 'kept',
  }));
  let timer: ReturnType<typeof setTimeout> | undefined;

  function send(): void {
    clearTimeout(timer);
    timer = undefined;
    const sent = store.getState().history.draft;
    const isCurrent = () => store.getState().history.draft === sent;
    keep(mappingOf(sent)).then(
      () => isCurrent() && store.setState({ kept: 'kept' }),
      () => isCurrent() && store.setState({ kept: 'failed' }),
    );
  }

  function become(history: History): void {
    const { focused } = store.getState();
    const at = fieldIndex(focused);
    const isGone = at !== undefined ? at >= history.draft.fields.length : isGoneList(history.draft, focused);
    store.setState({ history, kept: 'keeping', ...(isGone && { focused: 'title' as const }) });
    clearTimeout(timer);
    timer = setTimeout(send, keepAfterMs);
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
      if (timer !== undefined) send();
    },
    keepAgain() {
      if (store.getState().kept === 'failed') send();
    },
  };
}
