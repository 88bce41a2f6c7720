// The input of a path: while typing, or at the arrow keys, it offers the paths that recent calls have.
import { Combobox, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { KnownPath } from '#contract';
import { useCall } from '../../api/use-call.ts';
import { text } from '../../text/en.ts';
import { PayloadText } from '../payload/payload-text.tsx';
import type { RowName } from './mapping-draft.ts';
import { useMappingFacts } from './mapping-facts.ts';
import classes from './mapping-rows.module.css';

interface PathInputProps {
  row: RowName;
  label: string;
  hideLabel?: boolean | undefined;
  about?: string | undefined;
  path: string;
  placeholder: string;
  problemId: string | undefined;
  takesCursor?: boolean | undefined;
  onFocus: () => void;
  onPath: (path: string) => void;
}

const askAfterMs = 120;

export function PathInput(props: PathInputProps) {
  const { row, label, path } = props;
  const { dataSourceId, splitting } = useMappingFacts();
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const isOpen = combobox.dropdownOpened;
  const [prefix] = useDebouncedValue(path, askAfterMs);
  const { data } = useCall(
    'mapping.paths',
    isOpen ? { dataSourceId, row, prefix, mapping: splitting } : undefined,
    { keepPrevious: true },
  );
  const offered = (data?.paths ?? []).filter((known) => known.path !== path);
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(chosen) => {
        props.onPath(chosen);
        combobox.closeDropdown();
      }}
    >
      <Combobox.Target>
        <TextInput
          className={classes.path}
          classNames={{ input: classes.pathInput, label: classes.label, description: classes.about }}
          label={props.hideLabel ? undefined : label}
          aria-label={props.hideLabel ? label : undefined}
          aria-describedby={props.problemId}
          aria-invalid={props.problemId !== undefined}
          description={props.about}
          data-path-input
          autoFocus={props.takesCursor}
          value={path}
          placeholder={props.placeholder}
          spellCheck={false}
          autoComplete="off"
          dir="ltr"
          onFocus={props.onFocus}
          onBlur={() => combobox.closeDropdown()}
          onChange={(event) => {
            props.onPath(event.currentTarget.value);
            combobox.openDropdown();
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={offered.length === 0}>
        <Combobox.Options className={classes.paths} aria-label={text.mapping.knownPaths}>
          {offered.map((known) => (
            <PathOption key={known.path} known={known} calls={data?.calls ?? 0} />
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

function PathOption({ known, calls }: { known: KnownPath; calls: number }) {
  const [example] = known.examples;
  return (
    <Combobox.Option value={known.path} className={classes.known}>
      <code className={classes.knownPath}>
        <PayloadText text={known.path} />
      </code>
      <span className={classes.knownFacts}>
        {known.types.map((type) => text.mapping.valueTypes[type]).join(', ')} ·{' '}
        {text.mapping.ofCalls(known.calls, calls)}
      </span>
      {example !== undefined && (
        <span className={classes.knownExample}>
          <PayloadText text={example} />
        </span>
      )}
    </Combobox.Option>
  );
}
