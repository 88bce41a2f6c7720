// What a mapping (a half-typed one too) yields on one call: every row with its value or its problem, and the first items. Pure.
import type { Mapping, MappingRow, PreviewItem } from '#contract';
import type { PayloadValue } from '../parsing/payload-value.ts';
import {
  contextOf,
  elementMapper,
  elementsOf,
  idReader,
  type MappedElement,
  type MappingInput,
  prepare,
  readField,
  readId,
  relativePaths,
} from './apply-mapping.ts';
import { type CompiledField, type CompiledMapping, compileRows } from './compile-mapping.ts';
import type { CompiledPath } from './compile-path.ts';
import { toField } from './field-values.ts';
import { shownField, shownValue } from './shown-value.ts';
import type { Unwrapped } from './unwrap.ts';

export interface MappingPreview {
  /** The first 20 items. */
  items: PreviewItem[];
  itemCount: number;
  /** Every row of the mapping, in this order: unwrap, id, title, split, updatedAt, fields, event types. */
  rows: MappingRow[];
}

const maxItems = 20;

/** Without `input` (no call has come yet) only the rows that cannot be read have something to say. */
export function previewMapping(mapping: Mapping, received: MappingInput | undefined): MappingPreview {
  const { compiled, rows: broken, paths } = compileRows(mapping);
  const names = rowNames(mapping);
  const faultOf = (row: string) => broken.find((found) => found.row === row);
  if (!received) return { items: [], itemCount: 0, rows: names.map((row) => faultOf(row) ?? { row }) };
  const { mapping: applied, input, unwrapped } = prepare(compiled, received);
  const splitRowName = compiled.byEvent.get(input.eventType ?? '')?.split
    ? `byEvent.${input.eventType}.split`
    : 'split';
  const elements = faultOf(splitRowName) ? [] : elementsOf(applied.split, input);
  const readRow = rowReader(compiled, paths, applied, input, elements, unwrapped);
  const toElement = elementMapper(applied, input);
  return {
    items: elements.slice(0, maxItems).map((element) => previewItem(toElement(element), compiled)),
    itemCount: elements.length,
    rows: names.map((row) => faultOf(row) ?? readRow(row)),
  };
}

function rowNames(mapping: Mapping): string[] {
  const hasText = (text: string | undefined) => text !== undefined && text.trim() !== '';
  const listed = (name: string, list: readonly unknown[] | undefined) =>
    (list ?? []).map((_entry, i) => `${name}.${i}`);
  return [
    ...listed('unwrap', mapping.unwrap),
    'id',
    ...listed('idFallbacks', mapping.idFallbacks),
    ...listed('idParts', mapping.idParts),
    'title',
    ...listed('titleFallbacks', mapping.titleFallbacks),
    ...(hasText(mapping.split) ? ['split'] : []),
    ...(hasText(mapping.updatedAt) ? ['updatedAt'] : []),
    ...(mapping.fields ?? []).flatMap((field, i) => [
      `fields.${i}`,
      ...listed(`fields.${i}.fallbacks`, field.fallbacks),
    ]),
    ...Object.entries(mapping.byEvent ?? {}).flatMap(([eventType, rules]) =>
      (['id', 'title', 'split'] as const)
        .filter((name) => hasText(rules[name]))
        .map((name) => `byEvent.${eventType}.${name}`),
    ),
  ];
}

