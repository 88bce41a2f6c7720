// A click on a value gives its path from the top of the payload, but rows of a mapping are read from each element.
// This lets both work: `[0].id` over a list, or `events[0].id` under the split `$.events[*]`, mean the `id` of each element.

import type { PayloadValue } from '../parsing/payload-value.ts';
import type { CompiledPath, PathContext } from './compile-path.ts';
import { pathOf, type Segment, type Selector, walkSegments } from './path-segments.ts';

/**
 * The path as it is applied to an element. First as it stands; where that finds nothing and it begins with the way to the
 * elements, without that beginning.
 * @param listBody true where the payload is a list whose entries are the elements
 */
export function elementPath(
  path: CompiledPath,
  split: CompiledPath | undefined,
  listBody: boolean,
): CompiledPath {
  if (path.source !== 'body') return path;
  const rest = split
    ? restBehind(path.segments, split)
    : listBody
      ? restBehindIndex(path.segments)
      : undefined;
  if (!rest) return path;
  function nodes(value: PayloadValue, context: PathContext) {
    return walkSegments(rest ?? [], value, { root: value, singleAsList: context.singleAsList ?? false });
  }
  return {
    ...path,
    find(value, context = {}) {
      const found = path.find(value, context);
      if (found.length > 0) return found;
      return nodes(value, context).map((node) => ({ value: node.value, path: pathOf(node) }));
    },
    first(value, context = {}) {
      const found = path.first(value, context);
      if (found) return found;
      const [node] = nodes(value, context);
      return node && { value: node.value, path: pathOf(node) };
    },
  };
}

function restBehindIndex(segments: readonly Segment[]): readonly Segment[] | undefined {
  return isOneOfMany(segments[0]) ? segments.slice(1) : undefined;
}

function restBehind(segments: readonly Segment[], split: CompiledPath): readonly Segment[] | undefined {
  if (split.source === 'headers' || split.source === 'query') return undefined;
  let at = 0;
  for (const splitSegment of split.segments) {
    const segment = segments[at];
    if (!segment || !goesAlong(segment, splitSegment)) return undefined;
    at++;
  }
  // A split that ends at the list itself: the entries are the elements.
  if (!isOneOfMany(split.segments.at(-1)) && isOneOfMany(segments[at])) at++;
  return at > 0 ? segments.slice(at) : undefined;
}

function goesAlong(segment: Segment, splitSegment: Segment): boolean {
  const [own] = segment.selectors;
  const [wanted] = splitSegment.selectors;
  if (!own || !wanted || segment.descendant || splitSegment.descendant) return false;
  if (isOneOfMany(splitSegment)) return isOneOfMany(segment);
  return nameOf(own) !== undefined && nameOf(own) === nameOf(wanted) && splitSegment.selectors.length === 1;
}

/** An index, `[*]`, a slice or a filter: any of them picks from a list. */
function isOneOfMany(segment: Segment | undefined): boolean {
  if (!segment || segment.descendant) return false;
  return segment.selectors.every(({ kind }) => kind !== 'name');
}

function nameOf(selector: Selector): string | undefined {
  return selector.kind === 'name' || selector.kind === 'nameOrIndex' ? selector.name : undefined;
}
