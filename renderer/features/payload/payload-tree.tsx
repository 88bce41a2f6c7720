// The tree of a payload: virtual rows, children fetched when they come into view, the whole of it usable by keyboard.
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type MouseEvent,
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useStore } from 'zustand';
import type { PayloadNode } from '#contract';
import { text } from '../../text/en.ts';
import { PathFooter } from './path-footer.tsx';
import classes from './payload-tree.module.css';
import type { PayloadTree as PayloadTreeState } from './payload-tree-store.ts';
import { TreeMenu, type TreeMenuPlace } from './tree-menu.tsx';
import { isParent, moveFor, rowStartingWith, rowsOf } from './tree-model.ts';
import { TreeRowView } from './tree-row-view.tsx';
import type { Copying } from './use-copying.ts';
import { useTypedText } from './use-typed-text.ts';

/** What a mapping row says about the value that it takes. */
export interface PlaceBadge {
  label: string;
  isActive: boolean;
}

export interface PayloadTreeProps {
  tree: PayloadTreeState;
  label: string;
  /** Present where a value can be picked; `canPick` tells which nodes a click picks instead of opening them. */
  onPick?: ((node: PayloadNode) => void) | undefined;
  canPick?: ((node: PayloadNode) => boolean) | undefined;
  /** By `placeKey`. */
  badges?: ReadonlyMap<string, PlaceBadge> | undefined;
  /** Rows that hold what is sought. */
  found?: ReadonlySet<number> | undefined;
  /** Present where values can be copied. */
  copying?: Copying | undefined;
  /** A path to bring into view; a new object asks again. */
  show?: { path: string } | undefined;
}

/** Height of a row before it is measured, in pixels; the style sheet has the same. */
const rowPixels = 24;
/** More than a body may have keys. */
const mostSiblings = 2 ** 24;

