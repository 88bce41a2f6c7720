// What a mapping (a half-typed one too) yields on one call: every row with its value or its problem, and the first items. Pure.
import type { Mapping, MappingRow, PreviewItem } from '#contract';
import type { PayloadValue } from '../parsing/payload-value.ts';
import {
  type CompiledField,
  type CompiledMapping,
  compileRows,
  contextOf,
  elementMapper,
  elementsOf,
  type MappedElement,
  type MappingInput,
  readField,
  readId,
} from './apply-mapping.ts';
import type { CompiledPath } from './compile-path.ts';
import { elementPath } from './element-path.ts';
import { toField } from './field-values.ts';
import { shownField, shownValue } from './shown-value.ts';

export interface MappingPreview {
  /** The first 20 items. */
  items: PreviewItem[];
  itemCount: number;
  /** `id`, `title`, `split` (where set), `fields.0`, … in this order. */
  rows: MappingRow[];
}

const maxItems = 20;

/** Without `input` (no call has come yet) only the rows that cannot be read have something to say. */
export function previewMapping(mapping: Mapping, input: MappingInput | undefined): MappingPreview {
  const { compiled, rows: broken } = compileRows(mapping);
  if (!input)
    return {
      items: [],
      itemCount: 0,
      rows: rowNames(mapping).map((row) => broken.find((found) => found.row === row) ?? { row }),
    };
  const isBroken = (row: string) => broken.find((found) => found.row === row);
  const splitFails = isBroken('split') !== undefined;
  const elements = splitFails ? [] : elementsOf(compiled.split, input);
  const first = elements[0];
  const relative = (path: CompiledPath) => elementPath(path, compiled.split, Array.isArray(input.value));

  const rows: MappingRow[] = [
    isBroken('id') ?? pathRow('id', compiled.id && relative(compiled.id), first, input),
    isBroken('title') ?? pathRow('title', compiled.title && relative(compiled.title), first, input),
  ];
  if (splitFails || compiled.split) rows.push(isBroken('split') ?? splitRow(elements));
  for (const [i, { name }] of (mapping.fields ?? []).entries()) {
    const row = `fields.${i}`;
    const field = compiled.fields.find((candidate) => candidate.name === name.trim());
    const fault = isBroken(row);
    if (fault) rows.push(fault);
    else if (field) rows.push(fieldRow(row, { ...field, path: relative(field.path) }, first, input));
  }
  const toElement = elementMapper(compiled, input);
  return {
    items: elements.slice(0, maxItems).map((element) => previewItem(toElement(element), compiled)),
    itemCount: elements.length,
    rows,
  };
}

function rowNames(mapping: Mapping): string[] {
  const split = mapping.split === undefined || mapping.split.trim() === '' ? [] : ['split'];
  return ['id', 'title', ...split, ...(mapping.fields ?? []).map((_field, i) => `fields.${i}`)];
}

function pathRow(
  row: 'id' | 'title',
  path: CompiledPath | undefined,
  element: PayloadValue | undefined,
  input: MappingInput,
): MappingRow {
  const found = element === undefined ? undefined : path?.first(element, contextOf(input));
  if (!found) return nothingAt(row);
  const value = shownValue(found.value);
  if (row === 'title') return { row, value };
  const id = readId(found);
  return 'problem' in id ? { row, value, problem: { code: id.code, message: id.problem } } : { row, value };
}

function splitRow(elements: PayloadValue[]): MappingRow {
  if (elements.length === 0) {
    return { row: 'split', problem: { code: 'nothing', message: 'The split selects nothing in this call.' } };
  }
  return { row: 'split', value: shownValue(elements) };
}

function fieldRow(
  row: string,
  field: CompiledField,
  element: PayloadValue | undefined,
  input: MappingInput,
): MappingRow {
  const found =
    element === undefined ? undefined : readField(field.path, field.type, element, contextOf(input));
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
