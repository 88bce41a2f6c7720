// Captures of a data source: every received call, live, filtered by outcome; the chosen one beside the list.
import { SegmentedControl } from '@mantine/core';
import { IconFilterOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useSearchParams } from 'wouter';
import { type CaptureSummary, type Outcome, outcome as outcomes } from '#contract';
import { EmptyState } from '../../design/empty-state.tsx';
import { formatBytes, formatDuration } from '../../design/formats.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { RelativeTime } from '../../design/relative-time.tsx';
import { SplitView } from '../../design/split-view.tsx';
import { type VirtualColumn, VirtualTable } from '../../design/virtual-table.tsx';
import { text } from '../../text/en.ts';
import { PayloadText } from '../payload/payload-text.tsx';
import { CaptureDetail } from './capture-detail.tsx';
import classes from './captures-section.module.css';
import { OutcomeBadge } from './outcome-badge.tsx';
import { rejectionWords } from './rejection-words.ts';
import { useCaptures } from './use-captures.ts';

interface CapturesSectionProps {
  dataSourceId: string;
  limitMs: number | undefined;
  /** Shown while nothing was ever received. */
  empty: ReactNode;
}

const columns: VirtualColumn<CaptureSummary>[] = [
  {
    key: 'outcome',
    header: text.captures.outcome,
    width: 'minmax(6rem, 1fr)',
    cell: (row) => <OutcomeBadge outcome={row.outcome} plain />,
  },
  {
    key: 'method',
    header: text.captures.method,
    width: 'minmax(4rem, 0.5fr)',
    hideBelow: 350,
    cell: (row) => <code>{row.method}</code>,
  },
  {
    key: 'what',
    header: text.captures.what,
    width: 'minmax(7rem, 3fr)',
    hideBelow: 480,
    cell: (row) =>
      row.rejection ? (
        <span className={classes.reason}>{rejectionWords(row.rejection)}</span>
      ) : (
        <PayloadText text={row.eventType ?? row.contentType ?? text.captures.noContentType} />
      ),
  },
  {
    key: 'items',
    header: text.captures.items,
    width: 'minmax(5rem, 0.8fr)',
    hideBelow: 760,
    cell: (row) => (row.indexState === 'none' ? '' : text.captures.itemsShort(row.indexState, row.itemCount)),
  },
  {
    key: 'size',
    header: text.captures.size,
    width: 'minmax(4.5rem, 0.6fr)',
    align: 'end',
    hideBelow: 560,
    cell: (row) => formatBytes(row.size),
  },
  {
    key: 'answered',
    header: text.captures.answered,
    width: 'minmax(5rem, 0.6fr)',
    align: 'end',
    hideBelow: 660,
    cell: (row) => (row.answeredInMs === undefined ? '' : formatDuration(row.answeredInMs)),
  },
  {
    key: 'received',
    header: text.captures.received,
    width: 'minmax(6.5rem, 0.8fr)',
    align: 'end',
    cell: (row) => <RelativeTime at={row.receivedAt} />,
  },
];

export function CapturesSection({ dataSourceId, limitMs, empty }: CapturesSectionProps) {
  const [search, setSearch] = useSearchParams();
  const wanted = outcomes.options.find((each) => each === search.get('outcome'));
  const chosen = search.get('call') ?? undefined;
  const captures = useCaptures(dataSourceId, wanted);

  const change = (key: string, value: string | undefined) =>
    setSearch(
      (before) => {
        if (value === undefined) before.delete(key);
        else before.set(key, value);
        return before;
      },
      { replace: true },
    );

  return (
    <div className={classes.section}>
      <div className={classes.toolbar}>
        <SegmentedControl
          aria-label={text.captures.filter}
          value={wanted ?? 'all'}
          onChange={(value) => change('outcome', value === 'all' ? undefined : value)}
          data={[
            { value: 'all', label: text.captures.all },
            ...outcomes.options.map((value: Outcome) => ({ value, label: text.captures.outcomes[value] })),
          ]}
        />
      </div>
      {captures.problem && (
        <div className={classes.notice}>
          <ProblemNotice
            {...problemWords(captures.problem, text.setUp.callsNotRead)}
            action={{ label: text.problems.tryAgain, onPress: captures.refresh }}
          />
        </div>
      )}
      <SplitView
        paneLabel={text.captures.detail}
        closeLabel={text.captures.closeDetail}
        onClose={() => change('call', undefined)}
        pane={
          chosen === undefined ? undefined : (
            <CaptureDetail key={chosen} captureId={chosen} limitMs={limitMs} />
          )
        }
        list={
          <VirtualTable
            key={wanted ?? 'all'}
            label={text.captures.list}
            rows={captures.rows}
            columns={columns}
            rowKey={(row) => row.id}
            live={captures.rows !== undefined}
            selected={chosen}
            onSelect={(row) => change('call', row.id)}
            onReachEnd={captures.more}
            empty={
              wanted ? (
                <EmptyState
                  compact
                  icon={IconFilterOff}
                  title={text.captures.noneOf(text.captures.outcomes[wanted])}
                >
                  {text.captures.noneOfWords[wanted]}
                </EmptyState>
              ) : (
                empty
              )
            }
          />
        }
      />
    </div>
  );
}
