// One row of the mapping: its path, the fault in it with its position while typing, the value that it yields, and its coverage.
import type { CSSProperties, ReactNode } from 'react';
import type { MappingRow } from '#contract';
import { text } from '../../text/en.ts';
import { ValueText } from '../payload/value-text.tsx';
import { CoverageBar } from './coverage-bar.tsx';
import type { RowName } from './mapping-draft.ts';
import { coverageOf, useMappingFacts } from './mapping-facts.ts';
import classes from './mapping-rows.module.css';
import { PathInput } from './path-input.tsx';

export interface PathRowProps {
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
  /** Below the result: suggestions, fallbacks, parts. */
  below?: ReactNode;
  /** A fallback or part of the row above. */
  isSub?: boolean;
  /** Takes the cursor when it appears: the row was just added. */
  takesCursor?: boolean;
}

export function PathRow(props: PathRowProps) {
  const { row, path, result, isFocused } = props;
  const problem = result?.problem;
  const hasPath = path.trim() !== '';
  const problemId = `mapping-problem-${row}`;
  const coverage = coverageOf(useMappingFacts(), row);
  return (
    <div className={classes.row} data-focused={isFocused} data-row={row} data-sub={props.isSub ?? false}>
      <div className={classes.inputs}>
        {props.before}
        <PathInput
          row={row}
          label={props.label}
          hideLabel={props.hideLabel}
          about={props.about}
          path={path}
          placeholder={props.placeholder}
          problemId={problem ? problemId : undefined}
          takesCursor={props.takesCursor}
          onFocus={props.onFocus}
          onPath={props.onPath}
        />
        {props.after}
      </div>
      {coverage && (hasPath || row.startsWith('byEvent.')) && <CoverageBar coverage={coverage} />}
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
      {props.below}
    </div>
  );
}
