// The body of one call: tree, pretty and raw under one toolbar (find, wrap, fold, copy). Shows what the engine prepared.
import { ActionIcon, SegmentedControl, Skeleton, TextInput, Tooltip } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowUp,
  IconFileOff,
  IconFold,
  IconFoldDown,
  IconSearch,
  IconTextWrap,
} from '@tabler/icons-react';
import {
  type KeyboardEvent,
  type ReactNode,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CaptureView, FaultPlace, PayloadNode } from '#contract';
import { useCall } from '../../api/use-call.ts';
import { CopyButton } from '../../design/copy-button.tsx';
import { EmptyState } from '../../design/empty-state.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { text } from '../../text/en.ts';
import { findInLines, splitLines } from './find-in-lines.ts';
import { PayloadLines } from './payload-lines.tsx';
import { PayloadTree, type PlaceBadge } from './payload-tree.tsx';
import type {
  PayloadTree as PayloadTreeState,
  PayloadTreeState as PayloadTreeStoreState,
} from './payload-tree-store.ts';
import classes from './payload-viewer.module.css';
import { rowsHolding, rowsOf } from './tree-model.ts';
import { usePayloadTree } from './use-payload-tree.ts';

const noTree = createStore<PayloadTreeStoreState | undefined>(() => undefined);

export type PayloadMode = 'tree' | 'pretty' | 'raw';

export interface PayloadViewerProps {
  captureId: string;
  /** Raw is shown in any case where the body has no tree. */
  startMode?: PayloadMode;
  /** Where another control has a say in the mode too. */
  mode?: PayloadMode;
  onMode?: (mode: PayloadMode) => void;
  fault?: FaultPlace | undefined;
  onPick?: (node: PayloadNode) => void;
  canPick?: (node: PayloadNode) => boolean;
  badges?: ReadonlyMap<string, PlaceBadge>;
  /** Segments of a place to open and bring into view; a new array asks again. */
  reveal?: readonly (string | number)[] | undefined;
  /** Stands at the end of the toolbar. */
  aside?: ReactNode;
}

export function PayloadViewer(props: PayloadViewerProps) {
  const { data, problem, refetch } = useCall('captures.view', { id: props.captureId });
  if (!data) {
    return (
      <div className={classes.viewer} aria-busy={!problem}>
        {problem ? (
          <div className={classes.padded}>
            <ProblemNotice
              what={text.payload.notShown}
              why={problem.message}
              action={{ label: text.payload.tryAgain, onPress: refetch }}
            />
          </div>
        ) : (
          <div className={classes.padded}>
            {[60, 40, 75, 50, 66, 30].map((width) => (
              <Skeleton key={width} className={classes.skeleton} w={`${width}%`} />
            ))}
          </div>
        )}
      </div>
    );
  }
  return <LoadedViewer {...props} key={props.captureId} view={data.view} />;
}

