// Chooses the item that values and requests are shown for: the newest one, or one that is searched.
import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { Item } from '#contract';
import { useCall } from '../../api/use-call.ts';
import { text } from '../../text/en.ts';
import classes from './builder.module.css';

const words = text.modules;
const searchAfterMs = 200;
const offered = 20;

interface PreviewItemProps {
  dataSourceId: string;
  item: Item | undefined;
  /** Undefined: the newest one. */
  itemId: string | undefined;
  onChange: (itemId: string | undefined) => void;
}

export function PreviewItem({ dataSourceId, item, itemId, onChange }: PreviewItemProps) {
  const [search, setSearch] = useState('');
  const [wanted] = useDebouncedValue(search.trim(), searchAfterMs);
  const found = useCall(
    'items.list',
    { dataSourceId, limit: offered, ...(wanted !== '' && wanted !== item?.title && { search: wanted }) },
    { keepPrevious: true },
  );
  const items = found.data?.items ?? [];
  const shown = item && !items.some(({ id }) => id === item.id) ? [item, ...items] : items;
  return (
    <Select
      className={classes.previewItem}
      aria-label={words.previewItem}
      leftSection={<span className={classes.previewLabel}>{words.previewItem}</span>}
      leftSectionWidth={100}
      placeholder={item?.title ?? words.newestItem}
      data={shown.map(({ id, title, externalId }) => ({
        value: id,
        label: title === '' ? externalId : title,
      }))}
      value={itemId ?? null}
      onChange={(value) => onChange(value ?? undefined)}
      searchValue={search}
      onSearchChange={setSearch}
      filter={({ options }) => options}
      nothingFoundMessage={text.items.nothingFound}
      searchable
      clearable
    />
  );
}
