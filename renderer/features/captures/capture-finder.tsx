// Finding captures: the search, the live list and the chosen call beside it; of all sources or of one. What is sought and chosen stands in
// the address.
import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconFilterOff } from '@tabler/icons-react';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import {
  addTerm,
  type CaptureSummary,
  dropTerm,
  hasTerm,
  type Outcome,
  outcome as outcomes,
  valuesOf,
} from '#contract';
import { useAction } from '../../api/use-action.ts';
import { useCall, useEvent } from '../../api/use-call.ts';
import { EmptyState } from '../../design/empty-state.tsx';
import { formatAbsolute } from '../../design/formats.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { SplitView } from '../../design/split-view.tsx';
import { VirtualTable } from '../../design/virtual-table.tsx';
import { text } from '../../text/en.ts';
import { useReplay } from '../replay/use-replay.ts';
import { captureColumns } from './capture-columns.tsx';
import { CaptureDetail } from './capture-detail.tsx';
import classes from './captures-section.module.css';
import { ChosenBar } from './chosen-bar.tsx';
import { FilteringProvider } from './filter-value.tsx';
import { FinderToolbar } from './finder-toolbar.tsx';
import { useCaptureChoice } from './use-capture-choice.ts';
import { useCaptureKeys } from './use-capture-keys.ts';
import { useCaptureList } from './use-capture-list.ts';
import { useComparing } from './use-comparing.ts';
import { useCopyAs } from './use-copy-as.ts';
import { useRemovedSources, useSourceNames } from './use-source-names.ts';

interface CaptureFinderProps {
  dataSourceId?: string;
  /** Shown while nothing was ever received. */
  empty: ReactNode;
}

const idOf = ({ id }: CaptureSummary) => id;
const distinct = (values: readonly (string | undefined)[]) => [
  ...new Set(values.filter((value) => value !== undefined)),
];

