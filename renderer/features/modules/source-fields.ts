// The fields that a module can look at, each with its value in the item of the preview.
import { useMemo } from 'react';
import type { Item, JsonValue } from '#contract';
import { useCall, useEvent } from '../../api/use-call.ts';
import { text } from '../../text/en.ts';
import type { DraftField } from './module-draft.ts';

export interface FieldOption {
  /** As in conditions: `title`, `fields.email`, `module.name`. */
  value: string;
  label: string;
  example: string | undefined;
  type: string;
}

/** Of the source; undefined until they are known. */
export type FieldOptions = readonly FieldOption[] | undefined;

/** What of the source can be chosen. A chosen field that it has no more stays to be seen, and says so once that is known. */
export function choicesOf(
  options: FieldOptions,
  moduleOptions: readonly FieldOption[],
  chosen: readonly string[],
): { value: string; label: string }[] {
  const known = new Set([...(options ?? []), ...moduleOptions].map(({ value }) => value));
  const others = chosen.filter((value) => value !== '' && !known.has(value));
  return [
    ...others.map((value) => {
      const name = value.replace(/^(fields|module)\./, '');
      return { value, label: options ? `${name} (${text.modules.fieldMissing})` : name };
    }),
    ...(options ?? []).map(({ value, label }) => ({ value, label })),
  ];
}

const longestExample = 80;

export function exampleOf(value: JsonValue | undefined): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const words = typeof value === 'string' ? value : JSON.stringify(value);
  return words.length > longestExample ? `${words.slice(0, longestExample)}…` : words;
}

/** The item that values are shown of: the chosen one, or the newest. */
export function usePreviewItem(dataSourceId: string, itemId: string | undefined) {
  const newest = useCall(
    'items.list',
    dataSourceId === '' || itemId !== undefined ? undefined : { dataSourceId, limit: 1 },
  );
  const chosen = useCall('items.get', itemId === undefined ? undefined : { id: itemId });
  useEvent('items.changed', (event) => {
    if (event.dataSourceId !== dataSourceId) return;
    newest.refetch();
    chosen.refetch();
  });
  const item = itemId === undefined ? newest.data?.items[0] : chosen.data?.item;
  return { item, isKnown: itemId === undefined ? newest.data !== undefined : chosen.data !== undefined };
}

export function useSourceFields(dataSourceId: string, item: Item | undefined): FieldOptions {
  const view = useCall('items.view', dataSourceId === '' ? undefined : { dataSourceId });
  useEvent('dataSources.changed', ({ id }) => {
    if (id === dataSourceId) view.refetch();
  });
  const fields = view.data?.fields;
  return useMemo(
    () =>
      fields && [
        {
          value: 'title',
          label: text.modules.fieldNames.title,
          example: exampleOf(item?.title),
          type: 'text',
        },
        {
          value: 'id',
          label: text.modules.fieldNames.id,
          example: exampleOf(item?.externalId),
          type: 'text',
        },
        ...fields.map(({ name, type }) => ({
          value: `fields.${name}`,
          label: name,
          example: item && Object.hasOwn(item.fields, name) ? exampleOf(item.fields[name]) : undefined,
          type,
        })),
      ],
    [fields, item],
  );
}

/** Fields of the module itself, with the values of the preview. */
export function moduleFieldOptions(
  fields: readonly DraftField[],
  values: readonly { name: string; text?: string | undefined }[] | undefined,
): FieldOption[] {
  return fields
    .filter(({ name }) => name.trim() !== '')
    .map(({ name, type }) => ({
      value: `module.${name}`,
      label: name,
      example: values?.find((each) => each.name === name)?.text,
      type,
    }));
}
