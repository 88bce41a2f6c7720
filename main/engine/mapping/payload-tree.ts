// A payload as rows of a tree, fetched parent by parent. Each row has the path that a click puts into the mapping.
import type { PayloadNode } from '#contract';
import { isPayloadObject, type PayloadValue } from '../parsing/payload-value.ts';
import { compilePath } from './compile-path.ts';
import { appendKey, formatPath } from './dotted-path.ts';
import type { PathKey } from './path-segments.ts';
import { shownValue } from './shown-value.ts';

/** Characters of an object or a list that stand in its own row. */
const maxNestedChars = 120;

export function rootNode(value: PayloadValue): PayloadNode {
  return nodeOf('', '$', value);
}

/**
 * The children from `offset` on, at most `limit`, and how many there are. For lists the work is bound by `limit`.
 * Undefined where the path cannot be read or leads nowhere.
 */
export function childNodes(
  value: PayloadValue,
  pathText: string,
  offset: number,
  limit: number,
): { nodes: PayloadNode[]; total: number } | undefined {
  const compiled = compilePath(pathText);
  if (!compiled.ok || compiled.path.heavy) return undefined;
  const found = compiled.path.first(value);
  if (!found) return undefined;
  const parent = found.value;
  const parentText = found.path.length === 0 ? '' : formatPath(found.path);
  const child = (key: PathKey, inner: PayloadValue) => nodeOf(String(key), appendKey(parentText, key), inner);
  if (Array.isArray(parent)) {
    const nodes = parent.slice(offset, offset + limit).map((inner, i) => child(offset + i, inner));
    return { nodes, total: parent.length };
  }
  if (!isPayloadObject(parent)) return { nodes: [], total: 0 };
  const keys = Object.keys(parent);
  const nodes = keys.slice(offset, offset + limit).map((key) => child(key, parent[key] as PayloadValue));
  return { nodes, total: keys.length };
}

function nodeOf(key: string, path: string, value: PayloadValue): PayloadNode {
  const isList = Array.isArray(value);
  const isObject = isPayloadObject(value);
  const shown = shownValue(value, isList || isObject ? maxNestedChars : undefined);
  const size = isList ? value.length : isObject ? Object.keys(value).length : 0;
  return { key, path, ...shown, size };
}
