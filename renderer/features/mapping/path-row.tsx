// One row of the mapping: its path, the fault in it with its position while typing, and the value that it yields.
import { TextInput } from '@mantine/core';
import type { CSSProperties, ReactNode, RefObject } from 'react';
import type { MappingRow } from '#contract';
import { text } from '../../text/en.ts';
import { ValueText } from '../payload/value-text.tsx';
import type { RowName } from './mapping-draft.ts';
import classes from './mapping-rows.module.css';

interface PathRowProps {
  row: RowName;
  /** Stands as the visible label, and is the accessible name. */
  label: string;
  hideLabel?: boolean;
  about?: string;
  path: string;
  placeholder: string;
  result: MappingRow | undefined;
  isFocused: boolean;
  onFocus: () => void;
  onPath: (path: string) => void;
  /** Before and after the input, for the name, type and removal of a field. */
  before?: ReactNode;
  after?: ReactNode;
  inputRef?: RefObject<HTMLInputElement | null>;
}

export function PathRow(props: PathRowProps) {
  const { row, label, about, path, result, isFocused } = props;
  const problem = result?.problem;
  const hasPath = path.trim() !== '';
  const problemId = `mapping-problem-${row}`;
  return (
    <div className={classes.row} data-focused={isFocused} data-row={row}>
      <div className={classes.inputs}>
        {props.before}
        <TextInput
          ref={props.inputRef}
          className={classes.path}
          classNames={{ input: classes.pathInput, label: classes.label, description: classes.about }}
          label={props.hideLabel ? undefined : label}
          aria-label={props.hideLabel ? label : undefined}
          aria-describedby={problem ? problemId : undefined}
          aria-invalid={problem !== undefined}
          description={about}
          data-path-input
          value={path}
          placeholder={props.placeholder}
          spellCheck={false}
          autoComplete="off"
          dir="ltr"
          onFocus={props.onFocus}
          onChange={(event) => props.onPath(event.currentTarget.value)}
        />
        {props.after}
      </div>
      {problem && hasPath && problem.position !== undefined && (
        <div
          className={classes.caret}
          style={{ '--position': problem.position } as CSSProperties}
          aria-hidden="true"
        >
          ▲
        </div>
      )}
      <div className={classes.result} id={problemId}>
        {problem ? (
          <span className={classes.problem} data-tone={problem.code === 'empty' ? 'warn' : 'bad'}>
            {problem.message}
            {hasPath && problem.position !== undefined && (
              <span className={classes.position}> {text.mapping.atPosition(problem.position + 1)}</span>
            )}
          </span>
        ) : result?.value ? (
          <>
            <span className={classes.arrow} aria-hidden="true">
              →
            </span>
            <span className={classes.value}>
              <ValueText value={result.value} />
            </span>
          </>
        ) : null}
      </div>
    </div>
  );
}
