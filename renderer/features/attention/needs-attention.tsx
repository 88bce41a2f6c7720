// "Needs attention": the calls of which elements have no id, with the reason of each, and the way to the mapping of that very call.
import { Button } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useEffect, useMemo } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { useStore } from 'zustand';
import type { CaptureNeedingAttention, DataSource } from '#contract';
import { createPagedList } from '../../api/paged-list.ts';
import { useEvent } from '../../api/use-call.ts';
import { useClient, useLinkState } from '../../api/use-client.tsx';
import { paths } from '../../app/paths.ts';
import { EmptyState } from '../../design/empty-state.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { RelativeTime } from '../../design/relative-time.tsx';
import { SplitView } from '../../design/split-view.tsx';
import { type VirtualColumn, VirtualTable } from '../../design/virtual-table.tsx';
import { text } from '../../text/en.ts';
import { PayloadText } from '../payload/payload-text.tsx';
import { PayloadViewer } from '../payload/payload-viewer.tsx';
import classes from './needs-attention.module.css';

function useCallsNeedingAttention(dataSourceId: string) {
  const client = useClient();
  const link = useLinkState();
  const list = useMemo(
    () =>
      createPagedList<CaptureNeedingAttention>(
        async (before, signal, limit) => {
          const input = { dataSourceId, limit, ...(before !== undefined && { before }) };
          const page = await client.call('captures.needingAttention', input, { signal });
          return { rows: page.captures, next: page.next };
        },
        (capture) => capture.id,
      ),
    [client, dataSourceId],
  );
  useEffect(() => {
    if (link === 'open') list.refresh();
  }, [list, link]);
  useEffect(() => list.close, [list]);
  useEvent('items.changed', (event) => {
    if (event.dataSourceId === dataSourceId) list.refresh();
  });
  const { rows, problem, isHeld } = useStore(list.store);
  return { rows, problem, isHeld, more: list.more, refresh: list.refresh, setAway: list.setAway };
}

const columns: VirtualColumn<CaptureNeedingAttention>[] = [
  {
    key: 'reason',
    header: text.attention.reason,
    width: 'minmax(10rem, 3fr)',
    cell: (row) => <span>{row.reasons[0]?.reason ?? text.attention.noReason}</span>,
  },
  {
    key: 'elements',
    header: text.attention.elements,
    width: 'minmax(6rem, 0.8fr)',
    hideBelow: 420,
    cell: (row) => text.attention.lacking(row.lacking, row.elements),
  },
  {
    key: 'event',
    header: text.attention.event,
    width: 'minmax(6rem, 1fr)',
    hideBelow: 640,
    cell: (row) => <PayloadText text={row.eventType ?? row.contentType ?? ''} />,
  },
  {
    key: 'received',
    header: text.captures.received,
    width: 'minmax(7rem, 0.8fr)',
    align: 'end',
    cell: (row) => <RelativeTime at={row.receivedAt} />,
  },
];

export function NeedsAttention({ source }: { source: DataSource }) {
  const calls = useCallsNeedingAttention(source.id);
  const [search, setSearch] = useSearchParams();
  const [, navigate] = useLocation();
  const chosen = search.get('call') ?? undefined;
  const shown = calls.rows?.find(({ id }) => id === chosen);
  const choose = (id: string | undefined) =>
    setSearch(id === undefined ? {} : { call: id }, { replace: true });
  const fix = (id: string) => navigate(`${paths.dataSource(source.id, 'inbound-webhook')}?call=${id}&row=id`);
  return (
    <div className={classes.section}>
      {calls.rows !== undefined && calls.rows.length > 0 && (
        <p className={classes.about}>{text.attention.about}</p>
      )}
      {calls.problem && (
        <div className={classes.notice}>
          <ProblemNotice
            {...problemWords(calls.problem, text.setUp.callsNotRead)}
            action={{ label: text.problems.tryAgain, onPress: calls.refresh }}
          />
        </div>
      )}
      <SplitView
        paneLabel={text.captures.detail}
        closeLabel={text.captures.closeDetail}
        onClose={() => choose(undefined)}
        pane={shown && <CallNeedingAttention key={shown.id} call={shown} onFix={() => fix(shown.id)} />}
        list={
          <VirtualTable
            label={text.attention.list}
            rows={calls.rows}
            columns={columns}
            rowKey={(row) => row.id}
            live={calls.rows !== undefined}
            selected={chosen}
            onSelect={(row) => choose(row.id)}
            onReachEnd={calls.more}
            onAway={calls.setAway}
            manyAbove={calls.isHeld}
            empty={
              <EmptyState compact icon={IconCircleCheck} title={text.attention.emptyTitle}>
                {text.attention.emptyWords}
              </EmptyState>
            }
          />
        }
      />
    </div>
  );
}

function CallNeedingAttention({ call, onFix }: { call: CaptureNeedingAttention; onFix: () => void }) {
  const more = call.lacking - call.reasons.length;
  return (
    <article className={classes.call}>
      <header className={classes.head}>
        <h2 className={classes.title}>{text.attention.lackingLong(call.lacking, call.elements)}</h2>
        <Button onClick={onFix}>{text.attention.fix}</Button>
      </header>
      <ul className={classes.reasons} aria-label={text.attention.reasons}>
        {call.reasons.map(({ element, reason }) => (
          <li key={element}>
            {call.elements > 1 && <strong>{text.attention.element(element)} </strong>}
            {reason}
          </li>
        ))}
        {more > 0 && call.reasons.length > 0 && <li>{text.attention.moreReasons(more)}</li>}
      </ul>
      <PayloadViewer captureId={call.id} />
    </article>
  );
}
