// The viewer once the body is here: which mode is shown, what is sought in it, which place is brought into view.
import { IconFileOff } from '@tabler/icons-react';
import { type KeyboardEvent, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { CaptureView, PayloadPlace } from '#contract';
import { useCall } from '../../api/use-call.ts';
import { EmptyState } from '../../design/empty-state.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { text } from '../../text/en.ts';
import { findInLines, splitLines } from './find-in-lines.ts';
import { PayloadLines } from './payload-lines.tsx';
import { type Find, PayloadToolbar } from './payload-toolbar.tsx';
import { PayloadTree } from './payload-tree.tsx';
import type { PayloadTree as TreeHandle } from './payload-tree-store.ts';
import classes from './payload-viewer.module.css';
import type { PayloadMode, PayloadViewerProps } from './payload-viewer.tsx';
import { rowsHolding, rowsOf } from './tree-model.ts';
import { type Copying, useCopying } from './use-copying.ts';
import { usePayloadTree } from './use-payload-tree.ts';
import { usePlaces } from './use-places.ts';

const nothing = { text: '', cut: false };
const modes = ['tree', 'pretty', 'raw'] as const;
const xmlModes = ['tree', 'pretty', 'mapped', 'raw'] as const;

export function LoadedViewer(props: PayloadViewerProps & { view: CaptureView }) {
  const { captureId, fault } = props;
  // What was received never changes, so a later answer must not close what the reader has opened.
  const [view] = useState(props.view);
  const tree = usePayloadTree(captureId, view.root, props.unwrap);
  const [ownMode, setOwnMode] = useState<PayloadMode>(fault ? 'raw' : (props.startMode ?? 'tree'));
  const mode = view.root ? (props.mode ?? ownMode) : 'raw';
  const copying = useCopying(captureId);
  const [wrap, setWrap] = useState(true);
  const [needle, setNeedle] = useState('');
  const sought = useDeferredValue(needle);
  const [position, setPosition] = useState(0);
  const findInput = useRef<HTMLInputElement>(null);

  const isXml = view.root !== undefined && view.raw.text.trimStart().startsWith('<');
  const mapped = useCall('captures.value', mode === 'mapped' ? { id: captureId, path: '$' } : undefined);
  const body = mode === 'raw' ? view.raw : mode === 'mapped' ? (mapped.data ?? nothing) : view.pretty;
  const lines = useMemo(() => splitLines(body.text), [body.text]);
  const matches = useMemo(() => (mode === 'tree' ? [] : findInLines(lines, sought)), [mode, lines, sought]);
  const places = usePlaces(captureId, mode === 'tree' ? sought : '', position);
  const count = mode === 'tree' ? places.found.length : matches.length;
  const at = count === 0 ? 0 : ((position % count) + count) % count;
  const find: Find = {
    needle,
    count,
    hasMore: mode === 'tree' && places.hasMore,
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
        modes={!view.root ? ['raw'] : isXml ? xmlModes : modes}
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
      {mode === 'mapped' && mapped.problem && (
        <ProblemNotice what={text.payload.notShown} why={mapped.problem.message} />
      )}
      {mode === 'tree' && tree ? (
        <RevealingTree {...props} tree={tree} place={places.found[at]} sought={sought} copying={copying} />
      ) : (
        <PayloadLines
          key={`${mode} ${wrap}`}
          label={isXml && mode === 'pretty' ? text.payload.prettyXml : text.payload.modes[mode]}
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

function RevealingTree(
  props: PayloadViewerProps & {
    tree: TreeHandle;
    /** The place that the search shows. */
    place: PayloadPlace | undefined;
    sought: string;
    copying: Copying;
  },
) {
  const { tree, reveal, place, sought } = props;
  const [show, setShow] = useState<{ path: string }>();
  const wanted = place?.segments ?? reveal;
  useEffect(() => {
    if (!wanted) return;
    let isWanted = true;
    void tree.reveal(wanted).then((path) => {
      if (isWanted && path !== undefined) setShow({ path });
    });
    return () => {
      isWanted = false;
    };
  }, [tree, wanted]);
  const { tree: state } = useStore(tree.store);
  const found = useMemo(
    () => (sought === '' ? undefined : new Set(rowsHolding(rowsOf(state), sought))),
    [state, sought],
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
      copying={props.copying}
    />
  );
}
