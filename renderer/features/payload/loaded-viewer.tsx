// The viewer once the body is here: which mode is shown, what is sought in it, which place is brought into view.
import { IconFileOff } from '@tabler/icons-react';
import { type KeyboardEvent, memo, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
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
import { QueryMatches } from './query-matches.tsx';
import { rowsHolding, rowsOf, type TreeRow } from './tree-model.ts';
import { type Copying, useCopying } from './use-copying.ts';
import { useFolding } from './use-folding.ts';
import { usePayloadTree } from './use-payload-tree.ts';
import { type Places, usePlaces } from './use-places.ts';

const nothing = { text: '', cut: false };
const noLines: readonly string[] = [];
const modes = ['tree', 'pretty', 'raw'] as const;
const xmlModes = ['tree', 'pretty', 'mapped', 'raw'] as const;

/** Rendered only where something of it changed: asking the engine again makes its owner render. */
export const LoadedViewer = memo(function LoadedViewer(props: PayloadViewerProps & { view: CaptureView }) {
  const { captureId, fault } = props;
  const of = `${captureId} ${JSON.stringify(props.unwrap ?? [])}`;
  // What was received never changes, so a later answer must not close what the reader has opened.
  const [kept, setKept] = useState({ of, view: props.view });
  const { view } = kept.of === of ? kept : props;
  const [ownMode, setOwnMode] = useState<PayloadMode>();
  const [wrap, setWrap] = useState(true);
  const [needle, setNeedle] = useState('');
  const sought = useDeferredValue(needle);
  const [position, setPosition] = useState(0);
  const findInput = useRef<HTMLInputElement>(null);
  // The viewer stays while another call takes the place of this one: the reader's mode and wrap stay with it, what was sought does not.
  if (kept.of !== of) {
    setKept({ of, view });
    if (fault) setOwnMode(undefined);
    setNeedle('');
    setPosition(0);
  }

  const isXml = view.root !== undefined && view.raw.text.trimStart().startsWith('<');
  const shownModes: readonly PayloadMode[] = !view.root ? ['raw'] : isXml ? xmlModes : modes;
  const wanted = props.mode ?? ownMode ?? (fault ? 'raw' : (props.startMode ?? 'tree'));
  const mode = shownModes.includes(wanted) ? wanted : view.root ? 'pretty' : 'raw';
  const tree = usePayloadTree(captureId, view.root, props.unwrap, mode === 'tree');
  const copying = useCopying(captureId);
  const mapped = useCall('captures.value', mode === 'mapped' ? { id: captureId, path: '$' } : undefined);
  const body = mode === 'raw' ? view.raw : mode === 'mapped' ? (mapped.data ?? nothing) : view.pretty;
  // The tree needs none, and cutting and folding megabytes takes its time.
  const lines = useMemo(() => (mode === 'tree' ? noLines : splitLines(body.text)), [mode, body.text]);
  const matches = useMemo(() => (mode === 'tree' ? [] : findInLines(lines, sought)), [mode, lines, sought]);
  const places = usePlaces(captureId, mode === 'tree' ? sought : '', position, props.unwrap);
  const count = mode === 'tree' ? places.found.length : matches.length;
  const at = count === 0 ? 0 : ((position % count) + count) % count;
  const shownFault = mode === 'raw' ? fault : undefined;
  const isJson = /^\s*[[{]/.test(body.text);
  const folding = useFolding(lines, isJson, [
    matches[at]?.line,
    shownFault?.line === undefined ? undefined : shownFault.line - 1,
  ]);
  const find: Find = {
    needle,
    count,
    hasMore: mode === 'tree' && places.hasMore,
    isSeeking: mode === 'tree' && places.isSeeking,
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
        modes={shownModes}
        mode={mode}
        onMode={props.onMode ?? setOwnMode}
        find={find}
        findInput={findInput}
        wrap={wrap}
        onWrap={setWrap}
        tree={tree}
        folding={folding}
        body={body}
      />
      {mode !== 'tree' && body.cut && <p className={classes.cut}>{text.payload.bodyCut}</p>}
      {mode === 'mapped' && mapped.problem && (
        <ProblemNotice what={text.payload.notShown} why={mapped.problem.message} />
      )}
      {mode === 'tree' && tree ? (
        <RevealingTree
          key={of}
          {...props}
          tree={tree}
          places={places}
          at={at}
          onAt={setPosition}
          sought={sought}
          copying={copying}
        />
      ) : (
        <PayloadLines
          key={`${of} ${mode} ${wrap}`}
          label={isXml && mode === 'pretty' ? text.payload.prettyXml : text.payload.modes[mode]}
          lines={lines}
          isJson={isJson}
          wrap={wrap}
          matches={matches}
          currentMatch={matches[at]}
          fault={shownFault}
          folding={folding}
        />
      )}
    </section>
  );
});

function RevealingTree(
  props: PayloadViewerProps & {
    tree: TreeHandle;
    /** What the search found, and which of it is shown. */
    places: Places;
    at: number;
    onAt: (at: number) => void;
    sought: string;
    copying: Copying;
  },
) {
  const { tree, reveal, places, at, sought, copying, onPick } = props;
  const place = places.found[at];
  const { isPath } = places;
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
    () => (sought === '' ? undefined : new Set(foundRows(rowsOf(state), sought, isPath, places.found))),
    [state, sought, isPath, places.found],
  );

  async function pick(index: number) {
    props.onAt(index);
    const wanted = places.found[index];
    if (!wanted) return;
    const path = await tree.reveal(wanted.segments);
    const node = rowsOf(tree.store.getState().tree).find((row) => row.node?.path === path)?.node;
    if (!node) return;
    setShow({ path: node.path });
    if (onPick) onPick(node);
    else copying.copyPath(node);
  }

  return (
    <>
      {places.problem && <ProblemNotice what={text.payload.notSought} why={places.problem.message} />}
      {sought !== '$' && (isPath || places.fault) && (
        <QueryMatches
          places={isPath ? places.found : []}
          fault={places.fault}
          hasMore={isPath && places.hasMore}
          at={at}
          takes={onPick !== undefined}
          onPick={(index) => void pick(index)}
        />
      )}
      <PayloadTree
        tree={tree}
        label={text.payload.treeLabel}
        onPick={props.onPick}
        canPick={props.canPick}
        badges={props.badges}
        found={found}
        show={show}
        copying={copying}
      />
    </>
  );
}

/** Of a query exactly what it selects; of a text every row that holds it. */
function foundRows(
  rows: readonly TreeRow[],
  sought: string,
  isPath: boolean,
  places: readonly PayloadPlace[],
): number[] {
  if (!isPath) return rowsHolding(rows, sought);
  const paths = new Set(places.map(({ path }) => path));
  return rows.flatMap(({ node }, index) => (node && paths.has(node.path) ? [index] : []));
}
