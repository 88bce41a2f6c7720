// The runs of a module or of a solution: filtered by state, live; the chosen one beside the list.
import { SegmentedControl, Select } from '@mantine/core';
import { IconFilterOff, IconPlayerPlay } from '@tabler/icons-react';
import { useSearchParams } from 'wouter';
import { type CallInput, type RunState, type RunSummary, runState } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { useCall, useEvent } from '../../api/use-call.ts';
import { EmptyState } from '../../design/empty-state.tsx';
import { formatDuration, withLocalTimes } from '../../design/formats.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { RelativeTime } from '../../design/relative-time.tsx';
import { SplitView } from '../../design/split-view.tsx';
import { type VirtualColumn, VirtualTable } from '../../design/virtual-table.tsx';
import { text } from '../../text/en.ts';
import { RetryMany } from '../deliveries/retry-many.tsx';
import { PayloadText } from '../payload/payload-text.tsx';
import { RunDetail } from './run-detail.tsx';
import { RunStateBadge } from './run-state.tsx';
import classes from './runs.module.css';
import { type RunChoice, useRuns } from './use-runs.ts';

const words = text.runs;

/** `of` one module, or one solution with all its modules. */
export function RunsList({ of }: { of: { moduleId: string } | { solutionId: string } }) {
  const [search, setSearch] = useSearchParams();
  const state = runState.options.find((each) => each === search.get('state'));
  const chosen = search.get('run') ?? undefined;
  const ofModule = 'moduleId' in of;
  const moduleId = ofModule ? of.moduleId : (search.get('module') ?? undefined);
  const place = { ...of, ...(moduleId !== undefined && { moduleId }) };
  const choice: RunChoice = { ...place, ...(state && { state }) };
  const runs = useRuns(choice);

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
          className={classes.states}
          aria-label={words.filter}
          value={state ?? 'all'}
          onChange={(value) => change('state', value === 'all' ? undefined : value)}
          data={[
            { value: 'all', label: words.all },
            ...runState.options.map((value: RunState) => ({ value, label: words.states[value] })),
          ]}
        />
        {!ofModule && (
          <ModuleFilter
            solutionId={of.solutionId}
            value={moduleId}
            onChange={(value) => change('module', value)}
          />
        )}
        <span className={classes.end}>
          <RetryManyRuns of={place} />
        </span>
      </div>
      {runs.problem && (
        <div className={classes.notice}>
          <ProblemNotice
            {...problemWords(runs.problem, words.notRead)}
            action={{ label: text.problems.tryAgain, onPress: runs.refresh }}
          />
        </div>
      )}
      <SplitView
        paneLabel={words.detail}
        closeLabel={words.closeDetail}
        onClose={() => change('run', undefined)}
        pane={chosen === undefined ? undefined : <RunDetail key={chosen} runId={chosen} />}
        list={
          <VirtualTable
            key={JSON.stringify(choice)}
            label={words.list}
            rows={runs.rows}
            columns={ofModule ? columns.filter(({ key }) => key !== 'module') : columns}
            rowKey={(row) => row.id}
            live={runs.rows !== undefined}
            selected={chosen}
            onSelect={(row) => change('run', row.id)}
            onReachEnd={runs.more}
            onAway={runs.setAway}
            manyAbove={runs.isHeld}
            empty={
              state ? (
                <EmptyState compact icon={IconFilterOff} title={words.noneOf(words.states[state])}>
                  {words.noneOfAbout[state]}
                </EmptyState>
              ) : (
                <EmptyState icon={IconPlayerPlay} title={words.emptyTitle}>
                  {words.emptyAbout[ofModule ? 'module' : 'solution']}
                </EmptyState>
              )
            }
          />
        }
      />
    </div>
  );
}

interface ModuleFilterProps {
  solutionId: string;
  value: string | undefined;
  onChange: (moduleId: string | undefined) => void;
}

function ModuleFilter({ solutionId, value, onChange }: ModuleFilterProps) {
  const list = useCall('modules.list', { solutionId });
  return (
    <Select
      className={classes.select}
      aria-label={words.module}
      placeholder={text.deliveries.allModules}
      data={list.data?.modules.map(({ id, name }) => ({ value: id, label: name })) ?? []}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      searchable
      clearable
    />
  );
}

function RetryManyRuns({ of }: { of: RunChoice }) {
  const retry = useAction('runs.retryMany');
  const all = useRetryable(of);

  async function run(since: string | undefined) {
    const answer = await retry.run({ ...of, ...(since !== undefined && { since }) });
    return answer?.retried;
  }

  function useCount(since: string | undefined, isAsked: boolean) {
    const counted = useRetryable(isAsked ? { ...of, ...(since !== undefined && { since }) } : undefined);
    return counted.previous ? undefined : counted.data?.count;
  }

  if ((all.data?.count ?? 0) === 0) return undefined;
  return <RetryMany words={words} useCount={useCount} onRetry={run} problem={retry.problem} />;
}

function useRetryable(choice: CallInput<'runs.countRetryable'> | undefined) {
  const counted = useCall('runs.countRetryable', choice, { keepPrevious: true });
  useEvent('runs.changed', counted.refetch);
  return counted;
}

const columns: VirtualColumn<RunSummary>[] = [
  {
    key: 'state',
    header: words.columns.state,
    width: 'minmax(7rem, 0.8fr)',
    cell: (row) => <RunStateBadge state={row.state} plain />,
  },
  {
    key: 'item',
    header: words.columns.item,
    width: 'minmax(7rem, 1.6fr)',
    cell: (row) =>
      row.itemTitle === undefined ? (
        <span className={classes.muted}>{words.noItem}</span>
      ) : (
        <span className={classes.strong}>
          <PayloadText text={row.itemTitle} />
        </span>
      ),
  },
  {
    key: 'module',
    header: words.columns.module,
    width: 'minmax(7rem, 1.2fr)',
    hideBelow: 560,
    cell: (row) => row.moduleName,
  },
  {
    key: 'cause',
    header: words.columns.cause,
    width: 'minmax(8rem, 2.4fr)',
    hideBelow: 640,
    cell: (row) => {
      const words = row.reason ?? withLocalTimes(row.cause.text);
      return (
        <span className={classes.cut} title={words}>
          {words}
        </span>
      );
    },
  },
  {
    key: 'steps',
    header: words.columns.steps,
    width: 'minmax(4.5rem, 0.7fr)',
    align: 'end',
    hideBelow: 520,
    cell: (row) =>
      row.steps.failed > 0 ? (
        <span className={classes.bad}>{words.stepsFailed(row.steps.failed)}</span>
      ) : row.steps.total > 0 ? (
        words.stepsDone(row.steps.done, row.steps.total)
      ) : (
        ''
      ),
  },
  {
    key: 'took',
    header: words.columns.took,
    width: 'minmax(4.5rem, 0.6fr)',
    align: 'end',
    hideBelow: 820,
    cell: (row) =>
      row.endedAt === undefined ? '' : formatDuration(Date.parse(row.endedAt) - Date.parse(row.startedAt)),
  },
  {
    key: 'started',
    header: words.columns.started,
    width: 'minmax(6.5rem, 0.8fr)',
    align: 'end',
    cell: (row) => <RelativeTime at={row.startedAt} />,
  },
];
