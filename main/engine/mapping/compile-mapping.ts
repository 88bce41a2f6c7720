// A mapping as text to one that can be applied: every path compiled once, every row that cannot be read named. Pure.
import type { FieldType, Mapping, MappingRow, RowProblem } from '#contract';
import { type CompiledPath, compilePath } from './compile-path.ts';
import { type CompiledUnwrap, compileUnwrap } from './unwrap.ts';

/** A path with those that are tried after it, in order. */
export type PathChoice = [CompiledPath, ...CompiledPath[]];

export interface CompiledId {
  paths: PathChoice;
  /** Joined behind the first path's value; all must be there. */
  parts: CompiledPath[];
  separator: string;
}

export interface CompiledField {
  name: string;
  type: FieldType;
  paths: PathChoice;
  absentKeeps: boolean;
  /** Its place in the mapping. */
  index: number;
}

export interface CompiledEvent {
  id?: CompiledPath;
  title?: CompiledPath;
  split?: CompiledPath;
}

export interface CompiledMapping {
  unwrap: CompiledUnwrap[];
  split: CompiledPath | undefined;
  id: CompiledId | undefined;
  title: PathChoice | undefined;
  updatedAt: CompiledPath | undefined;
  fields: CompiledField[];
  titleKeeps: boolean;
  byEvent: ReadonlyMap<string, CompiledEvent>;
  /** True where a path has a filter or descendants. */
  heavy: boolean;
}

export type CompileMappingResult =
  | { ok: true; compiled: CompiledMapping }
  | { ok: false; rows: MappingRow[] };

const defaultSeparator = ':';

/** Every row must have a path that can be read; `rows` holds those that have none, with the position of the fault. */
export function compileMapping(mapping: Mapping): CompileMappingResult {
  const { compiled, rows } = compileRows(mapping);
  return rows.length > 0 ? { ok: false, rows } : { ok: true, compiled };
}

interface CompiledRows {
  compiled: CompiledMapping;
  rows: MappingRow[];
  paths: ReadonlyMap<string, CompiledPath>;
}

/** A history is read with one mapping, which nobody changes meanwhile. */
const remembered = new WeakMap<Mapping, CompiledRows>();

/** As far as it goes: what can be compiled, the rows that cannot, and by row the paths that can. */
export function compileRows(mapping: Mapping): CompiledRows {
  const known = remembered.get(mapping);
  if (known) return known;
  const made = compileAll(mapping);
  remembered.set(mapping, made);
  return made;
}

function compileAll(mapping: Mapping): CompiledRows {
  const rows: MappingRow[] = [];
  const paths = new Map<string, CompiledPath>();
  let heavy = false;

  function compile(row: string, text: string, ifEmpty: string): CompiledPath | undefined {
    const result = compilePath(text);
    if (result.ok) {
      heavy ||= result.path.heavy;
      paths.set(row, result.path);
      return result.path;
    }
    const problem: RowProblem =
      text.trim() === ''
        ? { code: 'empty', message: ifEmpty }
        : { code: 'syntax', message: result.message, position: result.position };
    rows.push({ row, problem });
    return undefined;
  }
  const compileMore = (row: string, texts: readonly string[] | undefined) =>
    (texts ?? []).flatMap(
      (text, i) => compile(`${row}.${i}`, text, 'This path is empty. Fill it in, or remove it.') ?? [],
    );
  const hasText = (text: string | undefined): text is string => text !== undefined && text.trim() !== '';

  const unwrapping = compileUnwrap(mapping.unwrap ?? []);
  rows.push(...unwrapping.rows);
  heavy ||= unwrapping.compiled.some(({ path }) => path.heavy);

  const id = compile(
    'id',
    mapping.id,
    'id has no path yet. Click the value that is different for every item.',
  );
  const idFallbacks = compileMore('idFallbacks', mapping.idFallbacks);
  const parts = compileMore('idParts', mapping.idParts);
  const title = compile(
    'title',
    mapping.title,
    'title has no path yet. Click the value that people know the item by.',
  );
  const titleFallbacks = compileMore('titleFallbacks', mapping.titleFallbacks);
  const split = hasText(mapping.split) ? compile('split', mapping.split, '') : undefined;
  const updatedAt = hasText(mapping.updatedAt) ? compile('updatedAt', mapping.updatedAt, '') : undefined;

  const absentKeeps = mapping.absentKeeps ?? true;
  const fields: CompiledField[] = [];
  const names = new Set<string>();
  for (const [index, field] of (mapping.fields ?? []).entries()) {
    const row = `fields.${index}`;
    const name = field.name.trim();
    if (name === '') {
      rows.push({ row, problem: { code: 'noName', message: 'The field needs a name.' } });
      continue;
    }
    if (names.has(name)) {
      const message = `Another field is named ${name} already.`;
      rows.push({ row, problem: { code: 'duplicateName', message } });
      continue;
    }
    names.add(name);
    const path = compile(row, field.path, `${name} has no path yet. Click a value, or remove the field.`);
    const fallbacks = compileMore(`${row}.fallbacks`, field.fallbacks);
    if (!path) continue;
    fields.push({
      name,
      type: field.type,
      paths: [path, ...fallbacks],
      absentKeeps: field.absentKeeps ?? absentKeeps,
      index,
    });
  }

  const byEvent = new Map<string, CompiledEvent>();
  for (const [eventType, rules] of Object.entries(mapping.byEvent ?? {})) {
    const event: CompiledEvent = {};
    for (const name of ['id', 'title', 'split'] as const) {
      const text = rules[name];
      const path = hasText(text) ? compile(`byEvent.${eventType}.${name}`, text, '') : undefined;
      if (path) event[name] = path;
    }
    byEvent.set(eventType, event);
  }

  return {
    compiled: {
      unwrap: unwrapping.compiled,
      split,
      id: id && {
        paths: [id, ...idFallbacks],
        parts,
        separator: mapping.idSeparator ?? defaultSeparator,
      },
      title: title && [title, ...titleFallbacks],
      updatedAt,
      fields,
      titleKeeps: absentKeeps,
      byEvent,
      heavy,
    },
    rows,
    paths,
  };
}

/** The mapping that holds for calls of one event type. */
export function forEvent(compiled: CompiledMapping, eventType: string | undefined): CompiledMapping {
  const event = eventType === undefined ? undefined : compiled.byEvent.get(eventType);
  if (!event) return compiled;
  return {
    ...compiled,
    ...(event.id && { id: { paths: [event.id], parts: [], separator: '' } }),
    ...(event.title && { title: [event.title] }),
    ...(event.split && { split: event.split }),
  };
}
