// The search field of captures: the query with its completion, its fault with place and hint, and its help. What is typed takes effect once
// it can be read; until then nothing changes.
import { ActionIcon, CloseButton, Combobox, Popover, TextInput, Tooltip, useCombobox } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconHelp, IconSearch } from '@tabler/icons-react';
import { type RefObject, useEffect, useEffectEvent, useState } from 'react';
import { mergeTyping, type QueryFault, queryFields, queryForms, readQuery } from '#contract';
import { text } from '../../text/en.ts';
import classes from './query-bar.module.css';
import { applySuggestion, type KnownValues, suggestTerms } from './suggest-terms.ts';

const words = text.captures.search;
const applyAfterMs = 250;
const faultAfterMs = 700;
/** So wide, in pixels, that the example stands whole in front of the buttons. */
const wholeFrom = 520;
const shortFrom = 310;

interface QueryBarProps {
  /** What is in effect. */
  query: string;
  onQuery: (query: string) => void;
  known: KnownValues;
  input: RefObject<HTMLInputElement | null>;
  /** A fault that only the engine could find. */
  engineFault: { message: string; at: { offset: number; length: number } | undefined } | undefined;
}

export function QueryBar({ query, onQuery, known, input, engineFault }: QueryBarProps) {
  const { ref: bar, width } = useElementSize();
  const [typed, setTyped] = useState(query);
  const [applied, setApplied] = useState(query);
  const [caret, setCaret] = useState(0);
  const [shownFault, setShownFault] = useState<QueryFault>();
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  // Changed from elsewhere: a filter by click, a saved search, the address. What was typed in the same moment is not lost.
  if (query !== applied) {
    setApplied(query);
    setTyped(mergeTyping(applied, typed, query));
  }
  const suggestions = combobox.dropdownOpened ? suggestTerms(typed, caret, known) : [];

  const result = readQuery(typed);
  const apply = useEffectEvent((next: string) => {
    setApplied(next.trim());
    onQuery(next.trim());
  });
  const fault = result.ok ? undefined : result.fault;
  const faultKey = fault && `${fault.position} ${fault.message}`;
  const showFault = useEffectEvent(() => setShownFault(fault));
  useEffect(() => {
    if (faultKey === undefined) {
      setShownFault(undefined);
      const timer = setTimeout(() => apply(typed), applyAfterMs);
      return () => clearTimeout(timer);
    }
    const timer = setTimeout(() => showFault(), faultAfterMs);
    return () => clearTimeout(timer);
  }, [typed, faultKey]);

  function choose(index: number) {
    const suggestion = suggestions[index];
    if (!suggestion) return;
    const next = applySuggestion(typed, suggestion);
    setTyped(next.query);
    setCaret(next.caret);
    const field = input.current;
    // After React has put the text in.
    requestAnimationFrame(() => field?.setSelectionRange(next.caret, next.caret));
    combobox.resetSelectedOption();
    if (suggestion.insert.endsWith(' ')) combobox.closeDropdown();
  }

  function onKeyDown(event: React.KeyboardEvent<HTMLInputElement>) {
    const isOffering = combobox.dropdownOpened && suggestions.length > 0;
    if (event.key === 'Tab' && isOffering && !event.shiftKey) {
      event.preventDefault();
      choose(Math.max(0, combobox.getSelectedOptionIndex()));
    } else if (event.key === 'Enter' && combobox.getSelectedOptionIndex() < 0) {
      combobox.closeDropdown();
      if (result.ok) apply(typed);
      else setShownFault(fault);
    } else if (event.key === 'Escape') {
      if (!isOffering) input.current?.blur();
      event.stopPropagation();
    }
  }

  const told = shownFault
    ? {
        message: `${shownFault.message} ${shownFault.hint}`,
        at: { offset: shownFault.position, length: shownFault.length },
      }
    : engineFault;
  return (
    <div className={classes.bar} ref={bar}>
      <Combobox store={combobox} onOptionSubmit={(value) => choose(Number(value))} withinPortal>
        <Combobox.Target>
          <TextInput
            ref={input}
            className={classes.input}
            type="text"
            spellCheck={false}
            autoComplete="off"
            aria-label={words.label}
            aria-invalid={told !== undefined}
            placeholder={
              width >= wholeFrom
                ? words.placeholder
                : width >= shortFrom
                  ? words.placeholderShort
                  : words.placeholderShortest
            }
            leftSection={<IconSearch size={16} stroke={1.8} aria-hidden />}
            rightSectionWidth={64}
            rightSection={
              <span className={classes.tools}>
                {typed !== '' && (
                  <CloseButton
                    size="sm"
                    aria-label={words.clear}
                    onClick={() => {
                      setTyped('');
                      apply('');
                      input.current?.focus();
                    }}
                  />
                )}
                <QueryHelp
                  onExample={(example) => {
                    setTyped((before) => (before.trim() === '' ? example : `${before.trimEnd()} ${example}`));
                    input.current?.focus();
                  }}
                />
              </span>
            }
            value={typed}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              setCaret(event.currentTarget.selectionStart ?? 0);
              combobox.openDropdown();
              combobox.resetSelectedOption();
            }}
            onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? 0)}
            onBlur={() => combobox.closeDropdown()}
            onKeyDown={onKeyDown}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={suggestions.length === 0}>
          <Combobox.Options aria-label={words.suggestions}>
            {suggestions.map((suggestion, index) => (
              <Combobox.Option key={suggestion.label} value={String(index)} className={classes.option}>
                <code>{suggestion.label}</code>
                <span>{suggestion.about}</span>
              </Combobox.Option>
            ))}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      {told && (
        <p className={classes.fault} role="alert">
          {told.at && told.at.offset <= typed.length && (
            <code className={classes.place}>
              {typed.slice(Math.max(0, told.at.offset - 16), told.at.offset)}
              <mark>{typed.slice(told.at.offset, told.at.offset + told.at.length) || ' '}</mark>
            </code>
          )}
          <span>
            {told.at && words.at(told.at.offset + 1)} {told.message}
          </span>
        </p>
      )}
    </div>
  );
}

function QueryHelp({ onExample }: { onExample: (example: string) => void }) {
  const [isOpen, setOpen] = useState(false);
  const rows = [...queryForms, ...queryFields];
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="bottom-end"
      trapFocus
      withinPortal
      shadow="md"
      width="min(34rem, 90vw)"
    >
      <Popover.Target>
        <Tooltip label={words.help}>
          <ActionIcon size="sm" aria-label={words.help} onClick={() => setOpen(!isOpen)}>
            <IconHelp size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown className={classes.help} aria-label={words.help}>
        <p>{words.helpAbout}</p>
        <ul>
          {rows.map(({ example, about }) => (
            <li key={example}>
              <button
                type="button"
                onClick={() => {
                  setOpen(false);
                  onExample(example);
                }}
              >
                {example}
              </button>
              <span>{about}</span>
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}
