// Where the rows of a mapping stand in the payload, and what a click on a value gives to a row. Pure.
import type { FieldType, PayloadNode, ValueType } from '#contract';
import {
  placeKey,
  placeOfRow,
  readConcretePath,
  readPath,
  relativeToSplit,
  type Segment,
  splitOverList,
  writePath,
} from '../payload/concrete-path.ts';
import type { PlaceBadge } from '../payload/payload-tree.tsx';
import { isSplitRow, pathOfRow } from './draft-rows.ts';
import { type Draft, fieldIndex, type RowName } from './mapping-draft.ts';

const fieldTypes: Record<ValueType, FieldType> = {
  text: 'text',
  number: 'number',
  boolean: 'boolean',
  null: 'text',
  object: 'object',
  list: 'list',
};

export interface RowPath {
  row: RowName;
  label: string;
  path: string;
}

export function rowPaths(draft: Draft): RowPath[] {
  return [
    { row: 'id', label: 'id', path: draft.id },
    { row: 'title', label: 'title', path: draft.title },
    ...draft.fields.map((field, index) => ({
      row: `fields.${index}` as const,
      label: field.name.trim() === '' ? `field ${index + 1}` : field.name,
      path: field.path,
    })),
  ];
}

/** A list at the root is split by itself: each element is an item. */
export function effectiveSplit(split: string, rootType: ValueType | undefined): string {
  return split.trim() === '' && rootType === 'list' ? '$[*]' : split;
}

/** The list that a split goes over, where the screen can tell. */
export function placeOfSplit(split: string): Segment[] | undefined {
  const selectors = readPath(split);
  const last = selectors?.at(-1);
  if (!selectors || last?.kind !== 'any') return undefined;
  return placeOfRow(split.trim().replace(/(\.\*|\[\s*\*\s*\])$/, ''), undefined);
}

/** By place: the rows that take their value there. */
export function badgesOf(draft: Draft, split: string, focused: RowName): Map<string, PlaceBadge> {
  const badges = new Map<string, PlaceBadge>();
  const add = (segments: Segment[] | undefined, label: string, row: RowName) => {
    if (!segments) return;
    const key = placeKey(segments);
    const before = badges.get(key);
    badges.set(key, {
      label: before ? `${before.label}, ${label}` : label,
      isActive: row === focused || (before?.isActive ?? false),
    });
  };
  if (draft.split.trim() !== '') add(placeOfSplit(draft.split), 'split', 'split');
  for (const { row, label, path } of rowPaths(draft)) add(placeOfRow(path, split), label, row);
  return badges;
}

export function placeOfFocused(draft: Draft, split: string, focused: RowName): Segment[] | undefined {
  const path = pathOfRow(draft, focused);
  if (isSplitRow(focused)) return placeOfSplit(path);
  return path === '' ? undefined : placeOfRow(path, focused.startsWith('unwrap.') ? '' : split);
}

function listAround(path: string): Segment[] | undefined {
  const segments = readConcretePath(path);
  const at = segments?.findLastIndex((segment) => typeof segment === 'number') ?? -1;
  return at < 0 ? undefined : segments?.slice(0, at);
}

/** Whether a click on a node gives the focused row its path; otherwise it opens the node. */
export function canPick(node: PayloadNode, draft: Draft, focused: RowName): boolean {
  const isParent = node.type === 'object' || node.type === 'list';
  if (isSplitRow(focused)) return node.type === 'list' || listAround(node.path) !== undefined;
  if (!isParent) return true;
  const at = fieldIndex(focused);
  const field = at === undefined ? undefined : draft.fields[at];
  return field !== undefined && (field.type === 'object' || field.type === 'list');
}

/** What a click on a node means for the focused row: its path there, and a name and type for a field that has none. */
export function pickFor(
  node: PayloadNode,
  split: string,
  focused: RowName,
): { path: string; name: string; type: FieldType } {
  if (isSplitRow(focused)) {
    const list = node.type === 'list' ? node.path : writePath(listAround(node.path) ?? []);
    return { path: splitOverList(list), name: '', type: 'list' };
  }
  const name = readConcretePath(node.path)?.findLast((segment) => typeof segment === 'string');
  return {
    path: relativeToSplit(node.path, split),
    name: typeof name === 'string' ? name : node.key,
    type: fieldTypes[node.type],
  };
}
