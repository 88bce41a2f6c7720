// A mapping applied to a payload: the elements it is split into, and of each the id, the title and the fields. Pure.
import type { FieldType, JsonValue, Mapping, MappingRow, RowProblem } from '#contract';
import { maxElements } from '../parsing/body-limits.ts';
import { ExactNumber, type PayloadValue, typeOfValue } from '../parsing/payload-value.ts';
import { type CompiledPath, compilePath, type Found, type PathContext } from './compile-path.ts';
import { elementPath } from './element-path.ts';
import { toField, toText, wordFor } from './field-values.ts';
import { SelectionTooLarge } from './path-segments.ts';
import { toJsonCapped } from './to-json.ts';

/** One element of a payload as the mapping sees it. It becomes an item where `externalId` is there. */
export interface MappedElement {
  externalId?: string;
  /** The title; the id where the title's path yields nothing. At most 1,000 characters. */
  title?: string;
  /** True where `title` is only the id, so that a partial payload keeps the title that was there. */
  titleAbsent?: boolean;
  /** By name, typed. A number that a double cannot hold is text, digit for digit. */
  fields: Record<string, JsonValue>;
  /** Names of fields whose path yielded nothing: a partial payload keeps their old value. */
  absent: string[];
  /**
   * What the paths yielded, a letter each for id, title and the fields in order: text, number, boolean, object, list by their first
   * letters, `0` for null, `-` for nothing.
   */
  kinds?: string;
  /** Why there is no id, for people. */
  problem?: string;
  /** By name: why a field's value does not fit its type (the field is null then). */
  fieldProblems?: Record<string, string>;
}

/** A call as a mapping sees it. */
export interface MappingInput {
  value: PayloadValue;
  headers?: readonly (readonly [string, string])[];
  query?: string;
  /** True for XML. */
  singleAsList?: boolean;
}

export interface CompiledField {
  name: string;
  type: FieldType;
  path: CompiledPath;
}

export interface CompiledMapping {
  id: CompiledPath | undefined;
  title: CompiledPath | undefined;
  split: CompiledPath | undefined;
  fields: CompiledField[];
  /** True where a path has a filter or descendants. */
  heavy: boolean;
}

export type CompileMappingResult =
  | { ok: true; compiled: CompiledMapping }
  | { ok: false; rows: MappingRow[] };

const maxIdChars = 1_000;
const maxTitleChars = 1_000;

/** Every row must have a path that can be read; `rows` holds those that have none, with the position of the fault. */
export function compileMapping(mapping: Mapping): CompileMappingResult {
  const { compiled, rows } = compileRows(mapping);
  return rows.length > 0 ? { ok: false, rows } : { ok: true, compiled };
}

/** As far as it goes: what can be compiled, and the rows that cannot. */
export function compileRows(mapping: Mapping): { compiled: CompiledMapping; rows: MappingRow[] } {
  const rows: MappingRow[] = [];
  function compile(row: string, text: string, ifEmpty: string): CompiledPath | undefined {
    const result = compilePath(text);
    if (result.ok) return result.path;
    const problem: RowProblem =
      text.trim() === ''
        ? { code: 'empty', message: ifEmpty }
        : { code: 'syntax', message: result.message, position: result.position };
    rows.push({ row, problem });
    return undefined;
  }

  const id = compile(
    'id',
    mapping.id,
    'id has no path yet. Click the value that is different for every item.',
  );
  const title = compile(
    'title',
    mapping.title,
    'title has no path yet. Click the value that people know the item by.',
  );
  const hasSplit = mapping.split !== undefined && mapping.split.trim() !== '';
  const split = hasSplit ? compile('split', mapping.split ?? '', '') : undefined;
  const fields: CompiledField[] = [];
  const names = new Set<string>();
  for (const [i, field] of (mapping.fields ?? []).entries()) {
    const row = `fields.${i}`;
    const name = field.name.trim();
    if (name === '') {
      rows.push({ row, problem: { code: 'noName', message: 'The field needs a name.' } });
      continue;
    }
    if (names.has(name)) {
      rows.push({
        row,
        problem: { code: 'duplicateName', message: `Another field is named ${name} already.` },
      });
      continue;
    }
    names.add(name);
    const path = compile(row, field.path, `${name} has no path yet. Click a value, or remove the field.`);
    if (path) fields.push({ name, type: field.type, path });
  }
  const heavy = [id, title, split, ...fields.map(({ path }) => path)].some((path) => path?.heavy);
  return { compiled: { id, title, split, fields, heavy }, rows };
}

/**
 * The elements that become items: what the split selects (lists opened), else the entries of a list, else the value itself.
 * @throws SelectionTooLarge above 200,000
 */
