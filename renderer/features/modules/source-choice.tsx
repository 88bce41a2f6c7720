// Chooses the data source whose items a module is about.
import { Select } from '@mantine/core';
import { useCall, useEvent } from '../../api/use-call.ts';
import { text } from '../../text/en.ts';

const words = text.modules;

export function SourceChoice({
  value,
  error,
  onChange,
}: {
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}) {
  const sources = useCall('dataSources.list', {});
  useEvent('dataSources.changed', sources.refetch);
  return (
    <Select
      label={words.dataSource}
      description={words.dataSourceAbout}
      placeholder={words.chooseSource}
      data={sources.data?.dataSources.map(({ id, name }) => ({ value: id, label: name })) ?? []}
      value={value === '' ? null : value}
      error={error}
      onChange={(next) => next !== null && onChange(next)}
      searchable
      allowDeselect={false}
    />
  );
}
