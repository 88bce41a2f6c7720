// The toolbar of the viewer: mode, find with next and previous, fold or wrap, copy.
import { ActionIcon, SegmentedControl, TextInput, Tooltip } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowUp,
  IconFold,
  IconFoldDown,
  IconSearch,
  IconTextWrap,
} from '@tabler/icons-react';
import type { KeyboardEvent, ReactNode, RefObject } from 'react';
import { CopyButton } from '../../design/copy-button.tsx';
import { text } from '../../text/en.ts';
import type { PayloadTree } from './payload-tree-store.ts';
import classes from './payload-viewer.module.css';
import type { PayloadMode } from './payload-viewer.tsx';
import type { Folding } from './use-folding.ts';

export interface Find {
  needle: string;
  /** How many places were found, and which of them is shown, from 0. */
  count: number;
  /** More are to come. */
  hasMore: boolean;
  /** Nobody knows yet. */
  isSeeking: boolean;
  at: number;
  seek(needle: string): void;
  goTo(at: number): void;
}

interface PayloadToolbarProps {
  modes: readonly PayloadMode[];
  mode: PayloadMode;
  onMode: (mode: PayloadMode) => void;
  find: Find;
  findInput: RefObject<HTMLInputElement | null>;
  wrap: boolean;
  onWrap: (wrap: boolean) => void;
  tree: PayloadTree | undefined;
  /** Of the text, where one is shown. */
  folding: Folding;
  body: { text: string; cut: boolean };
}

export function PayloadToolbar(props: PayloadToolbarProps) {
  const { modes, mode, find, wrap, tree, folding, body } = props;
  const canFold = mode === 'tree' || folding.folds.size > 0;
  return (
    <div className={classes.toolbar}>
      <SegmentedControl
        aria-label={text.payload.mode}
        value={mode}
        onChange={(value) => props.onMode(modes.find((each) => each === value) ?? 'raw')}
        data={modes.map((value) => ({
          value,
          label:
            value === 'pretty' && modes.includes('mapped')
              ? text.payload.prettyXml
              : text.payload.modes[value],
        }))}
      />
      <span className={classes.gap} />
      <div className={classes.tools}>
        {canFold && (
          <>
            <ToolButton
              label={text.payload.unfold}
              {...(mode !== 'tree' && { hint: text.payload.unfoldAllHint })}
              onPress={() => (mode === 'tree' ? void tree?.openUpper() : folding.unfoldAll())}
            >
              <IconFoldDown size={16} aria-hidden />
            </ToolButton>
            <ToolButton
              label={text.payload.fold}
              {...(mode !== 'tree' && { hint: text.payload.foldAllHint })}
              onPress={() => (mode === 'tree' ? tree?.closeAll() : folding.foldAll())}
            >
              <IconFold size={16} aria-hidden />
            </ToolButton>
          </>
        )}
        {mode !== 'tree' && (
          <ToolButton label={text.payload.wrap} pressed={wrap} onPress={() => props.onWrap(!wrap)}>
            <IconTextWrap size={16} aria-hidden />
          </ToolButton>
        )}
        <CopyButton value={body.text} label={body.cut ? text.payload.copyShown : text.payload.copyBody} />
      </div>
      <FindInput find={find} findInput={props.findInput} isQuery={mode === 'tree'} />
    </div>
  );
}

interface FindInputProps {
  find: Find;
  findInput: RefObject<HTMLInputElement | null>;
  /** Over a tree a JSONPath can be sought, too. */
  isQuery: boolean;
}

function FindInput({ find, findInput, isQuery }: FindInputProps) {
  const { needle, count, at, hasMore } = find;
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter') {
      event.preventDefault();
      find.goTo(at + (event.shiftKey ? -1 : 1));
    } else if (event.key === 'Escape' && needle !== '') {
      event.stopPropagation();
      find.seek('');
    }
  }
  return (
    <div className={classes.seek}>
      <TextInput
        ref={findInput}
        className={classes.find}
        aria-label={text.payload.find}
        placeholder={isQuery ? text.payload.findOrQuery : text.payload.find}
        leftSection={<IconSearch size={14} aria-hidden />}
        value={needle}
        onChange={(event) => find.seek(event.currentTarget.value)}
        // Esc ends the search first; a window around the viewer closes at the next Esc.
        data-mantine-stop-propagation={needle !== ''}
        onKeyDown={onKeyDown}
      />
      {needle !== '' && (
        <span className={classes.count} role="status">
          {find.isSeeking
            ? ''
            : count === 0
              ? text.payload.foundNone
              : (hasMore ? text.payload.foundMore : text.payload.found)(at + 1, count)}
        </span>
      )}
      {needle !== '' && (
        <>
          <ToolButton label={text.payload.previous} disabled={count === 0} onPress={() => find.goTo(at - 1)}>
            <IconArrowUp size={16} aria-hidden />
          </ToolButton>
          <ToolButton label={text.payload.next} disabled={count === 0} onPress={() => find.goTo(at + 1)}>
            <IconArrowDown size={16} aria-hidden />
          </ToolButton>
        </>
      )}
    </div>
  );
}

interface ToolButtonProps {
  label: string;
  /** Shown in the place of the label where there is a key, too. */
  hint?: string;
  onPress: () => void;
  children: ReactNode;
  disabled?: boolean;
  pressed?: boolean;
}

function ToolButton({ label, hint, onPress, children, disabled, pressed }: ToolButtonProps) {
  return (
    <Tooltip label={hint ?? label}>
      <ActionIcon
        size="sm"
        aria-label={label}
        aria-pressed={pressed}
        disabled={disabled ?? false}
        variant={pressed ? 'light' : 'subtle'}
        onClick={onPress}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
