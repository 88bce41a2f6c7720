// The columns of the list of captures. Values that make sense as a filter carry their term.
import { Tooltip } from '@mantine/core';
import { IconNote, IconPinFilled } from '@tabler/icons-react';
import { type CaptureSummary, writeValue } from '#contract';
import { formatBytes, formatDuration } from '../../design/formats.ts';
import { RelativeTime } from '../../design/relative-time.tsx';
import type { VirtualColumn } from '../../design/virtual-table.tsx';
import { text } from '../../text/en.ts';
import { PayloadText } from '../payload/payload-text.tsx';
import { OriginMark } from './capture-origin.tsx';
import classes from './captures-section.module.css';
import { FilterValue } from './filter-value.tsx';
import { OutcomeBadge } from './outcome-badge.tsx';
import { rejectionWords } from './rejection-words.ts';

export interface CaptureChoice {
  has(id: string): boolean;
  toggle(id: string): void;
}

export function captureColumns(
  choice: CaptureChoice,
  nameOf: ((dataSourceId: string) => string) | undefined,
): VirtualColumn<CaptureSummary>[] {
  const words = text.captures;
  return [
    {
      key: 'choice',
      header: words.selection.column,
      hideHeader: true,
      width: '1.25rem',
      cell: (row) => (
        // The browser's own: there is one in every row of a list that may change many times a second.
        <input
          type="checkbox"
          className={classes.choose}
          tabIndex={-1}
          aria-label={words.selection.choose}
          checked={choice.has(row.id)}
          onChange={() => choice.toggle(row.id)}
        />
      ),
    },
    {
      key: 'outcome',
      header: words.outcome,
      width: 'minmax(7.5rem, 1fr)',
      cell: (row) => (
        <FilterValue term={`status:${row.outcome}`} inList>
          <OutcomeBadge outcome={row.outcome} plain />
        </FilterValue>
      ),
    },
    ...(nameOf
      ? [
          {
            key: 'source',
            header: words.source,
            width: 'minmax(7rem, 1.2fr)',
            hideBelow: 620,
            cell: (row: CaptureSummary) => (
              <FilterValue term={`source:${writeValue(nameOf(row.dataSourceId))}`} inList>
                {nameOf(row.dataSourceId)}
              </FilterValue>
            ),
          },
        ]
      : []),
    {
      key: 'method',
      header: words.method,
      width: 'minmax(4.5rem, 0.5fr)',
      hideBelow: 350,
      cell: (row) => (
        <FilterValue term={`method:${row.method.toLowerCase()}`} inList>
          <code>{row.method}</code>
        </FilterValue>
      ),
    },
    {
      key: 'what',
      header: words.what,
      width: 'minmax(7rem, 3fr)',
      hideBelow: 480,
      cell: (row) => <What row={row} />,
    },
    {
      key: 'items',
      header: words.items,
      width: 'minmax(6.75rem, 0.8fr)',
      hideBelow: 860,
      cell: (row) => (row.indexState === 'none' ? '' : words.itemsShort(row.indexState, row.itemCount)),
    },
    {
      key: 'size',
      header: words.size,
      width: 'minmax(4.5rem, 0.6fr)',
      align: 'end',
      hideBelow: 560,
      cell: (row) => formatBytes(row.size),
    },
    {
      key: 'answered',
      header: words.answered,
      width: 'minmax(5rem, 0.6fr)',
      align: 'end',
      hideBelow: 760,
      cell: (row) => (row.answeredInMs === undefined ? '' : formatDuration(row.answeredInMs)),
    },
    {
      key: 'received',
      header: words.received,
      width: 'minmax(6.5rem, 0.8fr)',
      align: 'end',
      cell: (row) => <RelativeTime at={row.receivedAt} />,
    },
  ];
}

function What({ row }: { row: CaptureSummary }) {
  return (
    <span className={classes.what}>
      {row.pinned && (
        <IconPinFilled
          size={13}
          className={classes.mark}
          aria-label={text.captures.marks.pinned}
          role="img"
        />
      )}
      <OriginMark origin={row.origin} className={classes.mark} />
      {row.note !== undefined && (
        <Tooltip label={row.note} multiline maw={320}>
          <IconNote size={13} className={classes.mark} aria-label={text.captures.marks.note} role="img" />
        </Tooltip>
      )}
      {row.tags?.map((tag) => (
        <span key={tag} className={classes.tag}>
          {tag}
        </span>
      ))}
      {row.rejection ? (
        <span className={classes.reason}>{rejectionWords(row.rejection)}</span>
      ) : row.eventType !== undefined ? (
        <FilterValue term={`event:${writeValue(row.eventType)}`} inList>
          <PayloadText text={row.eventType} />
        </FilterValue>
      ) : (
        <span className={classes.name}>
          <PayloadText text={row.contentType ?? text.captures.noContentType} />
        </span>
      )}
    </span>
  );
}
