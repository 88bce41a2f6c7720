// The modules of a solution: what starts them, whether they can run, their last run; those that are blocked with what mends them.
import { Button, Switch } from '@mantine/core';
import { IconBolt, IconPlus } from '@tabler/icons-react';
import { useLocation } from 'wouter';
import type { Module } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { useCall, useEvent } from '../../api/use-call.ts';
import { paths } from '../../app/paths.ts';
import { EmptyState } from '../../design/empty-state.tsx';
import { formatCount } from '../../design/formats.ts';
import { MiddleEllipsis } from '../../design/middle-ellipsis.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { RelativeTime } from '../../design/relative-time.tsx';
import { type VirtualColumn, VirtualTable } from '../../design/virtual-table.tsx';
import { text } from '../../text/en.ts';
import { BlockedNotice } from '../modules/blocked-notice.tsx';
import { ModuleStateBadge } from '../modules/module-state.tsx';
import classes from './solutions.module.css';

const words = text.solutions;

export function SolutionModules({ solutionId }: { solutionId: string }) {
  const [, navigate] = useLocation();
  const list = useCall('modules.list', { solutionId });
  const sources = useCall('dataSources.list', {});
  const switching = useAction('modules.setEnabled');
  useEvent('modules.changed', (event) => {
    if (event.solutionId === solutionId) list.refetch();
  });
  useEvent('solutions.changed', list.refetch);
  useEvent('runs.changed', list.refetch);
  const modules = list.data?.modules;
  const blocked = modules?.filter(({ state }) => state === 'blocked') ?? [];
  const sourceName = (id: string) => sources.data?.dataSources.find((each) => each.id === id)?.name ?? '';

  async function setEnabled(id: string, enabled: boolean) {
    if (await switching.run({ id, enabled })) list.refetch();
  }

  if (list.problem && !modules) {
    return (
      <div className={classes.padded}>
        <ProblemNotice
          {...problemWords(list.problem, words.modulesFailed)}
          action={{ label: text.problems.tryAgain, onPress: list.refetch, busy: list.loading }}
        />
      </div>
    );
  }
  return (
    <div className={classes.section}>
      {(blocked.length > 0 || switching.problem) && (
        <div className={classes.notices}>
          {switching.problem && (
            <ProblemNotice {...problemWords(switching.problem, text.modules.notSwitched)} />
          )}
          {blocked.map((module) => (
            <BlockedNotice key={module.id} module={module} named onMended={list.refetch} />
          ))}
        </div>
      )}
      <VirtualTable
        label={words.modulesList}
        rows={modules}
        columns={columnsOf(sourceName, setEnabled, switching.running)}
        rowKey={({ id }) => id}
        onOpen={({ id }) => navigate(paths.module(id))}
        empty={
          <EmptyState
            icon={IconBolt}
            title={words.noModulesTitle}
            action={
              <Button
                leftSection={<IconPlus size={16} aria-hidden />}
                onClick={() => navigate(paths.newModule(solutionId))}
              >
                {text.modules.newModule}
              </Button>
            }
          >
            {words.noModulesAbout}
          </EmptyState>
        }
      />
    </div>
  );
}

const columnsOf = (
  sourceName: (id: string) => string,
  setEnabled: (id: string, enabled: boolean) => Promise<void>,
  isBusy: boolean,
): VirtualColumn<Module>[] => [
  {
    key: 'enabled',
    header: words.moduleColumns.enabled,
    width: '76px',
    cell: ({ id, name, enabled }) => (
      <Switch
        size="sm"
        aria-label={text.modules.enable(name)}
        checked={enabled}
        disabled={isBusy}
        onChange={(event) => void setEnabled(id, event.currentTarget.checked)}
      />
    ),
  },
  {
    key: 'name',
    header: words.moduleColumns.name,
    width: 'minmax(0, 2fr)',
    sortValue: ({ name }) => name,
    cell: ({ name }) => (
      <span className={classes.nameWord}>
        <MiddleEllipsis>{name}</MiddleEllipsis>
      </span>
    ),
  },
  {
    key: 'state',
    header: words.moduleColumns.state,
    width: 'minmax(6.5rem, 1fr)',
    sortValue: ({ state }) => state,
    cell: ({ state }) => <ModuleStateBadge state={state} plain />,
  },
  {
    key: 'trigger',
    header: words.moduleColumns.trigger,
    width: 'minmax(0, 1.2fr)',
    hideBelow: 640,
    sortValue: ({ trigger }) => text.modules.triggers[trigger.kind],
    cell: ({ trigger }) => text.modules.triggers[trigger.kind],
  },
  {
    key: 'dataSource',
    header: words.moduleColumns.dataSource,
    width: 'minmax(0, 1.4fr)',
    hideBelow: 820,
    sortValue: ({ dataSourceId }) => sourceName(dataSourceId),
    cell: ({ dataSourceId }) => (
      <span className={classes.muted}>
        <MiddleEllipsis>{sourceName(dataSourceId)}</MiddleEllipsis>
      </span>
    ),
  },
  {
    key: 'runs',
    header: words.moduleColumns.runs,
    width: '72px',
    align: 'end',
    hideBelow: 560,
    sortValue: ({ counts }) => counts.runs,
    cell: ({ counts }) => formatCount(counts.runs),
  },
  {
    key: 'failed',
    header: words.moduleColumns.failed,
    width: '72px',
    align: 'end',
    hideBelow: 720,
    sortValue: ({ counts }) => counts.failed,
    cell: ({ counts }) => (
      <span className={counts.failed > 0 ? classes.bad : classes.muted}>{formatCount(counts.failed)}</span>
    ),
  },
  {
    key: 'lastRun',
    header: words.moduleColumns.lastRun,
    width: '128px',
    align: 'end',
    hideBelow: 480,
    sortValue: ({ lastRunAt }) => (lastRunAt ? Date.parse(lastRunAt) : undefined),
    cell: ({ lastRunAt }) =>
      lastRunAt ? <RelativeTime at={lastRunAt} /> : <span className={classes.muted}>{words.never}</span>,
  },
];
