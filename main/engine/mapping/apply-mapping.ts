// A mapping applied to a payload: the elements it is split into, and of each the id, the title and the fields. Pure.
import type { FieldType, JsonValue, RowProblem } from '#contract';
import { maxElements } from '../parsing/body-limits.ts';
import { ExactNumber, type PayloadValue, typeOfValue } from '../parsing/payload-value.ts';
import { type CompiledId, type CompiledMapping, forEvent, type PathChoice } from './compile-mapping.ts';
import type { CompiledPath, Found, PathContext } from './compile-path.ts';
import { toDateText } from './date-text.ts';
import { elementPath } from './element-path.ts';
import { toField, toText, wordFor } from './field-values.ts';
import { firstOf } from './first-of.ts';
import { SelectionTooLarge } from './path-segments.ts';
import { toJsonCapped } from './to-json.ts';
import { type Unwrapped, unwrap } from './unwrap.ts';

/** One element of a payload as the mapping sees it. It becomes an item where `externalId` is there. */
export interface MappedElement {
  externalId?: string;
  /** The title; the id where the title's path yields nothing. At most 1,000 characters. */
  title?: string;
  /** True where `title` is only the id, so that a partial payload keeps the title that was there. */
  titleAbsent?: boolean;
  /** By name, typed. A number that a double cannot hold is text, digit for digit. */
  fields: Record<string, JsonValue>;
  /** Names of fields whose path yielded nothing and that keep their old value. */
  absent: string[];
  /**
   * What the paths yielded, a letter each for id, title and the fields in order: text, number, boolean, object, list by their first
   * letters, `0` for null, `-` for nothing.
   */
  kinds?: string;
  /** When the sender changed it, in milliseconds since 1970. */
  changedAt?: number;
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
  eventType?: string | undefined;
  /** True for XML. */
  singleAsList?: boolean;
}

const maxIdChars = 1_000;
const maxTitleChars = 1_000;

/** The mapping that holds for this call, and the call with its wrapped texts opened. */
export function prepare(
  compiled: CompiledMapping,
  input: MappingInput,
): { mapping: CompiledMapping; input: MappingInput; unwrapped: Unwrapped['steps'] } {
  const mapping = forEvent(compiled, input.eventType);
  if (mapping.unwrap.length === 0) return { mapping, input, unwrapped: [] };
  const { value, steps } = unwrap(mapping.unwrap, input.value, contextOf(input));
  return { mapping, input: { ...input, value }, unwrapped: steps };
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
export function applyMapping(compiled: CompiledMapping, received: MappingInput): MappedElement[] {
  const { mapping, input } = prepare(compiled, received);
  return elementsOf(mapping.split, input).map(elementMapper(mapping, input));
}

/** Of single elements; both as `prepare` gives them. */
export function elementMapper(
  compiled: CompiledMapping,
  input: MappingInput,
): (element: PayloadValue) => MappedElement {
  const context = contextOf(input);
  const { relative, choose } = relativePaths(compiled, input);
  const id = compiled.id && idReader(compiled.id, relative, choose);
  const idPath = compiled.id && choose(compiled.id.paths);
  const titlePath = compiled.title && choose(compiled.title);
  const changedPath = compiled.updatedAt && relative(compiled.updatedAt);
  const fields = compiled.fields.map((field) => ({ ...field, path: choose(field.paths) }));

  return (element) => {
    const mapped: MappedElement = { fields: Object.create(null) as Record<string, JsonValue>, absent: [] };
    const readingId = id ? id(element, context) : readId(undefined);
    if ('problem' in readingId) mapped.problem = readingId.problem;
    else mapped.externalId = readingId.text;
    const foundTitle = titlePath?.first(element, context);
    const title = readTitle(foundTitle) ?? mapped.externalId;
    if (title !== undefined) mapped.title = title;
    if (titlePath && !foundTitle && compiled.titleKeeps) mapped.titleAbsent = true;
    const changedAt = toMoment(changedPath?.first(element, context)?.value);
    if (changedAt !== undefined) mapped.changedAt = changedAt;
    let kinds = kindLetter(idPath?.first(element, context)?.value) + kindLetter(foundTitle?.value);
    for (const { name, type, path, absentKeeps } of fields) {
      const found = readField(path, type, element, context);
      kinds += kindLetter(found);
      if (found === undefined) {
        if (absentKeeps) mapped.absent.push(name);
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

/** Paths as they are applied to an element, and the first that yields a value of several. */
export function relativePaths(
  { split }: CompiledMapping,
  input: MappingInput,
): { relative(path: CompiledPath): CompiledPath; choose(paths: PathChoice): CompiledPath } {
  const relative = (path: CompiledPath) => elementPath(path, split, Array.isArray(input.value));
  return {
    relative,
    choose: ([own, ...others]) => firstOf([relative(own), ...others.map(relative)]),
  };
}

type ReadId = { text: string } | { problem: string; code: RowProblem['code'] };

/** A composite id needs all its parts; where one is missing, the fallbacks are tried. */
export function idReader(
  { paths: [own, ...others], parts, separator }: CompiledId,
  relative: (path: CompiledPath) => CompiledPath,
  choose: (paths: PathChoice) => CompiledPath,
): (element: PayloadValue, context: PathContext) => ReadId {
  if (parts.length === 0) {
    const path = choose([own, ...others]);
    return (element, context) => readId(path.first(element, context));
  }
  const joined = [own, ...parts].map(relative);
  const fallbacks = others.map(relative);
  return (element, context) => {
    const read = joined.map((path) => readId(path.first(element, context)));
    const lacking = read.find((part) => 'problem' in part);
    if (!lacking) {
      const text = read.map((part) => ('text' in part ? part.text : '')).join(separator);
      return text.length > maxIdChars ? tooLong() : { text };
    }
    for (const path of fallbacks) {
      const fallback = readId(path.first(element, context));
      if ('text' in fallback) return fallback;
    }
    return lacking;
  };
}

/** Milliseconds since 1970 of any date that we know; without an offset it is taken as UTC. */
function toMoment(value: PayloadValue | undefined): number | undefined {
  const text = value === undefined ? undefined : toDateText(value);
  if (text === undefined) return undefined;
  const at = Date.parse(/T.*(Z|[+-]\d{2}:\d{2})$|^[^T]*$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(at) ? undefined : at;
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
export function readId(found: Found | undefined): ReadId {
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
  return text.length > maxIdChars ? tooLong() : { text };
}

function tooLong(): ReadId {
  const problem = `The path of the id yields a text of more than ${maxIdChars} characters.`;
  return { code: 'notAnId', problem };
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
