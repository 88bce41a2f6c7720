// A list or an object of texts as rows, and back to what its input holds. Two rows of one name stand in the text too, so that nothing typed is lost
// while it is mended; `hasNameTwice` finds them. Pure.
export interface Row {
  /** Empty in lists. */
  name: string;
  value: string;
}

const separator = '\u001f';
const unfinished = 'rows';

/** Undefined where the value is no list or object of texts alone. Nothing typed gives no rows. */
export function rowsOf(typed: string, kind: 'list' | 'object'): Row[] | undefined {
  if (typed === '') return [];
  if (typed.startsWith(unfinished + separator)) {
    const parts = typed.split(separator).slice(1);
    return Array.from({ length: parts.length / 2 }, (_, at) => ({
      name: parts[at * 2] ?? '',
      value: parts[at * 2 + 1] ?? '',
    }));
  }
  let value: unknown;
  try {
    value = JSON.parse(typed);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  if (kind === 'list') {
    if (!Array.isArray(value) || !value.every((each) => typeof each === 'string')) return undefined;
    return value.map((each) => ({ name: '', value: each }));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value);
  if (!entries.every(([, each]) => typeof each === 'string')) return undefined;
  return entries.map(([name, each]) => ({ name, value: each as string }));
}

/** An empty list or object is the empty input: no value. */
export function typedRows(rows: readonly Row[], kind: 'list' | 'object'): string {
  if (rows.length === 0) return '';
  if (kind === 'list') return JSON.stringify(rows.map(({ value }) => value));
  if (new Set(rows.map(({ name }) => name)).size < rows.length || hasIndexName(rows)) {
    return [unfinished, ...rows.flatMap(({ name, value }) => [name, value])].join(separator);
  }
  return JSON.stringify(Object.fromEntries(rows.map(({ name, value }) => [name, value])));
}

/** JavaScript moves such names to the front: rows would jump while they are typed. */
const hasIndexName = (rows: readonly Row[]) => rows.some(({ name }) => /^\d+$/.test(name));

/** The object of unfinished rows, or undefined where a name stands twice. */
export function objectOfRows(typed: string): Record<string, string> | 'twice' | undefined {
  if (!typed.startsWith(unfinished + separator)) return undefined;
  const rows = rowsOf(typed, 'object') ?? [];
  if (new Set(rows.map(({ name }) => name)).size < rows.length) return 'twice';
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}
