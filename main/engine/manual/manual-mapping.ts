// The mapping of a manual source: its fields are what people type in, at known places of each capture. Pure.
import type { FieldType, Mapping } from '#contract';
import { formatPath } from '../mapping/dotted-path.ts';

export interface ManualField {
  name: string;
  type: FieldType;
}

/** The body of a capture is `{id, title, fields: {name: value}}`. */
export function manualMapping(fields: readonly ManualField[]): Mapping {
  return {
    id: 'id',
    title: 'title',
    ...(fields.length > 0 && {
      fields: fields.map(({ name, type }) => ({ name, type, path: formatPath(['fields', name]) })),
    }),
  };
}

export function manualFieldsOf(mapping: Mapping | undefined): ManualField[] {
  return (mapping?.fields ?? []).map(({ name, type }) => ({ name, type }));
}