export function elementsOf(split: CompiledPath | undefined, input: MappingInput): PayloadValue[] {
  const { value } = input;
  if (!split) return Array.isArray(value) ? value : [value];
  const elements: PayloadValue[] = [];
  for (const found of split.find(value, contextOf(input))) {
    if (!Array.isArray(found.value)) elements.push(found.value);
    else for (const element of found.value) elements.push(element);
    if (elements.length > maxElements) throw new SelectionTooLarge(maxElements);
  }
  return elements;
}

/** One MappedElement for each element, in order; those without an id carry a `problem`. */
export function applyMapping(compiled: CompiledMapping, input: MappingInput): MappedElement[] {
  const toElement = elementMapper(compiled, input);
  return elementsOf(compiled.split, input).map(toElement);
}

/** The mapping of single elements, for callers that go through them in parts. */
export function elementMapper(
  compiled: CompiledMapping,
  input: MappingInput,
): (element: PayloadValue) => MappedElement {
  const context = contextOf(input);
  const relative = (path: CompiledPath) => elementPath(path, compiled.split, Array.isArray(input.value));
  const idPath = compiled.id && relative(compiled.id);
  const titlePath = compiled.title && relative(compiled.title);
  const fields = compiled.fields.map((field) => ({ ...field, path: relative(field.path) }));

  return (element) => {
    const mapped: MappedElement = { fields: Object.create(null) as Record<string, JsonValue>, absent: [] };
    const foundId = idPath?.first(element, context);
    const id = readId(foundId);
    if ('problem' in id) mapped.problem = id.problem;
    else mapped.externalId = id.text;
    const foundTitle = titlePath?.first(element, context);
    const title = readTitle(foundTitle) ?? mapped.externalId;
    if (title !== undefined) mapped.title = title;
    if (titlePath && !foundTitle) mapped.titleAbsent = true;
    let kinds = kindLetter(foundId?.value) + kindLetter(foundTitle?.value);
    for (const { name, type, path } of fields) {
      const found = readField(path, type, element, context);
      kinds += kindLetter(found);
      if (found === undefined) {
        mapped.absent.push(name);
        continue;
      }
      const { value, problem } = toField(found, type);
      mapped.fields[name] = value;
      if (problem !== undefined) {
        mapped.fieldProblems ??= Object.create(null) as Record<string, string>;
        mapped.fieldProblems[name] = problem;
      }
    }
    mapped.kinds = kinds;
    return mapped;
  };
}

function kindLetter(value: PayloadValue | undefined): string {
  if (value === undefined) return '-';
  return value === null ? '0' : typeOfValue(value).charAt(0);
}

/** The value of a field: the first one found; a list of all of them where a list is wanted and several were found. */
export function readField(
  path: CompiledPath,
  type: FieldType,
  element: PayloadValue,
  context: PathContext,
): PayloadValue | undefined {
  if (type !== 'list') return path.first(element, context)?.value;
  const found = path.find(element, context);
  return found.length > 1 ? found.map(({ value }) => value) : found[0]?.value;
}

/** The text that identifies an item, or why a value cannot. Digits of numbers are kept. */
export function readId(
  found: Found | undefined,
): { text: string } | { problem: string; code: RowProblem['code'] } {
  if (!found) return { code: 'nothing', problem: 'The path of the id yields nothing here.' };
  const { value } = found;
  if (value === null || (typeof value === 'object' && !(value instanceof ExactNumber))) {
    return {
      code: 'notAnId',
      problem: `The path of the id yields ${wordFor(value)}. An id is a text or a number.`,
    };
  }
  const text = toText(value) ?? '';
  if (text.trim() === '') return { code: 'notAnId', problem: 'The path of the id yields an empty text.' };
  if (text.length > maxIdChars) {
    return {
      code: 'notAnId',
      problem: `The path of the id yields a text of more than ${maxIdChars} characters.`,
    };
  }
  return { text };
}

function readTitle(found: Found | undefined): string | undefined {
  if (!found || found.value === null || found.value === '') return undefined;
  const { value } = found;
  const isNested = typeof value === 'object' && !(value instanceof ExactNumber);
  const text = isNested ? toJsonCapped(value, maxTitleChars).text : (toText(value) ?? '');
  if (text.trim() === '') return undefined;
  return text.length > maxTitleChars ? `${text.slice(0, maxTitleChars - 1).toWellFormed()}…` : text;
}

export function contextOf(input: MappingInput): PathContext {
  return {
    root: input.value,
    headers: input.headers ?? [],
    query: input.query ?? '',
    singleAsList: input.singleAsList ?? false,
  };
}