function LoadedViewer(props: PayloadViewerProps & { view: CaptureView }) {
  const { captureId, view, fault } = props;
  const tree = usePayloadTree(captureId, view.root);
  const [ownMode, setOwnMode] = useState<PayloadMode>(fault ? 'raw' : (props.startMode ?? 'tree'));
  const mode = view.root ? (props.mode ?? ownMode) : 'raw';
  const setMode = props.onMode ?? setOwnMode;
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

  function onFindKey(event: KeyboardEvent) {
    if (event.key === 'Enter') {
      event.preventDefault();
      setPosition(at + (event.shiftKey ? -1 : 1));
    } else if (event.key === 'Escape' && needle !== '') {
      event.stopPropagation();
      setNeedle('');
    }
  }

  function onKeyDown(event: KeyboardEvent) {
    if ((event.ctrlKey || event.metaKey) && event.key === 'f') {
      event.preventDefault();
      findInput.current?.select();
    }
  }

  if (view.raw.text === '' && !view.raw.cut) {
    return (
      <div className={classes.viewer}>
        <EmptyState compact icon={IconFileOff} title={text.payload.emptyTitle}>
          {text.payload.emptyWords}
        </EmptyState>
      </div>
    );
  }
  const modes = (['tree', 'pretty', 'raw'] as const).filter((each) => each === 'raw' || view.root);
  return (
    <section className={classes.viewer} onKeyDown={onKeyDown} aria-label={text.payload.label}>
      <div className={classes.toolbar}>
        <SegmentedControl
          aria-label={text.payload.mode}
          value={mode}
          onChange={(value) => setMode(modes.find((each) => each === value) ?? 'raw')}
          data={modes.map((value) => ({ value, label: text.payload.modes[value] }))}
        />
        <TextInput
          ref={findInput}
          className={classes.find}
          aria-label={text.payload.find}
          placeholder={text.payload.find}
          leftSection={<IconSearch size={14} aria-hidden />}
          value={needle}
          onChange={(event) => {
            setNeedle(event.currentTarget.value);
            setPosition(0);
          }}
          data-mantine-stop-propagation={needle !== ''}
          onKeyDown={onFindKey}
          rightSectionWidth="auto"
          rightSection={
            needle !== '' && (
              <span className={classes.count} aria-live="polite">
                {count === 0 ? text.payload.foundNone : text.payload.found(at + 1, count)}
              </span>
            )
          }
        />
        {needle !== '' && (
          <>
            <ToolButton
              label={text.payload.previous}
              disabled={count === 0}
              onPress={() => setPosition(at - 1)}
            >
              <IconArrowUp size={16} aria-hidden />
            </ToolButton>
            <ToolButton label={text.payload.next} disabled={count === 0} onPress={() => setPosition(at + 1)}>
              <IconArrowDown size={16} aria-hidden />
            </ToolButton>
          </>
        )}
        <span className={classes.gap} />
        {mode === 'tree' ? (
          <>
            <ToolButton label={text.payload.unfold} onPress={() => void tree?.openUpper()}>
              <IconFoldDown size={16} aria-hidden />
            </ToolButton>
            <ToolButton label={text.payload.fold} onPress={() => tree?.closeAll()}>
              <IconFold size={16} aria-hidden />
            </ToolButton>
          </>
        ) : (
          <ToolButton label={text.payload.wrap} pressed={wrap} onPress={() => setWrap(!wrap)}>
            <IconTextWrap size={16} aria-hidden />
          </ToolButton>
        )}
        <CopyButton value={body.text} label={body.cut ? text.payload.copyShown : text.payload.copyBody} />
        {props.aside}
      </div>
      {mode !== 'tree' && body.cut && <p className={classes.cut}>{text.payload.bodyCut}</p>}
      {mode === 'tree' && tree ? (
        <RevealingTree {...props} tree={tree} foundRows={foundRows} at={at} sought={sought} />
      ) : (
        <PayloadLines
          key={`${mode} ${wrap}`}
          label={text.payload.modes[mode]}
          lines={lines}
          isJson={mode === 'pretty' && /^\s*[[{]/.test(body.text)}
          wrap={wrap}
          matches={matches}
          currentMatch={matches[at]}
          fault={mode === 'raw' ? fault : undefined}
        />
      )}
    </section>
  );
}

function useFoundRows(tree: PayloadTreeState | undefined, sought: string): number[] {
  const store: StoreApi<PayloadTreeStoreState | undefined> = tree?.store ?? noTree;
  const shown = useStore(store);
  return useMemo(
    () => (shown && sought !== '' ? rowsHolding(rowsOf(shown.tree), sought) : []),
    [shown, sought],
  );
}

function RevealingTree(
  props: PayloadViewerProps & { tree: PayloadTreeState; foundRows: number[]; at: number; sought: string },
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

interface ToolButtonProps {
  label: string;
  onPress: () => void;
  children: ReactNode;
  disabled?: boolean;
  pressed?: boolean;
}

function ToolButton({ label, onPress, children, disabled, pressed }: ToolButtonProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        size="sm"
        aria-label={label}
        aria-pressed={pressed}
        disabled={disabled ?? false}
        variant={pressed ? 'light' : 'subtle'}
        onClick={onPress}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
