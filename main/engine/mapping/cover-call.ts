// How far the rows of a mapping get on one call: for each row in how many of its elements there is a value and of which
// types, and the ids. The sums over many calls are made elsewhere. Pure.
import type { ValueType } from '#contract';
import { typeOfValue } from '../parsing/payload-value.ts';
import {
  contextOf,
  elementsOf,
  idReader,
  type MappingInput,
  prepare,
  readField,
  relativePaths,
} from './apply-mapping.ts';
import type { CompiledMapping } from './compile-mapping.ts';
import { toField } from './field-values.ts';

export interface RowCover {
  row: string;
  /** Elements in which the row yields a value that can be used. */
  yielded: number;
  types: Partial<Record<ValueType, number>>;
}

export interface CallCover {
  elements: number;
  rows: RowCover[];
  /** Of the first elements, with repetitions. */
  ids: string[];
}

const maxElements = 1_000;

/** Of a call with very many elements the first 1,000 stand for all. */
export function coverCall(compiled: CompiledMapping, received: MappingInput): CallCover {
  const { mapping, input } = prepare(compiled, received);
  const elements = elementsOf(mapping.split, input).slice(0, maxElements);
  const context = contextOf(input);
  const { relative, choose } = relativePaths(mapping, input);
  const ids: string[] = [];
  const rows: RowCover[] = [];
  const newRow = (row: string): RowCover => {
    const cover: RowCover = { row, yielded: 0, types: {} };
    rows.push(cover);
    return cover;
  };

  if (mapping.id) {
    const cover = newRow('id');
    const read = idReader(mapping.id, relative, choose);
    const path = choose(mapping.id.paths);
    for (const element of elements) {
      const found = path.first(element, context);
      if (found) countType(cover, typeOfValue(found.value));
      const id = read(element, context);
      if ('problem' in id) continue;
      cover.yielded += 1;
      ids.push(id.text);
    }
  }
  const plain = [
    ...(mapping.title ? [{ row: 'title', path: choose(mapping.title) }] : []),
    ...(mapping.updatedAt ? [{ row: 'updatedAt', path: relative(mapping.updatedAt) }] : []),
  ];
  for (const { row, path } of plain) {
    const cover = newRow(row);
    for (const element of elements) {
      const found = path.first(element, context);
      if (!found) continue;
      countType(cover, typeOfValue(found.value));
      if (found.value !== null && found.value !== '') cover.yielded += 1;
    }
  }
  for (const { index, type, paths } of mapping.fields) {
    const cover = newRow(`fields.${index}`);
    const path = choose(paths);
    for (const element of elements) {
      const found = readField(path, type, element, context);
      if (found === undefined) continue;
      countType(cover, typeOfValue(found));
      const field = toField(found, type);
      if (field.problem === undefined && field.value !== null) cover.yielded += 1;
    }
  }
  return { elements: elements.length, rows, ids };
}

function countType(cover: RowCover, type: ValueType): void {
  cover.types[type] = (cover.types[type] ?? 0) + 1;
}
