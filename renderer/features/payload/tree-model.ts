// The payload tree as data: what is known of it, which rows that makes, where the keys lead. No React, no calls.
import type { PayloadNode } from '#contract';

/** The children of a node as far as they were fetched, by their position. */
export interface Children {
  total: number;
  nodes: ReadonlyMap<number, PayloadNode>;
}

export interface Tree {
  root: PayloadNode;
  /** Paths of the open nodes; the root counts as open. */
  open: ReadonlySet<string>;
  children: ReadonlyMap<string, Children>;
}

/** One line on the screen. Without `node` it stands for a child that is not fetched yet. */
export interface TreeRow {
  parent: string;
  position: number;
  siblings: number;
  depth: number;
  node?: PayloadNode;
  isOpen: boolean;
}

export function isParent(node: PayloadNode): boolean {
  return (node.type === 'object' || node.type === 'list') && node.size > 0;
}

/** Texts longer than this are shown cut until their row is opened. */
export const shortTextLength = 160;

export function isLongText(node: PayloadNode): boolean {
  return node.type === 'text' && (node.text.length > shortTextLength || node.cut === true);
}

/** Whether a row has more to show: children, or the rest of a long text. */
export function canOpen(node: PayloadNode): boolean {
  return isParent(node) || isLongText(node);
}

const rowsMade = new WeakMap<Tree, readonly TreeRow[]>();

/** A root without children is a row of its own; otherwise its children are the first rows. Made once for each tree: there may be 200,000. */
export function rowsOf(tree: Tree): readonly TreeRow[] {
  const made = rowsMade.get(tree) ?? makeRows(tree);
  rowsMade.set(tree, made);
  return made;
}

function makeRows(tree: Tree): TreeRow[] {
  const rows: TreeRow[] = [];
  if (!isParent(tree.root)) {
    return [{ parent: '', position: 0, siblings: 1, depth: 0, node: tree.root, isOpen: false }];
  }
  const add = (parent: PayloadNode, depth: number) => {
    const known = tree.children.get(parent.path);
    const siblings = known?.total ?? parent.size;
    for (let position = 0; position < siblings; position += 1) {
      const node = known?.nodes.get(position);
      const isOpen = node !== undefined && canOpen(node) && tree.open.has(node.path);
      const place = { parent: parent.path, position, siblings, depth, isOpen };
      rows.push(node ? { ...place, node } : place);
      if (node && isOpen && isParent(node)) add(node, depth + 1);
    }
  };
  add(tree.root, 0);
  return rows;
}

export function withChildren(
  tree: Tree,
  parent: string,
  offset: number,
  nodes: PayloadNode[],
  total: number,
): Tree {
  const merged = new Map(tree.children.get(parent)?.nodes);
  for (const [index, node] of nodes.entries()) merged.set(offset + index, node);
  return { ...tree, children: new Map(tree.children).set(parent, { total, nodes: merged }) };
}

export function withOpen(tree: Tree, path: string, isOpen: boolean): Tree {
  if (tree.open.has(path) === isOpen) return tree;
  const open = new Set(tree.open);
  if (isOpen) open.add(path);
  else open.delete(path);
  return { ...tree, open };
}

export type TreeMove = { to: number } | { open: string; isOpen: boolean } | { pick: string } | undefined;

/** What a key does on the row at `at`; undefined where it means nothing here. */
export function moveFor(key: string, rows: readonly TreeRow[], at: number, pageRows: number): TreeMove {
  const row = rows[at];
  if (!row) return rows.length > 0 ? { to: 0 } : undefined;
  const last = rows.length - 1;
  const node = row.node;
  switch (key) {
    case 'ArrowDown':
      return { to: Math.min(at + 1, last) };
    case 'ArrowUp':
      return { to: Math.max(at - 1, 0) };
    case 'PageDown':
      return { to: Math.min(at + pageRows, last) };
    case 'PageUp':
      return { to: Math.max(at - pageRows, 0) };
    case 'Home':
      return { to: 0 };
    case 'End':
      return { to: last };
    case 'ArrowRight':
      if (!node || !canOpen(node)) return undefined;
      return row.isOpen ? { to: Math.min(at + 1, last) } : { open: node.path, isOpen: true };
    case 'ArrowLeft': {
      if (node && row.isOpen) return { open: node.path, isOpen: false };
      const parent = rows.findLastIndex((other, index) => index < at && other.depth < row.depth);
      return parent < 0 ? undefined : { to: parent };
    }
    case 'Enter':
    case ' ':
      return node ? { pick: node.path } : undefined;
    default:
      return undefined;
  }
}

/** The next row after `at` whose key or text begins with what was typed, going round; -1 where there is none. */
export function rowStartingWith(rows: readonly TreeRow[], typed: string, at: number): number {
  const sought = typed.toLowerCase();
  for (let step = 0; step < rows.length; step += 1) {
    const index = (at + step) % rows.length;
    if (rows[index]?.node?.key.toLowerCase().startsWith(sought)) return index;
  }
  return -1;
}

/** The rows, as far as fetched, whose key or value holds the text, without regard to letter case. */
export function rowsHolding(rows: readonly TreeRow[], needle: string): number[] {
  if (needle === '') return [];
  const sought = needle.toLowerCase();
  const found: number[] = [];
  for (const [index, { node }] of rows.entries()) {
    if (!node) continue;
    const isValue = node.type !== 'object' && node.type !== 'list';
    if (node.key.toLowerCase().includes(sought) || (isValue && node.text.toLowerCase().includes(sought)))
      found.push(index);
  }
  return found;
}
