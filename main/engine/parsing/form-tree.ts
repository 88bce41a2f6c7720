// Names with brackets to a tree: data[merges][FNAME], a[], a[0][b]. Used by forms and by multipart bodies.
// Nothing is lost: names that do not fit together are kept side by side and noted.
import { maxDepth, maxKeys, tooDeep, tooManyKeys } from './body-limits.ts';
import { emptyPayloadObject, type PayloadObject, type PayloadValue } from './payload-value.ts';

interface FormNode {
  values: PayloadValue[];
  children: Map<string, FormNode>;
  /** The index that the next `[]` takes. */
  nextIndex: number;
}

/** Collects fields in order; `value()` gives the object, `notes` what had to be settled. */
export function createFormTree() {
  const root = newNode();
  const notes = new Set<string>();
  let fields = 0;

  /** @throws BodyFault 422 tooManyKeys, tooDeep */
  function add(name: string, value: PayloadValue): void {
    if (++fields > maxKeys) throw tooManyKeys();
    const path = readName(name);
    if (path.length > maxDepth) throw tooDeep();
    let node = root;
    for (const [i, key] of path.entries()) {
      node = key === undefined ? appended(node, path.slice(i + 1)) : child(node, key);
    }
    node.values.push(value);
  }

  return { add, value: () => objectOf(root, notes), notes };
}

function newNode(): FormNode {
  return { values: [], children: new Map(), nextIndex: 0 };
}

/** `a[b][]` is ['a', 'b', undefined]. A name whose brackets do not match is one key as it stands. */
function readName(name: string): (string | undefined)[] {
  const match = /^([^[\]]+)((?:\[[^[\]]*\])+)$/.exec(name);
  if (!match) return [name];
  const [, head = '', brackets = ''] = match;
  const keys = brackets.slice(1, -1).split('][');
  return [head, ...keys.map((key) => (key === '' ? undefined : key))];
}

function child(node: FormNode, key: string): FormNode {
  let found = node.children.get(key);
  if (!found) {
    found = newNode();
    node.children.set(key, found);
    if (isIndex(key)) node.nextIndex = Math.max(node.nextIndex, Number(key) + 1);
  }
  return found;
}

/** `a[][id]` goes on with the last element until that has an id already; then, and for `a[]`, a new element starts. */
function appended(node: FormNode, rest: (string | undefined)[]): FormNode {
  const last = node.children.get(String(node.nextIndex - 1));
  if (last && rest.length > 0 && last.values.length === 0 && !isTaken(last, rest)) return last;
  return child(node, String(node.nextIndex));
}

function isTaken(node: FormNode, path: (string | undefined)[]): boolean {
  let at: FormNode | undefined = node;
  for (const key of path) {
    if (key === undefined) return false;
    at = at.children.get(key);
    if (!at) return false;
  }
  return at.values.length > 0;
}

function nodeValue(node: FormNode, notes: Set<string>): PayloadValue {
  const { values, children } = node;
  if (children.size === 0) return values.length === 1 ? (values[0] as PayloadValue) : values;
  const list = listOf(node, notes);
  if (values.length > 0) {
    notes.add('A field came both as a plain value and with brackets; both are kept.');
    if (list) return [...values, ...list];
  }
  return list ?? objectOf(node, notes);
}

/** The children as a list where their keys are 0, 1, 2, … without a gap. */
function listOf(node: FormNode, notes: Set<string>): PayloadValue[] | undefined {
  const { children } = node;
  const elements: PayloadValue[] = [];
  for (let i = 0; i < children.size; i++) {
    if (!children.has(String(i))) return undefined;
  }
  for (let i = 0; i < children.size; i++) {
    elements.push(nodeValue(children.get(String(i)) as FormNode, notes));
  }
  return elements;
}

function objectOf(node: FormNode, notes: Set<string>): PayloadObject {
  const object = emptyPayloadObject();
  // No bracket can hold the empty key, so it is free for the plain value of a field that has brackets too.
  if (node.values.length > 0)
    object[''] = node.values.length === 1 ? (node.values[0] as PayloadValue) : node.values;
  for (const [key, inner] of node.children) object[key] = nodeValue(inner, notes);
  return object;
}

function isIndex(key: string): boolean {
  return /^(0|[1-9]\d{0,14})$/.test(key);
}
