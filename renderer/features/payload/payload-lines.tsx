// A body as text: virtual lines with numbers, found texts and the place of a fault marked.
import { IconChevronRight } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, useEffect, useId, useMemo, useRef } from 'react';
import type { FaultPlace } from '#contract';
import { text } from '../../text/en.ts';
import type { LineMatch } from './find-in-lines.ts';
import { shownLines } from './fold-lines.ts';
import {
  jsonTokens,
  type LineRow,
  longestRow,
  longestTokenLine,
  type MarkKind,
  paintLine,
  type Range,
  rangesInRow,
  rowsOfLines,
  type TokenKind,
} from './paint-line.ts';
import classes from './payload-lines.module.css';
import { PayloadText } from './payload-text.tsx';
import { useFoldKeys } from './use-fold-keys.ts';
import type { Folding } from './use-folding.ts';

interface PayloadLinesProps {
  label: string;
  lines: readonly string[];
  isJson: boolean;
  wrap: boolean;
  matches: readonly LineMatch[];
  currentMatch: LineMatch | undefined;
  fault?: FaultPlace | undefined;
  folding?: Folding | undefined;
}

const rowPixels = 20;

/** What a reader with a screen reader needs to know; a text area could not carry the marks. */
const readOnlyText = (label: string) =>
  ({
    role: 'textbox',
    tabIndex: 0,
    'aria-label': label,
    'aria-readonly': true,
    'aria-multiline': true,
  }) as const;

/** The row that holds a place. Rows are in order of line and offset. */
function rowIndexOf(rows: readonly LineRow[], line: number, offset: number): number {
  return rows.findIndex((row) => row.line === line && offset >= row.from && offset < row.from + longestRow);
}

export function PayloadLines({
  label,
  lines,
  isJson,
  wrap,
  matches,
  currentMatch,
  fault,
  folding,
}: PayloadLinesProps) {
  const folds = folding?.folds;
  const folded = folding?.folded;
  const rows = useMemo(
    () =>
      folds && folded && folded.size > 0
        ? rowsOfLines(lines, shownLines(lines.length, folds, folded))
        : rowsOfLines(lines),
    [lines, folds, folded],
  );
  const byLine = useMemo(() => Map.groupBy(matches, (match) => match.line), [matches]);
  const scroll = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowPixels,
    overscan: 20,
  });

  const faultLine = fault?.line === undefined ? undefined : fault.line - 1;
  const faultColumn = Math.max(0, (fault?.column ?? 1) - 1);
  useEffect(() => {
    if (faultLine === undefined) return;
    const index = rowIndexOf(rows, faultLine, faultColumn);
    if (index >= 0) virtual.scrollToIndex(index, { align: 'center' });
  }, [faultLine, faultColumn, rows, virtual]);
  useEffect(() => {
    if (!currentMatch) return;
    const index = rowIndexOf(rows, currentMatch.line, currentMatch.start);
    if (index >= 0) virtual.scrollToIndex(index, { align: 'center' });
  }, [currentMatch, rows, virtual]);

  function marksOf(row: LineRow): Range<MarkKind>[] {
    const marks: Range<MarkKind>[] = [];
    if (row.line === faultLine) marks.push({ start: faultColumn, end: faultColumn + 1, kind: 'fault' });
    for (const match of byLine.get(row.line) ?? [])
      marks.push({ start: match.start, end: match.end, kind: match === currentMatch ? 'current' : 'match' });
    return rangesInRow(marks, row);
  }

  function tokensOf(row: LineRow): Range<TokenKind>[] {
    const line = lines[row.line] ?? '';
    return isJson && line.length <= longestTokenLine ? rangesInRow(jsonTokens(line), row) : [];
  }

  const id = useId();
  const canFold = folding !== undefined && folding.folds.size > 0;
  const keys = useFoldKeys(
    rows,
    folding,
    () => Math.max(1, Math.floor((scroll.current?.clientHeight ?? 0) / rowPixels) - 1),
    (index) => virtual.scrollToIndex(index, { align: 'auto' }),
  );
  function onClick(event: MouseEvent) {
    const row = event.target instanceof Element && event.target.closest('[data-index]');
    if (row) keys.setActive(Number(row.getAttribute('data-index')));
  }

  const digits = String(lines.length).length;
  return (
    <div
      ref={scroll}
      className={classes.scroll}
      {...readOnlyText(label)}
      {...{ onKeyDown: keys.onKeyDown, onClick }}
      {...(canFold && {
        'aria-activedescendant': `${id}-${keys.active}`,
        'aria-keyshortcuts': 'Enter Control+Shift+[ Control+Shift+] Control+Alt+[ Control+Alt+]',
      })}
      dir="ltr"
    >
      <div className={classes.rows} data-wrap={wrap} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start, key }) => {
          const row = rows[index];
          if (!row) return null;
          const isFault = row.line === faultLine;
          return (
            <div
              key={key}
              ref={virtual.measureElement}
              id={`${id}-${index}`}
              data-index={index}
              data-active={(canFold && index === keys.active) || undefined}
              data-fault={isFault}
              className={classes.row}
              style={{ transform: `translateY(${start}px)` }}
            >
              <span className={classes.number} aria-hidden="true">
                {(row.from === 0 ? String(row.line + 1) : '').padStart(digits)}
              </span>
              {folding && (
                <span className={classes.fold}>
                  {row.from === 0 && folding.folds.has(row.line) && (
                    <button
                      type="button"
                      className={classes.foldButton}
                      tabIndex={-1}
                      aria-label={
                        folding.folded.has(row.line)
                          ? text.payload.unfoldLine(row.line + 1)
                          : text.payload.foldLine(row.line + 1)
                      }
                      title={folding.folded.has(row.line) ? text.payload.unfoldHint : text.payload.foldHint}
                      aria-expanded={!folding.folded.has(row.line)}
                      onClick={() => folding.toggle(row.line)}
                    >
                      <IconChevronRight aria-hidden />
                    </button>
                  )}
                </span>
              )}
              <code className={classes.line}>
                {paintLine(row.text, tokensOf(row), marksOf(row)).map((piece) => (
                  <span
                    key={piece.start}
                    className={classes.piece}
                    data-token={piece.token}
                    data-mark={piece.mark}
                  >
                    <PayloadText text={piece.text} keepTabs />
                  </span>
                ))}
                {isFault && faultColumn >= row.from + row.text.length && (
                  <span className={classes.piece} data-mark="fault">
                    {' '}
                  </span>
                )}
                {row.from + row.text.length === lines[row.line]?.length && folding?.folded.has(row.line) && (
                  <button
                    type="button"
                    className={classes.hidden}
                    tabIndex={-1}
                    onClick={() => folding.toggle(row.line)}
                  >
                    {text.payload.hiddenLines((folding.folds.get(row.line) ?? row.line) - row.line)}
                  </button>
                )}
              </code>
            </div>
          );
        })}
      </div>
    </div>
  );
}