export function CaptureFinder({ dataSourceId, empty }: CaptureFinderProps) {
  const [address, setAddress] = useSearchParams();
  const [, navigate] = useLocation();
  const wanted = outcomes.options.find((each) => each === address.get('outcome'));
  const query = address.get('q') ?? (wanted ? `status:${wanted}` : '');
  const chosen = address.get('call') ?? undefined;
  const found = useCaptureList(dataSourceId, query);
  const choice = useCaptureChoice();
  const names = useSourceNames(dataSourceId === undefined);
  useRemovedSources(names, found.list);
  const tags = useCall('captures.tags', {});
  useEvent('captures.marked', tags.refetch);
  const mark = useAction('captures.mark');
  const replay = useReplay();
  const copyAs = useCopyAs();
  const compare = useComparing(navigate);
  const input = useRef<HTMLInputElement>(null);
  const [showsKeys, setShowsKeys] = useState(false);

  const change = useCallback(
    (changes: Record<string, string | undefined>) =>
      setAddress(
        (before) => {
          for (const [key, value] of Object.entries(changes)) {
            if (value) before.set(key, value);
            else before.delete(key);
          }
          return before;
        },
        { replace: true },
      ),
    [setAddress],
  );
  const setQuery = useCallback(
    (next: string) => {
      if (next !== query) change({ q: next, outcome: undefined });
    },
    [query, change],
  );
  const toggle = (term: string) =>
    setQuery(hasTerm(query, term) ? dropTerm(query, term) : addTerm(query, term));

  // The same from one arrival to the next, so that rows that stay are not rendered again.
  const toggleNow = useRef(toggle);
  useEffect(() => {
    toggleNow.current = toggle;
  });
  const filtering = useMemo(() => ({ query, toggle: (term: string) => toggleNow.current(term) }), [query]);
  const columns = useMemo(
    () => captureColumns(choice, names && ((id) => names.get(id) ?? text.captures.removedSource)),
    [choice, names],
  );
  const rows = found.rows;
  const at = rows?.findIndex(({ id }) => id === chosen) ?? -1;
  const step = (by: number) => {
    const next = rows?.[Math.max(0, Math.min(rows.length - 1, at < 0 ? 0 : at + by))];
    if (next) change({ call: next.id });
  };

  async function pin() {
    const ids = choice.ids.length > 0 ? [...choice.ids] : chosen === undefined ? [] : [chosen];
    if (ids.length === 0) return;
    const isPinned = rows?.filter(({ id }) => ids.includes(id)).every(({ pinned }) => pinned) ?? false;
    await mark.run({ ids, pinned: !isPinned });
  }

  useCaptureKeys({
    j: () => step(1),
    k: () => step(-1),
    '/': () => input.current?.select(),
    x: () => chosen !== undefined && choice.toggle(chosen),
    p: () => void pin(),
    c: () => {
      if (chosen === undefined) return;
      void copyAs(chosen, 'curl').then((answer) =>
        notifications.show({
          message: !answer.ok
            ? `${text.captures.notCopied}: ${answer.why}`
            : answer.bodyFile === undefined
              ? text.captures.copiedCurl
              : text.captures.copyAs.bodySaved(answer.bodyFile),
          // What is more than a word stays until it is read.
          ...(answer.ok && answer.bodyFile === undefined && { autoClose: 3000 }),
          withBorder: true,
        }),
      );
    },
    r: () => void replay.replayNow(choice.ids.length > 0 ? choice.ids : chosen === undefined ? [] : [chosen]),
    R: () => chosen !== undefined && replay.editAndReplay(chosen),
    v: () => compare(choice.ids),
    '?': () => setShowsKeys(true),
    ...(chosen === undefined && choice.ids.length > 0 && { Escape: choice.clear }),
  });

  const status = valuesOf(query, 'status');
  const segment =
    status.length === 0
      ? 'all'
      : status.length === 1 && (outcomes.options as readonly string[]).includes(status[0] ?? '')
        ? (status[0] ?? '')
        : '';
  const { problem } = found;
  const queryProblem = useMemo(
    () => (problem?.code === 'query.invalid' ? { message: problem.message, at: problem.at } : undefined),
    [problem],
  );
  const known = useMemo(
    () => ({
      source: distinct([...(names?.values() ?? [])]),
      event: distinct(rows?.map(({ eventType }) => eventType) ?? []),
      tag: tags.data?.tags.map(({ tag }) => tag) ?? [],
    }),
    [names, rows, tags.data],
  );

  return (
    <FilteringProvider value={filtering}>
      <div className={classes.section}>
        <FinderToolbar
          query={query}
          dataSourceId={dataSourceId}
          segment={segment}
          ids={choice.ids}
          known={known}
          engineFault={queryProblem}
          input={input}
          showsKeys={showsKeys}
          onShowKeys={setShowsKeys}
          onQuery={setQuery}
        />
        <ChosenBar
          choice={choice}
          rows={rows ?? []}
          onCompare={() => compare(choice.ids)}
          onReplay={() => replay.replayMany(choice.ids)}
        />
        {mark.problem && (
          <div className={classes.notice}>
            <ProblemNotice {...problemWords(mark.problem, text.captures.marks.notMarked)} />
          </div>
        )}
        {problem && !queryProblem && (
          <div className={classes.notice}>
            <ProblemNotice
              {...problemWords(problem, text.setUp.callsNotRead)}
              action={{ label: text.problems.tryAgain, onPress: found.list.start }}
            />
          </div>
        )}
        {(found.looked || (found.isLooking && query !== '')) && (
          <div className={classes.looking} role="status">
            <span>
              {found.isLooking || !found.looked
                ? text.captures.looking(found.looked?.calls ?? 0)
                : text.captures.lookedBackTo(found.looked.calls, formatAbsolute(new Date(found.looked.upTo)))}
            </span>
            {found.isLooking ? (
              <Button size="compact-xs" variant="default" onClick={found.list.stopLooking}>
                {text.captures.stopLooking}
              </Button>
            ) : (
              found.next !== undefined && (
                <Button size="compact-xs" variant="default" onClick={found.list.more}>
                  {text.captures.lookFurther}
                </Button>
              )
            )}
          </div>
        )}
        <SplitView
          paneLabel={text.captures.detail}
          closeLabel={text.captures.closeDetail}
          onClose={() => change({ call: undefined })}
          pane={chosen === undefined ? undefined : <CaptureDetail captureId={chosen} sourceNames={names} />}
          list={
            <VirtualTable
              key={query}
              label={text.captures.list}
              rows={rows}
              columns={columns}
              rowKey={idOf}
              live={rows !== undefined}
              selected={chosen}
              isMarked={(row) => choice.has(row.id)}
              onSelect={(row) => change({ call: row.id })}
              onToggle={(row) => choice.toggle(row.id)}
              onReachEnd={() => {
                // Where calls are looked at one by one, going on is the reader's decision.
                if (!found.looked) found.list.more();
              }}
              onAway={found.list.setAway}
              waitingAbove={found.newer}
              empty={
                query !== '' ? (
                  <EmptyState
                    compact
                    icon={IconFilterOff}
                    title={
                      segment && segment !== 'all' && query === `status:${segment}`
                        ? text.captures.noneOf(text.captures.outcomes[segment as Outcome])
                        : text.captures.nothingFits.title
                    }
                    action={
                      <Button variant="default" onClick={() => setQuery('')}>
                        {text.captures.nothingFits.clear}
                      </Button>
                    }
                  >
                    {segment && segment !== 'all' && query === `status:${segment}`
                      ? text.captures.noneOfWords[segment as Outcome]
                      : text.captures.nothingFits.about}
                  </EmptyState>
                ) : (
                  empty
                )
              }
            />
          }
        />
      </div>
    </FilteringProvider>
  );
}
