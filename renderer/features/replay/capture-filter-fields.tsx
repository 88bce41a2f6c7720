// Which calls a filter chooses: a search, source, outcome, event type, method, a window of time; and how many those are now.
import { Select, TextInput } from '@mantine/core';
import { type CaptureFilter, outcome as outcomes } from '#contract';
import { useCall } from '../../api/use-call.ts';
import { text } from '../../text/en.ts';
import classes from './replay-window.module.css';

const words = text.replay;

interface CaptureFilterFieldsProps {
  filter: CaptureFilter;
  onChange: (filter: CaptureFilter) => void;
  /** Why the search cannot be read. */
  queryFault?: string | undefined;
}

/** `datetime-local` has no zone: it is that of this computer. */
function asLocal(iso: string | undefined): string {
  if (iso === undefined) return '';
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
const asIso = (local: string) => (local === '' ? undefined : new Date(local).toISOString());

export function CaptureFilterFields({ filter, onChange, queryFault }: CaptureFilterFieldsProps) {
  const sources = useCall('dataSources.list', {});
  const set = (change: { [K in keyof CaptureFilter]: CaptureFilter[K] | undefined }) => {
    const next = Object.entries({ ...filter, ...change }).filter(
      ([, value]) => value !== undefined && value !== '',
    );
    onChange(Object.fromEntries(next));
  };
  return (
    <div className={classes.group}>
      <span className={classes.label}>{words.which}</span>
      <TextInput
        label={words.search}
        description={words.searchAbout}
        placeholder={words.searchExample}
        classNames={{ input: classes.code }}
        value={filter.query ?? ''}
        error={queryFault}
        onChange={(event) => set({ query: event.currentTarget.value })}
      />
      <div className={classes.numbers}>
        <Select
          label={words.source}
          placeholder={words.allSources}
          data={sources.data?.dataSources.map(({ id, name }) => ({ value: id, label: name })) ?? []}
          value={filter.dataSourceId ?? null}
          onChange={(value) => set({ dataSourceId: value ?? undefined })}
          searchable
          clearable
        />
        <Select
          label={words.outcome}
          placeholder={words.anyOutcome}
          data={outcomes.options.map((each) => ({ value: each, label: words.outcomeName(each) }))}
          value={filter.outcome ?? null}
          onChange={(value) => set({ outcome: outcomes.options.find((each) => each === value) })}
          clearable
        />
        <TextInput
          label={words.event}
          value={filter.eventType ?? ''}
          onChange={(event) => set({ eventType: event.currentTarget.value })}
        />
        <TextInput
          label={words.method}
          value={filter.method ?? ''}
          onChange={(event) => set({ method: event.currentTarget.value.toUpperCase() })}
        />
      </div>
      <div className={classes.times}>
        <TextInput
          type="datetime-local"
          label={words.from}
          value={asLocal(filter.from)}
          onChange={(event) => set({ from: asIso(event.currentTarget.value) })}
        />
        <TextInput
          type="datetime-local"
          label={words.to}
          value={asLocal(filter.to)}
          onChange={(event) => set({ to: asIso(event.currentTarget.value) })}
        />
      </div>
    </div>
  );
}
