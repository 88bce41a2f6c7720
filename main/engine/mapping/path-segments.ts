// A path after compilation: segments of selectors, and how they walk a payload. No path text, no syntax here.
// Reads own properties only; an exact number is a leaf; a filter is a closure over compiled expressions, never code from the path.
import { isPayloadObject, type PayloadValue } from '../parsing/payload-value.ts';

/** A concrete place in a payload: keys and indexes from the top. */
export type PathKey = string | number;

export type Selector =
  | { kind: 'name'; name: string }
  | { kind: 'index'; index: number }
  /** A bare number between dots: the index of a list, the key of an object. */
  | { kind: 'nameOrIndex'; name: string; index: number }
  /** `[*]`: the elements of a list (or members of an object). `members`: written `.*`, so never "the list of one". */
  | { kind: 'wildcard'; members: boolean }
  | { kind: 'slice'; start: number | undefined; stop: number | undefined; step: number | undefined }
  | { kind: 'filter'; test: (value: PayloadValue, walk: Walk) => boolean };

export interface Segment {
  descendant: boolean;
  selectors: Selector[];
}

/** What stays the same while one path is walked. */
export interface Walk {
  /** What `$` means inside filters. */
  root: PayloadValue;
  /** XML cannot tell a list of one from a single element: there a list selector takes what is no list as a list of one. */
  singleAsList: boolean;
}

/** A value with its way from the top, as a chain, so that walking builds no arrays. */
export interface WalkNode {
  value: PayloadValue;
  key: PathKey | undefined;
  parent: WalkNode | undefined;
}

/** A path may select this many values at a time; unions and descendants one behind the other multiply without end. */
const maxSelected = 1_000_000;

export class SelectionTooLarge extends Error {
  constructor(limit = maxSelected) {
    super(`A path selects more than ${limit.toLocaleString('en')} values in this call. Make it narrower.`);
    this.name = 'SelectionTooLarge';
  }
}

/** @throws SelectionTooLarge */
export function walkSegments(segments: readonly Segment[], value: PayloadValue, walk: Walk): WalkNode[] {
  let nodes: WalkNode[] = [{ value, key: undefined, parent: undefined }];
  for (const segment of segments) {
    const next: WalkNode[] = [];
    for (const node of nodes) {
      if (segment.descendant) selectBelow(segment.selectors, node, walk, next);
      else for (const selector of segment.selectors) select(selector, node, walk, next);
      if (next.length > maxSelected) throw new SelectionTooLarge();
    }
    if (next.length === 0) return next;
    nodes = next;
  }
  return nodes;
}

export function pathOf(node: WalkNode): PathKey[] {
  const path: PathKey[] = [];
  for (let at: WalkNode | undefined = node; at; at = at.parent) {
    if (at.key !== undefined) path.push(at.key);
  }
  return path.reverse();
}

/** The node and everything below it, parents before children, in order. An explicit stack: depth costs no call frames. */
function selectBelow(selectors: Selector[], top: WalkNode, walk: Walk, into: WalkNode[]): void {
  const stack: WalkNode[] = [top];
  for (let node = stack.pop(); node; node = stack.pop()) {
    for (const selector of selectors) select(selector, node, walk, into);
    if (into.length > maxSelected) throw new SelectionTooLarge();
    const { value } = node;
    if (Array.isArray(value)) {
      for (let i = value.length - 1; i >= 0; i--) pushToVisit(value[i] as PayloadValue, i, node, walk, stack);
    } else if (isPayloadObject(value)) {
      for (const key of Object.keys(value).reverse())
        pushToVisit(value[key] as PayloadValue, key, node, walk, stack);
    }
  }
}

/** Below scalars there is nothing to select, save where they count as lists of one. */
function pushToVisit(
  value: PayloadValue,
  key: PathKey,
  parent: WalkNode,
  walk: Walk,
  stack: WalkNode[],
): void {
  if (walk.singleAsList || Array.isArray(value) || isPayloadObject(value)) stack.push({ value, key, parent });
}

function addChildren(parent: WalkNode, into: WalkNode[]): void {
  const { value } = parent;
  if (Array.isArray(value)) {
    if (into.length + value.length > maxSelected) throw new SelectionTooLarge();
    for (let i = 0; i < value.length; i++) into.push({ value: value[i] as PayloadValue, key: i, parent });
  } else if (isPayloadObject(value)) {
    for (const key of Object.keys(value)) into.push({ value: value[key] as PayloadValue, key, parent });
  }
}

function select(selector: Selector, node: WalkNode, walk: Walk, into: WalkNode[]): void {
  switch (selector.kind) {
    case 'name':
      selectName(selector.name, node, into);
      break;
    case 'nameOrIndex':
      if (Array.isArray(node.value)) selectIndex(selector.index, node, into);
      else selectName(selector.name, node, into);
      break;
    case 'index':
      selectIndex(selector.index, asList(node, walk), into);
      break;
    case 'wildcard':
      addChildren(selector.members ? node : asList(node, walk), into);
      break;
    case 'slice':
      selectSlice(selector, asList(node, walk), into);
      break;
    case 'filter': {
      const candidates: WalkNode[] = [];
      addChildren(asList(node, walk), candidates);
      for (const candidate of candidates) if (selector.test(candidate.value, walk)) into.push(candidate);
    }
  }
}

function selectName(name: string, parent: WalkNode, into: WalkNode[]): void {
  const { value } = parent;
  if (isPayloadObject(value) && Object.hasOwn(value, name)) {
    into.push({ value: value[name] as PayloadValue, key: name, parent });
  }
}

function selectIndex(index: number, parent: WalkNode, into: WalkNode[]): void {
  const { value } = parent;
  if (!Array.isArray(value)) return;
  const at = index < 0 ? value.length + index : index;
  const element = value[at];
  if (element !== undefined) into.push({ value: element, key: at, parent });
}

/** RFC 9535 section 2.3.4.2.2. */
function selectSlice(
  {
    start,
    stop,
    step = 1,
  }: { start: number | undefined; stop: number | undefined; step: number | undefined },
  parent: WalkNode,
  into: WalkNode[],
): void {
  const { value } = parent;
  if (!Array.isArray(value) || step === 0) return;
  const { length } = value;
  const from = (index: number) => (index < 0 ? length + index : index);
  const [low, high] = step > 0 ? [0, length] : [-1, length - 1];
  const bound = (index: number | undefined, fallback: number) =>
    index === undefined ? fallback : Math.min(Math.max(from(index), low), high);
  const first = bound(start, step > 0 ? 0 : length - 1);
  const last = bound(stop, step > 0 ? length : -1);
  for (let i = first; step > 0 ? i < last : i > last; i += step) {
    into.push({ value: value[i] as PayloadValue, key: i, parent });
  }
}

function asList(node: WalkNode, walk: Walk): WalkNode {
  if (!walk.singleAsList || Array.isArray(node.value)) return node;
  return { value: [node.value], key: node.key, parent: node.parent };
}
