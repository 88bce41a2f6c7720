// The viewer once the body is here: which mode is shown, what is sought in it, which place is brought into view.
import { IconFileOff } from '@tabler/icons-react';
import { type KeyboardEvent, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CaptureView } from '#contract';
import { EmptyState } from '../../design/empty-state.tsx';
import { text } from '../../text/en.ts';
import { findInLines, splitLines } from './find-in-lines.ts';
import { PayloadLines } from './payload-lines.tsx';
import { type Find, PayloadToolbar } from './payload-toolbar.tsx';
import { PayloadTree } from './payload-tree.tsx';
import type { PayloadTreeState, PayloadTree as TreeHandle } from './payload-tree-store.ts';
import classes from './payload-viewer.module.css';
import type { PayloadMode, PayloadViewerProps } from './payload-viewer.tsx';
import { rowsHolding, rowsOf } from './tree-model.ts';
import { usePayloadTree } from './use-payload-tree.ts';

const noTree = createStore<PayloadTreeState | undefined>(() => undefined);

export function LoadedViewer(props: PayloadViewerProps & { view: CaptureView }) {
  const { captureId, fault } = props;
  // What was received never changes, so a later answer must not close what the reader has opened.
  const [view] = useState(props.view);
  const tree = usePayloadTree(captureId, view.root);
  const [ownMode, setOwnMode] = useState<PayloadMode>(fault ? 'raw' : (props.startMode ?? 'tree'));
  const mode = view.root ? (props.mode ?? ownMode) : 'raw';
  const [wrap, setWrap] = useState(true);
  const [needle, setNeedle] = useState('');
  const sought = useDeferredValue(needle);
  const [position, setPosition] = useState(0);
  const findInput = useRef<HTMLInputElement>(null);

  const body = mode === 'raw' ? view.raw : view.pretty;
  const lines = useMemo(() => splitLines(body.text), [body.text]);
  const matches = useMemo(() => (mode === 'tree' ? [] : findInLines(lines, sought)), [mode, lines, sought]);
  const foundRows = useFoundRows(mode === 'tree' ? tree : undefined, sought);
  const count = mode === 'tree' ? foundRows.length : matches.length;
  const at = count === 0 ? 0 : ((position % count) + count) % count;
  const find: Find = {
    needle,
    count,
    at,
    seek(next) {
      setNeedle(next);
      setPosition(0);
    },
    goTo: setPosition,
  };

  function onKeyDown(event: KeyboardEvent) {
    if ((event.ctrlKey || event.metaKey) && event.key === 'f') {
      event.preventDefault();
      findInput.current?.select();
    }
  }

  if (view.raw.text === '' && !view.raw.cut) {
    const words = (props.sentSize ?? 0) > 0 ? text.payload.bodyNotKept : text.payload.noBody;
    return (
      <div className={classes.viewer}>
        <EmptyState compact icon={IconFileOff} title={words.title}>
          {words.about}
        </EmptyState>
      </div>
    );
  }
  return (
    <section className={classes.viewer} onKeyDown={onKeyDown} aria-label={text.payload.label}>
      <PayloadToolbar
        modes={view.root ? ['tree', 'pretty', 'raw'] : ['raw']}
        mode={mode}
        onMode={props.onMode ?? setOwnMode}
        find={find}
        findInput={findInput}
        wrap={wrap}
        onWrap={setWrap}
        tree={tree}
        body={body}
      />
      {mode !== 'tree' && body.cut && <p className={classes.cut}>{text.payload.bodyCut}</p>}
      {mode === 'tree' && tree ? (
        <RevealingTree {...props} tree={tree} foundRows={foundRows} at={at} sought={sought} />
      ) : (
        <PayloadLines
          key={`${mode} ${wrap}`}
          label={text.payload.modes[mode]}
          lines={lines}
          isJson={/^\s*[[{]/.test(body.text)}
          wrap={wrap}
          matches={matches}
          currentMatch={matches[at]}
          fault={mode === 'raw' ? fault : undefined}
        />
      )}
    </section>
  );
}

function useFoundRows(tree: TreeHandle | undefined, sought: string): number[] {
  const store: StoreApi<PayloadTreeState | undefined> = tree?.store ?? noTree;
  const shown = useStore(store);
  return useMemo(
    () => (shown && sought !== '' ? rowsHolding(rowsOf(shown.tree), sought) : []),
    [shown, sought],
  );
}

function RevealingTree(
  props: PayloadViewerProps & { tree: TreeHandle; foundRows: number[]; at: number; sought: string },
) {
  const { tree, reveal, foundRows, at, sought } = props;
  const [show, setShow] = useState<{ path: string }>();
  useEffect(() => {
    if (!reveal) return;
    let isWanted = true;
    void tree.reveal(reveal).then((path) => {
      if (isWanted && path !== undefined) setShow({ path });
    });
    return () => {
      isWanted = false;
    };
  }, [tree, reveal]);
  const found = useMemo(
    () => (sought === '' ? undefined : { rows: new Set(foundRows), current: foundRows[at] }),
    [foundRows, at, sought],
  );
  return (
    <PayloadTree
      tree={tree}
      label={text.payload.treeLabel}
      onPick={props.onPick}
      canPick={props.canPick}
      badges={props.badges}
      found={found}
      show={show}
    />
  );
}
