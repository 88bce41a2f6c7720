// One row of the payload tree: its key, its value, what the mapping takes from it. The tree handles keys and clicks;
// a click on an element with `data-toggle` opens or closes the row.
import { UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import type { CSSProperties } from 'react';
import type { PayloadNode } from '#contract';
import { text } from '../../text/en.ts';
import { placeKey, readConcretePath } from './concrete-path.ts';
import { PayloadText } from './payload-text.tsx';
import classes from './payload-tree.module.css';
import type { PlaceBadge } from './payload-tree.tsx';
import { canOpen, isLongText, isParent, shortTextLength, type TreeRow } from './tree-model.ts';
import { ValueText, ValueTypeIcon } from './value-text.tsx';

interface TreeRowViewProps {
  id: string;
  row: TreeRow;
  index: number;
  start: number;
  measure: (element: HTMLElement | null) => void;
  isActive: boolean;
  isFound: boolean;
  canPick: boolean;
  badges: ReadonlyMap<string, PlaceBadge> | undefined;
}

function badgeOf(node: PayloadNode, badges: ReadonlyMap<string, PlaceBadge> | undefined) {
  if (!badges || badges.size === 0) return undefined;
  const segments = readConcretePath(node.path);
  return segments && badges.get(placeKey(segments));
}

export function TreeRowView(props: TreeRowViewProps) {
  const { row, index, start, canPick } = props;
  const { node } = row;
  const style = { transform: `translateY(${start}px)`, '--depth': row.depth } as CSSProperties;
  const common = {
    id: props.id,
    role: 'treeitem',
    'aria-level': row.depth + 1,
    'aria-posinset': row.position + 1,
    'aria-setsize': row.siblings,
    'aria-selected': props.isActive,
    'aria-expanded': node && canOpen(node) ? row.isOpen : undefined,
    tabIndex: -1,
    'data-index': index,
    style,
  } as const;
  if (!node) {
    return (
      <div {...common} ref={props.measure} className={classes.row} aria-busy="true">
        <span className={classes.caret} />
        <span className={classes.pending}>{text.payload.loading}</span>
      </div>
    );
  }
  const badge = badgeOf(node, props.badges);
  const isLong = isLongText(node);
  const isCutHere = isLong && !row.isOpen;
  const shown = isCutHere ? { ...node, text: node.text.slice(0, shortTextLength), cut: true } : node;
  return (
    <div
      {...common}
      ref={props.measure}
      className={classes.row}
      data-current={props.isActive}
      data-found={props.isFound}
      data-pickable={canPick}
      data-badge={badge ? (badge.isActive ? 'active' : 'other') : undefined}
      data-wrapped={isLong && row.isOpen}
    >
      {isParent(node) ? (
        <span className={classes.caret} data-open={row.isOpen} data-toggle="true" aria-hidden="true">
          <IconChevronRight />
        </span>
      ) : (
        <span className={classes.caret} />
      )}
      <ValueTypeIcon type={node.type} />
      <span className={classes.key}>
        <PayloadText text={node.key === '' ? '""' : node.key} />
      </span>
      <span className={classes.value}>
        <ValueText value={shown} size={node.size} />
        {isLong && row.isOpen && node.cut && <span className={classes.note}>{text.payload.valueCut}</span>}
      </span>
      {isLong && (
        <UnstyledButton className={classes.more} tabIndex={-1} data-toggle="true">
          {row.isOpen ? text.payload.showLess : text.payload.showAll}
        </UnstyledButton>
      )}
      {badge && <span className={classes.badge}>{badge.label}</span>}
    </div>
  );
}
