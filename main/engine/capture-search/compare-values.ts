// How two payloads differ: by keys, whatever their order; numbers by their digits; lists element by element along what they share. Pure and
// bound: what is the same is one row, and rows end at a limit.
import type { Comparison, DifferenceKind, DifferenceRow } from '#contract';
import { compilePath } from '../mapping/compile-path.ts';
import { formatPath } from '../mapping/dotted-path.ts';
import { equalValues } from '../mapping/exact-compare.ts';
import type { PathKey } from '../mapping/path-segments.ts';
import { toJson, toJsonCapped } from '../mapping/to-json.ts';
import { isPayloadObject, type PayloadValue, typeOfValue } from '../parsing/payload-value.ts';

const mostRows = 5_000;
const shownChars = 1_000;
/** Longer lists are compared index by index: finding what they share takes the product of their lengths. */
const longestAligned = 1_000;

export interface ComparedValues {
  left: PayloadValue;
  right: PayloadValue;
  leftHeaders: readonly (readonly [string, string])[];
  rightHeaders: readonly (readonly [string, string])[];
}

/** @param ignore JSONPath or dotted paths, and `header:name` */
export function compareValues(values: ComparedValues, ignore: readonly string[]): Comparison {
  const rows: DifferenceRow[] = [];
  let differences = 0;
  let ignored = 0;
  let cut = false;
  const ignoredPaths = [ignoredIn(values.left, ignore), ignoredIn(values.right, ignore)];
  const isIgnored = (path: string) => ignoredPaths.some((paths) => paths.has(path));

  function put(row: DifferenceRow): void {
    if (rows.length < mostRows) rows.push(row);
    else cut = true;
  }

  function shown(value: PayloadValue): { text: string; size?: number } {
    const { text, cut: isLong } = toJsonCapped(value, shownChars);
    const size = Array.isArray(value)
      ? value.length
      : isPayloadObject(value)
        ? Object.keys(value).length
        : undefined;
    return { text: isLong ? `${text}…` : text, ...(size !== undefined && { size }) };
  }

  function frameOf(value: PayloadValue): { text: string; size?: number } {
    const size = Array.isArray(value) ? value.length : isPayloadObject(value) ? Object.keys(value).length : 0;
    return size > 0 ? { text: Array.isArray(value) ? '[…]' : '{…}', size } : shown(value);
  }

  function whole(
    kind: DifferenceKind,
    path: PathKey[],
    left: PayloadValue | undefined,
    right: PayloadValue | undefined,
  ): void {
    const text = pathText(path);
    const counted = kind !== 'same' && isIgnored(text) ? 'ignored' : kind;
    if (counted === 'ignored') ignored += 1;
    else if (counted !== 'same') differences += 1;
    const value = left ?? right ?? null;
    // What is the same on both sides is told by its size: thousands of such texts would be megabytes that nobody reads.
    const show = kind === 'same' ? frameOf : shown;
    const [leftShown, rightShown] = [
      left === undefined ? undefined : show(left),
      right === undefined ? undefined : show(right),
    ];
    const size = leftShown?.size ?? rightShown?.size;
    put({
      kind: counted,
      depth: path.length,
      ...keyOf(path),
      path: text,
      part: 'value',
      type: typeOfValue(value),
      ...(leftShown && { left: leftShown.text }),
      ...(rightShown && { right: rightShown.text }),
      ...(size !== undefined && { size }),
    });
  }

  function compare(left: PayloadValue, right: PayloadValue, path: PathKey[]): void {
    if (equalValues(left, right)) {
      whole('same', path, left, right);
      return;
    }
    const areObjects = isPayloadObject(left) && isPayloadObject(right);
    const areLists = Array.isArray(left) && Array.isArray(right);
    if ((!areObjects && !areLists) || isIgnored(pathText(path))) {
      whole('changed', path, left, right);
      return;
    }
    const brackets = areLists ? ['[', ']'] : ['{', '}'];
    const frame = {
      kind: 'same' as const,
      depth: path.length,
      path: pathText(path),
      type: areLists ? ('list' as const) : ('object' as const),
    };
    put({ ...frame, ...keyOf(path), part: 'open', left: brackets[0], right: brackets[0] });
    if (areLists) compareLists(left, right, path);
    else if (areObjects) {
      for (const key of Object.keys(left)) {
        const inner = left[key] as PayloadValue;
        if (Object.hasOwn(right, key)) compare(inner, right[key] as PayloadValue, [...path, key]);
        else whole('removed', [...path, key], inner, undefined);
      }
      for (const key of Object.keys(right)) {
        if (!Object.hasOwn(left, key)) whole('added', [...path, key], undefined, right[key] as PayloadValue);
      }
    }
    put({ ...frame, part: 'close', left: brackets[1], right: brackets[1] });
  }

  /** Elements that both lists share keep them aligned; between two of those, elements are paired in order. */
  function compareLists(left: PayloadValue[], right: PayloadValue[], path: PathKey[]): void {
    const anchors =
      left.length <= longestAligned && right.length <= longestAligned ? sharedElements(left, right) : [];
    let [l, r] = [0, 0];
    for (const [nextLeft, nextRight] of [...anchors, [left.length, right.length] as const]) {
      while (l < nextLeft && r < nextRight)
        compare(left[l++] as PayloadValue, right[r++] as PayloadValue, [...path, l - 1]);
      for (; l < nextLeft; l += 1) whole('removed', [...path, l], left[l], undefined);
      for (; r < nextRight; r += 1) whole('added', [...path, r], undefined, right[r]);
      if (l < left.length && r < right.length) whole('same', [...path, l++], left[l - 1], right[r++]);
    }
  }

  compare(values.left, values.right, []);
  const headers = compareHeaders(values, ignore);
  return {
    rows,
    differences,
    ignored: ignored + headers.filter(({ kind }) => kind === 'ignored').length,
    cut,
    headers,
    headerDifferences: headers.filter(({ kind }) => kind !== 'same' && kind !== 'ignored').length,
  };
}