/** Reads one row, of which the path is known to compile, on the first element. */
function rowReader(
  compiled: CompiledMapping,
  paths: ReadonlyMap<string, CompiledPath>,
  applied: CompiledMapping,
  input: MappingInput,
  elements: readonly PayloadValue[],
  unwrapped: Unwrapped['steps'],
): (row: string) => MappingRow {
  const [first] = elements;
  const context = contextOf(input);
  const { relative, choose } = relativePaths(applied, input);
  const event = compiled.byEvent.get(input.eventType ?? '');
  const valueAt = (path: CompiledPath | undefined) =>
    first === undefined || !path ? undefined : relative(path).first(first, context);

  function plainRow(row: string, path: CompiledPath | undefined, mayBeMissing: boolean): MappingRow {
    const found = valueAt(path);
    if (found) return { row, value: shownValue(found.value) };
    return mayBeMissing ? { row } : nothingAt(row);
  }

  function idRow(row: string): MappingRow {
    if (!compiled.id || first === undefined) return nothingAt(row);
    // This event type has a path of its own: the general one is shown, but not missed.
    if (event?.id) return plainRow(row, compiled.id.paths[0], true);
    const found = choose(compiled.id.paths).first(first, context);
    const read = idReader(compiled.id, relative, choose)(first, context);
    if ('text' in read && compiled.id.parts.length > 0) return { row, value: shownValue(read.text) };
    if ('problem' in read && read.code === 'nothing') return nothingAt(row);
    const value = found && { value: shownValue(found.value) };
    if ('text' in read) return { row, ...value };
    return { row, ...value, problem: { code: read.code, message: read.problem } };
  }

  function eventRow(row: string): MappingRow {
    const at = row.lastIndexOf('.');
    const eventType = row.slice('byEvent.'.length, at);
    const name = row.slice(at + 1);
    if (eventType !== input.eventType) return { row };
    if (name === 'split') return splitRow(row, elements);
    const path = name === 'id' ? event?.id : event?.title;
    const found = valueAt(path);
    if (!found) return nothingAt(row);
    const read = name === 'id' ? readId(found) : undefined;
    const value = shownValue(found.value);
    return read && 'problem' in read
      ? { row, value, problem: { code: read.code, message: read.problem } }
      : { row, value };
  }

  return (row) => {
    const [subject, index, , nested] = row.split('.');
    const at = Number(index);
    if (subject === 'unwrap') return unwrapRow(row, unwrapped);
    if (subject === 'id') return idRow(row);
    if (subject === 'idFallbacks') return plainRow(row, paths.get(row), true);
    if (subject === 'idParts') return plainRow(row, paths.get(row), false);
    if (subject === 'title') {
      const path = event?.title ? compiled.title?.[0] : compiled.title && choose(compiled.title);
      const found = first === undefined ? undefined : path?.first(first, context);
      if (found) return { row, value: shownValue(found.value) };
      return event?.title ? { row } : nothingAt(row);
    }
    if (subject === 'titleFallbacks') return plainRow(row, paths.get(row), true);
    if (subject === 'split') return event?.split ? { row } : splitRow(row, elements);
    if (subject === 'updatedAt') return plainRow(row, paths.get(row), false);
    if (subject === 'byEvent') return eventRow(row);
    const field = compiled.fields.find((candidate) => candidate.index === at);
    if (nested !== undefined) return plainRow(row, paths.get(row), true);
    return field ? fieldRow(row, field, choose(field.paths), first, input) : { row };
  };
}

function splitRow(row: string, elements: readonly PayloadValue[]): MappingRow {
  if (elements.length > 0) return { row, value: shownValue([...elements]) };
  return { row, problem: { code: 'nothing', message: 'The split selects nothing in this call.' } };
}

function unwrapRow(row: string, unwrapped: Unwrapped['steps']): MappingRow {
  const step = unwrapped.find((candidate) => candidate.row === row);
  if (step?.value !== undefined) return { row, value: shownValue(step.value) };
  if (step?.fault === undefined) return { row };
  return { row, problem: { code: step.isAbsent ? 'nothing' : 'wrapped', message: step.fault } };
}

function fieldRow(
  row: string,
  field: CompiledField,
  path: CompiledPath,
  element: PayloadValue | undefined,
  input: MappingInput,
): MappingRow {
  const found = element === undefined ? undefined : readField(path, field.type, element, contextOf(input));
  if (found === undefined) return nothingAt(row);
  const { value, problem } = toField(found, field.type);
  if (problem === undefined) return { row, value: shownField(value, field.type) };
  return { row, value: shownValue(found), problem: { code: 'wrongType', message: problem } };
}

function nothingAt(row: string): MappingRow {
  return { row, problem: { code: 'nothing', message: 'This path yields nothing in this call.' } };
}

function previewItem(element: MappedElement, compiled: CompiledMapping): PreviewItem {
  const fields: PreviewItem['fields'] = Object.create(null);
  for (const { name, type } of compiled.fields) {
    const value = element.fields[name];
    if (value !== undefined) fields[name] = shownField(value, type);
  }
  const { externalId, title, problem } = element;
  return {
    ...(externalId === undefined ? {} : { externalId }),
    ...(title === undefined ? {} : { title }),
    fields,
    ...(problem === undefined ? {} : { problem }),
  };
}
