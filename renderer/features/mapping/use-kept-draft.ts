// The editor's store and its twin in the engine: each draft is sent on the state that it was made from, so that two windows never overwrite each
// other without a word. One write after the other; a save counts as written as soon as the engine has told of it.
import { useEffect, useMemo, useRef, useState } from 'react';
import type { CallOutput, Mapping } from '#contract';
import { asProblem } from '../../api/call-cache.ts';
import { useEvent } from '../../api/use-call.ts';
import { useClient, useLinkState } from '../../api/use-client.tsx';
import { createMappingEditorStore, type KeepHow, type MappingEditorStore } from './mapping-editor-store.ts';
import type { MappingStart } from './use-mapping-start.ts';

/** `basedOn` for the call; everything sent meanwhile waits until the engine has told of the save. */
export type SaveCall = (basedOn: string) => Promise<CallOutput<'mapping.save'> | undefined>;

interface Twin {
  /** The state that this editor stands on. */
  stamp: string;
  /** The newest one that the engine has told of. */
  told: string;
  isWriting: boolean;
  last: Promise<unknown>;
  /** Set while a save is under way. */
  onSaveTold: (() => void) | undefined;
}

export interface KeptDraft {
  editor: MappingEditorStore;
  save(call: SaveCall): Promise<boolean>;
  /** Takes a mapping back that is being indexed: the state that this leads to is this editor's own. */
  cancel(call: () => Promise<CallOutput<'mapping.cancelIndexing'> | undefined>): Promise<void>;
}

export function useKeptDraft(dataSourceId: string, start: MappingStart): KeptDraft {
  const client = useClient();
  const twin = useRef<Twin>({
    stamp: start.stamp,
    told: start.stamp,
    isWriting: false,
    last: Promise.resolve(),
    onSaveTold: undefined,
  });

  const [editor] = useState(() => {
    async function write(mapping: Mapping, how: KeepHow): Promise<'kept' | 'conflict'> {
      const state = twin.current;
      state.isWriting = true;
      try {
        const basedOn = how === 'always' ? {} : { basedOn: state.stamp };
        const { stamp } = await client.call('mapping.keepDraft', { dataSourceId, mapping, ...basedOn });
        state.stamp = stamp;
        return state.told === stamp || how === 'always' ? 'kept' : 'conflict';
      } catch (error) {
        if (asProblem(error).code === 'mapping.conflict') return 'conflict';
        throw error;
      } finally {
        state.isWriting = false;
      }
    }
    const keep = (mapping: Mapping, how: KeepHow) => {
      // The page is going away: there is no time for the answer to the one before.
      if (how === 'now' && twin.current.isWriting) return write(mapping, 'always');
      const next = twin.current.last.then(() => write(mapping, how));
      twin.current.last = next.catch(() => undefined);
      return next;
    };
    return createMappingEditorStore(start.draft ?? start.mapping ?? start.initial, keep);
  });

  useEvent('mapping.changed', (event) => {
    if (event.dataSourceId !== dataSourceId) return;
    const state = twin.current;
    state.told = event.stamp;
    if (state.onSaveTold) {
      state.stamp = event.stamp;
      state.onSaveTold();
    } else if (!state.isWriting && event.stamp !== state.stamp) editor.conflict();
  });

  useEffect(() => {
    window.addEventListener('pagehide', editor.flush);
    return () => {
      window.removeEventListener('pagehide', editor.flush);
      editor.flush();
    };
  }, [editor]);
  const link = useLinkState();
  useEffect(() => {
    if (link === 'open') editor.keepAgain();
  }, [editor, link]);

  return useMemo(
    () => ({
      editor,
      async save(call) {
        const state = twin.current;
        editor.hold();
        await state.last;
        const told = Promise.withResolvers<void>();
        state.onSaveTold = told.resolve;
        state.last = told.promise;
        const before = state.stamp;
        try {
          const output = await call(before);
          if (output?.stamp !== undefined && state.stamp === before) state.stamp = output.stamp;
          return output !== undefined;
        } finally {
          state.onSaveTold = undefined;
          told.resolve();
          editor.release();
        }
      },
      async cancel(call) {
        const state = twin.current;
        state.isWriting = true;
        try {
          const output = await call();
          if (output?.stamp === undefined) return;
          state.stamp = output.stamp;
          if (state.told !== output.stamp) editor.conflict();
        } finally {
          state.isWriting = false;
        }
      },
    }),
    [editor],
  );
}