function pathText(path: readonly PathKey[]): string {
  return path.length === 0 ? '$' : formatPath([...path]);
}

function keyOf(path: readonly PathKey[]): { key?: string } {
  const last = path.at(-1);
  return last === undefined ? {} : { key: String(last) };
}

function ignoredIn(value: PayloadValue, ignore: readonly string[]): Set<string> {
  const paths = new Set<string>();
  for (const text of ignore) {
    if (text.startsWith('header:')) continue;
    const compiled = compilePath(text);
    if (!compiled.ok || compiled.path.source !== 'body') continue;
    for (const { path } of compiled.path.find(value)) paths.add(pathText(path));
  }
  return paths;
}

/** Indexes of a longest common subsequence, in order. Elements are told apart by their canonical text. */
function sharedElements(left: PayloadValue[], right: PayloadValue[]): [number, number][] {
  const texts = new Map<string, number>();
  const numberOf = (value: PayloadValue) => {
    const text = canonical(value);
    const known = texts.get(text) ?? texts.size;
    texts.set(text, known);
    return known;
  };
  const [a, b] = [left.map(numberOf), right.map(numberOf)];
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] =
        a[i] === b[j]
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
    }
  }
  const shared: [number, number][] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) shared.push([i++, j++]);
    else if ((lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0)) i += 1;
    else j += 1;
  }
  return shared;
}

/** The same text for values that differ in the order of keys only. */
function canonical(value: PayloadValue): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isPayloadObject(value)) return toJson(value);
  return `{${Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key] as PayloadValue)}`)
    .join(',')}}`;
}

/** By name, whatever its case. @param ignore `header:name`; anything else is passed over */
export function compareHeaders(
  values: Pick<ComparedValues, 'leftHeaders' | 'rightHeaders'>,
  ignore: readonly string[],
): Comparison['headers'] {
  const ignored = new Set(
    ignore
      .filter((text) => text.startsWith('header:'))
      .map((text) => text.slice('header:'.length).toLowerCase()),
  );
  const [left, right] = [grouped(values.leftHeaders), grouped(values.rightHeaders)];
  const names = [...left.keys(), ...[...right.keys()].filter((name) => !left.has(name))];
  return names.map((name) => {
    const [a, b] = [left.get(name), right.get(name)];
    const kind =
      a === b
        ? 'same'
        : ignored.has(name)
          ? 'ignored'
          : a === undefined
            ? 'added'
            : b === undefined
              ? 'removed'
              : 'changed';
    return { kind, name, ...(a !== undefined && { left: a }), ...(b !== undefined && { right: b }) };
  });
}

/** By name in lower case, in the order of their first; several values one a line. */
function grouped(headers: readonly (readonly [string, string])[]): Map<string, string> {
  const all = new Map<string, string>();
  for (const [name, value] of headers) {
    const before = all.get(name.toLowerCase());
    all.set(name.toLowerCase(), before === undefined ? value : `${before}\n${value}`);
  }
  return all;
}
