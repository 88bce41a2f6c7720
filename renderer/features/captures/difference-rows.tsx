// The rows of a comparison: side by side, or one below the other. A row that differs can be left out from now on.
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconEyeOff } from '@tabler/icons-react';
import type { Comparison, DifferenceKind, DifferenceRow } from '#contract';
import { text } from '../../text/en.ts';
import { PayloadText } from '../payload/payload-text.tsx';
import classes from './compare-screen.module.css';

const words = text.captures.compare;
const signs: Record<DifferenceKind, string> = {
  same: ' ',
  added: '+',
  removed: '−',
  changed: '~',
  ignored: '·',
};

export interface RowsProps {
  layout: 'sideBySide' | 'unified';
  onlyDifferences: boolean;
  /** Absent where nothing can be left out. */
  onIgnore?: ((path: string) => Promise<boolean>) | undefined;
}

export function DifferenceRows({
  rows,
  layout,
  onlyDifferences,
  onIgnore,
}: RowsProps & { rows: readonly DifferenceRow[] }) {
  return (
    <div className={classes.rows} data-layout={layout} dir="ltr">
      {shownOf(rows, onlyDifferences).map((row) => (
        <ValueRow key={keyOf(row)} row={row} layout={layout} onIgnore={onIgnore} />
      ))}
    </div>
  );
}

export function shownOf(rows: readonly DifferenceRow[], onlyDifferences: boolean): readonly DifferenceRow[] {
  return onlyDifferences ? rows.filter(({ kind, part }) => kind !== 'same' || part !== 'value') : rows;
}

export const keyOf = ({ path, part, kind }: DifferenceRow) => `${path} ${part} ${kind}`;

export function ValueRow({
  row,
  layout,
  onIgnore,
}: Pick<RowsProps, 'layout' | 'onIgnore'> & { row: DifferenceRow }) {
  return (
    <Row
      kind={row.kind}
      depth={row.depth}
      name={row.key}
      left={row.left}
      right={row.right}
      size={row.kind === 'same' && row.part === 'value' ? row.size : undefined}
      layout={layout}
      ignoreAs={row.kind === 'same' || row.kind === 'ignored' || row.path === '$' ? undefined : row.path}
      onIgnore={onIgnore}
    />
  );
}

export function HeaderDifferences({
  headers,
  layout,
  onlyDifferences,
  onIgnore,
}: RowsProps & { headers: Comparison['headers'] }) {
  const shown = headers.filter(({ kind }) => !onlyDifferences || kind !== 'same');
  return (
    <div className={classes.rows} data-layout={layout} dir="ltr">
      {shown.map(({ kind, name, left, right }) => (
        <Row
          key={name}
          kind={kind}
          depth={0}
          name={name}
          left={left}
          right={right}
          size={undefined}
          layout={layout}
          ignoreAs={kind === 'same' || kind === 'ignored' ? undefined : `header:${name}`}
          onIgnore={onIgnore}
        />
      ))}
    </div>
  );
}

interface RowProps {
  kind: DifferenceKind;
  depth: number;
  name: string | undefined;
  left: string | undefined;
  right: string | undefined;
  /** How many values an unchanged object or list has: they are not shown. */
  size: number | undefined;
  layout: 'sideBySide' | 'unified';
  ignoreAs: string | undefined;
  onIgnore: RowsProps['onIgnore'];
}

function Row(props: RowProps) {
  const { kind, left, right, layout, ignoreAs, onIgnore } = props;
  const isSplit = layout === 'unified' && kind !== 'same' && left !== undefined && right !== undefined;
  const ignore = ignoreAs !== undefined && onIgnore && (
    <Tooltip label={words.ignoreThis(ignoreAs)}>
      <ActionIcon
        size="xs"
        className={classes.ignore}
        aria-label={words.ignoreThis(ignoreAs)}
        onClick={() => void onIgnore(ignoreAs)}
      >
        <IconEyeOff size={13} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
  if (layout === 'unified') {
    return (
      <>
        {(left !== undefined || right === undefined) && (
          <div className={classes.row} data-kind={isSplit && kind === 'changed' ? 'removed' : kind}>
            <Cell
              {...props}
              value={left}
              sign={isSplit && kind === 'changed' ? signs.removed : signs[kind]}
            />
            {ignore}
          </div>
        )}
        {right !== undefined && (left === undefined || isSplit) && (
          <div className={classes.row} data-kind={isSplit && kind === 'changed' ? 'added' : kind}>
            <Cell {...props} value={right} sign={isSplit && kind === 'changed' ? signs.added : signs[kind]} />
            {left === undefined && ignore}
          </div>
        )}
      </>
    );
  }
  return (
    <div className={classes.row} data-kind={kind}>
      <Cell {...props} value={left} sign={kind === 'added' ? ' ' : signs[kind]} />
      <Cell {...props} value={right} sign={kind === 'removed' ? ' ' : signs[kind]} />
      {ignore}
    </div>
  );
}

function Cell({
  kind,
  depth,
  name,
  value,
  size,
  sign,
}: RowProps & { value: string | undefined; sign: string }) {
  return (
    <div className={classes.cell} data-empty={value === undefined}>
      {value !== undefined && (
        <>
          <span className={classes.sign} aria-hidden>
            {sign}
          </span>
          {kind !== 'same' && <span className="visually-hidden">{words.kinds[kind]}: </span>}
          <code style={{ paddingInlineStart: `${depth * 1.25}rem` }}>
            {name !== undefined && (
              <span className={classes.key}>
                <PayloadText text={name} />:{' '}
              </span>
            )}
            {size !== undefined && size > 0 ? (
              <span className={classes.quiet}>{words.unchanged(size)}</span>
            ) : (
              <PayloadText text={value} />
            )}
          </code>
        </>
      )}
    </div>
  );
}