export function PayloadTree(props: PayloadTreeProps) {
  const { tree, label, onPick, canPick, badges, found, show, copying } = props;
  const state = useStore(tree.store);
  const rows = useMemo(() => rowsOf(state.tree), [state.tree]);
  const scroll = useRef<HTMLDivElement>(null);
  const id = useId();
  const [active, setActive] = useState(0);
  const [hovered, setHovered] = useState<PayloadNode>();
  const typed = useTypedText();
  const [menu, setMenu] = useState<TreeMenuPlace>();

  // The same until the rows change: with another one, every row's place is counted anew. Numbers, because there may be 200,000 of them.
  const [parents] = useState(() => new Map<string, number>());
  const keyAt = useCallback(
    (index: number) => {
      const row = rows[index];
      if (!row) return index;
      const known = parents.get(row.parent);
      const parent = known ?? parents.size;
      if (known === undefined) parents.set(row.parent, parent);
      return parent * mostSiblings + row.position;
    },
    [rows, parents],
  );
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowPixels,
    overscan: 12,
    getItemKey: keyAt,
  });
  const shown = virtual.getVirtualItems();

  useEffect(() => {
    for (const { index } of shown) {
      const row = rows[index];
      if (row && !row.node) tree.need(row.parent, row.position);
    }
  }, [shown, rows, tree]);

  const shownFor = useRef<object>(undefined);
  useEffect(() => {
    if (!show || shownFor.current === show) return;
    const index = rows.findIndex((row) => row.node?.path === show.path);
    if (index < 0) return;
    shownFor.current = show;
    setActive(index);
    virtual.scrollToIndex(index, { align: 'auto' });
  }, [show, rows, virtual]);

  function goTo(index: number) {
    setActive(index);
    virtual.scrollToIndex(index, { align: 'auto' });
  }

  function onRow(node: PayloadNode, index: number, isOpen: boolean) {
    setActive(index);
    if (onPick && (canPick?.(node) ?? true)) onPick(node);
    else if (isParent(node)) tree.setOpen(node.path, !isOpen, true);
  }

  function rowUnder(event: MouseEvent) {
    const element = event.target instanceof Element ? event.target.closest('[data-index]') : null;
    const index = Number(element?.getAttribute('data-index') ?? -1);
    const row = rows[index];
    return row && { row, index };
  }

  function onClick(event: MouseEvent) {
    const under = rowUnder(event);
    if (!under?.row.node) return;
    const { row, index } = under;
    if (event.target instanceof Element && event.target.closest('[data-toggle]')) {
      setActive(index);
      tree.setOpen(under.row.node.path, !row.isOpen, isParent(under.row.node));
    } else onRow(under.row.node, index, row.isOpen);
  }

  function onContextMenu(event: MouseEvent) {
    const under = rowUnder(event);
    if (!copying || !under?.row.node) return;
    event.preventDefault();
    setActive(under.index);
    setMenu({ node: under.row.node, x: event.clientX, y: event.clientY });
  }

  /** Ctrl C copies the value, with Shift its path; the menu key opens the menu at the row. */
  function onCopyKey(event: KeyboardEvent): boolean {
    const node = rows[Math.min(active, rows.length - 1)]?.node;
    if (!copying || !node) return false;
    if (event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10')) {
      const at = scroll.current
        ?.querySelector(`[data-index="${Math.min(active, rows.length - 1)}"]`)
        ?.getBoundingClientRect();
      setMenu({ node, x: at?.left ?? 0, y: at?.bottom ?? 0 });
      return true;
    }
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'c') return false;
    if (window.getSelection()?.toString()) return false;
    if (event.shiftKey) copying.copyPath(node);
    else copying.copyValue(node);
    return true;
  }

  function onKeyDown(event: KeyboardEvent) {
    if (onCopyKey(event)) {
      event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const pageRows = Math.max(1, Math.floor((scroll.current?.clientHeight ?? 0) / rowPixels) - 1);
    const at = Math.min(active, rows.length - 1);
    const move = moveFor(event.key, rows, at, pageRows);
    if (move) {
      event.preventDefault();
      if ('to' in move) goTo(move.to);
      else if ('open' in move) {
        const node = rows[at]?.node;
        tree.setOpen(move.open, move.isOpen, node !== undefined && isParent(node));
      } else {
        const row = rows[at];
        if (row?.node) onRow(row.node, at, row.isOpen);
      }
    } else if (event.key.length === 1) {
      const sought = typed(event.key);
      const index = rowStartingWith(rows, sought, sought.length === 1 ? at + 1 : at);
      if (index >= 0) goTo(index);
    }
  }

  const activeNode = hovered ?? rows[Math.min(active, rows.length - 1)]?.node;
  return (
    <div className={classes.frame}>
      <div
        ref={scroll}
        className={classes.scroll}
        role="tree"
        aria-label={label}
        tabIndex={0}
        aria-activedescendant={`${id}-${Math.min(active, rows.length - 1)}`}
        onKeyDown={onKeyDown}
        onClick={onClick}
        onContextMenu={onContextMenu}
        onMouseOver={(event) => setHovered(rowUnder(event)?.row.node)}
        onFocus={() => setHovered(undefined)}
        onMouseLeave={() => setHovered(undefined)}
      >
        <div role="presentation" className={classes.rows} style={{ height: virtual.getTotalSize() }}>
          {shown.map(({ index, start, key }) => {
            const row = rows[index];
            return (
              row && (
                <TreeRowView
                  key={key}
                  id={`${id}-${index}`}
                  row={row}
                  index={index}
                  start={start}
                  measure={virtual.measureElement}
                  isActive={index === active}
                  isFound={found?.has(index) ?? false}
                  canPick={row.node !== undefined && onPick !== undefined && (canPick?.(row.node) ?? true)}
                  badges={badges}
                />
              )
            );
          })}
        </div>
      </div>
      {state.fault !== undefined && <p className={classes.fault}>{text.payload.childrenFailed}</p>}
      <PathFooter path={activeNode?.path} said={copying?.said} />
      {copying && (
        <TreeMenu
          place={menu}
          onClose={() => {
            setMenu(undefined);
            scroll.current?.focus({ preventScroll: true });
          }}
          onCopyValue={copying.copyValue}
          onCopyPath={copying.copyPath}
        />
      )}
    </div>
  );
}
