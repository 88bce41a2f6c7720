// The jobs of sending again, newest first; a press opens its results.
import { Button } from '@mantine/core';
import { IconRepeat } from '@tabler/icons-react';
import { useEffect, useMemo } from 'react';
import { useLocation } from 'wouter';
import { useStore } from 'zustand';
import type { ReplayJob } from '#contract';
import { createPagedList } from '../../api/paged-list.ts';
import { useEvent } from '../../api/use-call.ts';
import { useClient, useLinkState } from '../../api/use-client.tsx';
import { paths } from '../../app/paths.ts';
import { EmptyState } from '../../design/empty-state.tsx';
import { formatCount } from '../../design/formats.ts';
import { MiddleEllipsis } from '../../design/middle-ellipsis.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { RelativeTime } from '../../design/relative-time.tsx';
import { StateBadge } from '../../design/state-badge.tsx';
import { type VirtualColumn, VirtualTable } from '../../design/virtual-table.tsx';
import { text } from '../../text/en.ts';
import classes from './replay-screen.module.css';
import { useReplay } from './use-replay.ts';

const words = text.replay;

export function JobState({ job, plain = false }: { job: ReplayJob; plain?: boolean }) {
  const tone =
    job.state === 'running' ? 'busy' : job.state === 'stopped' ? 'paused' : job.failed > 0 ? 'warn' : 'good';
  return (
    <StateBadge tone={tone} plain={plain}>
      {words.states[job.state]}
    </StateBadge>
  );
}

export const targetWords = ({ target }: ReplayJob) =>
  target.kind === 'url' ? target.url : words.targets[target.kind];

const columns: VirtualColumn<ReplayJob>[] = [
  {
    key: 'what',
    header: words.columns.what,
    width: 'minmax(8rem, 2fr)',
    cell: (job) => (
      <span className={classes.what}>
        <span className={classes.kind}>{words.kinds[job.kind]}</span> {job.title}
      </span>
    ),
  },
  {
    key: 'target',
    header: words.columns.target,
    width: 'minmax(7rem, 1.6fr)',
    hideBelow: 640,
    cell: (job) => <MiddleEllipsis>{targetWords(job)}</MiddleEllipsis>,
  },
  {
    key: 'state',
    header: words.columns.state,
    width: 'minmax(6rem, 0.8fr)',
    cell: (job) => <JobState job={job} plain />,
  },
  {
    key: 'done',
    header: words.columns.done,
    width: 'minmax(6rem, 0.8fr)',
    align: 'end',
    hideBelow: 480,
    cell: (job) => words.doneOf(job.done, job.total),
  },
  {
    key: 'failed',
    header: words.columns.failed,
    width: 'minmax(4rem, 0.5fr)',
    align: 'end',
    hideBelow: 560,
    cell: (job) => (job.failed === 0 ? '' : <span className={classes.bad}>{formatCount(job.failed)}</span>),
  },
  {
    key: 'different',
    header: words.columns.different,
    width: 'minmax(5rem, 0.6fr)',
    align: 'end',
    hideBelow: 760,
    cell: (job) => (job.different === 0 ? '' : formatCount(job.different)),
  },
  {
    key: 'started',
    header: words.columns.started,
    width: 'minmax(6rem, 0.8fr)',
    align: 'end',
    hideBelow: 400,
    cell: (job) => <RelativeTime at={job.createdAt} />,
  },
];

export function ReplayJobs() {
  const client = useClient();
  const link = useLinkState();
  const replay = useReplay();
  const [, navigate] = useLocation();
  const list = useMemo(
    () =>
      createPagedList<ReplayJob>(
        async (before, signal, limit) => {
          const page = await client.call(
            'replays.list',
            { limit, ...(before !== undefined && { before }) },
            { signal },
          );
          return { rows: page.jobs, next: page.next };
        },
        (job) => job.id,
      ),
    [client],
  );
  useEffect(() => {
    if (link === 'open') list.refresh();
  }, [list, link]);
  useEffect(() => list.close, [list]);
  useEvent('replays.changed', list.refresh);
  const { rows, problem, isHeld } = useStore(list.store);

  return (
    <>
      {problem && (
        <div className={classes.notice}>
          <ProblemNotice
            {...problemWords(problem, words.jobsNotRead)}
            action={{ label: text.problems.tryAgain, onPress: list.refresh }}
          />
        </div>
      )}
      <VirtualTable
        label={words.list}
        rows={rows}
        columns={columns}
        rowKey={(job) => job.id}
        live={rows !== undefined}
        onOpen={(job) => navigate(paths.replayJob(job.id))}
        onReachEnd={list.more}
        onAway={list.setAway}
        manyAbove={isHeld}
        empty={
          <EmptyState
            icon={IconRepeat}
            title={words.emptyTitle}
            action={
              <Button variant="default" onClick={() => replay.replayByFilter({})}>
                {words.open}
              </Button>
            }
          >
            {words.emptyAbout}
          </EmptyState>
        }
      />
    </>
  );
}
