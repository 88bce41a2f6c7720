// One job of sending again: how far it is, what came of each call, the chosen result beside the original answer.
import { Button, Progress, SegmentedControl } from '@mantine/core';
import { IconArrowLeft, IconFilterOff, IconPlayerStop, IconTrash } from '@tabler/icons-react';
import { Link, useLocation, useParams, useSearchParams } from 'wouter';
import type { ReplayAttempt, ReplayJob } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { paths } from '../../app/paths.ts';
import { EmptyState } from '../../design/empty-state.tsx';
import { formatDuration } from '../../design/formats.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { RelativeTime } from '../../design/relative-time.tsx';
import { SplitView } from '../../design/split-view.tsx';
import { StateBadge } from '../../design/state-badge.tsx';
import { type VirtualColumn, VirtualTable } from '../../design/virtual-table.tsx';
import { text } from '../../text/en.ts';
import { PayloadText } from '../payload/payload-text.tsx';
import { AttemptDetail } from './attempt-detail.tsx';
import { AttemptState, differenceWords } from './attempt-state.tsx';
import { JobState, targetWords } from './replay-jobs.tsx';
import classes from './replay-screen.module.css';
import { useAttempts } from './use-attempts.ts';
import { useReplayJob } from './use-replay-job.ts';

const words = text.replay;
const numberOf = ({ number }: ReplayAttempt) => String(number);
const choices = ['failed', 'otherStatus', 'different'] as const;

const call: VirtualColumn<ReplayAttempt> = {
  key: 'what',
  header: words.attemptColumns.what,
  width: 'minmax(6rem, 1.6fr)',
  hideBelow: 420,
  cell: (row) => (
    <>
      <PayloadText text={row.label} />
      {row.round > 1 && <span className={classes.muted}> {words.round(row.round)}</span>}
    </>
  ),
};

const columns: VirtualColumn<ReplayAttempt>[] = [
  {
    key: 'number',
    header: words.attemptColumns.number,
    width: 'minmax(3rem, 0.3fr)',
    align: 'end',
    cell: (row) => row.number,
  },
  call,
  {
    key: 'answer',
    header: words.attemptColumns.answer,
    width: 'minmax(7rem, 1fr)',
    cell: (row) => <AttemptState attempt={row} />,
  },
  {
    key: 'original',
    header: words.attemptColumns.original,
    width: 'minmax(4.5rem, 0.5fr)',
    hideBelow: 560,
    cell: (row) => row.original?.status ?? '',
  },
  {
    key: 'differences',
    header: words.attemptColumns.differences,
    width: 'minmax(8rem, 2fr)',
    hideBelow: 700,
    cell: (row) =>
      row.failure !== undefined ? (
        <span className={classes.reason}>{row.failure}</span>
      ) : (
        row.differences.map(differenceWords).join(', ')
      ),
  },
  {
    key: 'took',
    header: words.attemptColumns.took,
    width: 'minmax(4.5rem, 0.5fr)',
    align: 'end',
    hideBelow: 480,
    cell: (row) => (row.tookMs === undefined ? '' : formatDuration(row.tookMs)),
  },
  {
    key: 'sent',
    header: words.attemptColumns.sent,
    width: 'minmax(6rem, 0.6fr)',
    align: 'end',
    hideBelow: 820,
    cell: (row) => <RelativeTime at={row.sentAt} />,
  },
];

const due: VirtualColumn<ReplayAttempt> = {
  key: 'due',
  header: words.attemptColumns.due,
  width: 'minmax(6rem, 0.8fr)',
  align: 'end',
  cell: (row) => (row.dueMs === undefined ? '' : words.due(formatDuration(row.dueMs))),
};

export function JobScreen() {
  const { id } = useParams<{ id: string }>();
  const { job, problem, refetch } = useReplayJob(id);
  const [search, setSearch] = useSearchParams();
  const only = choices.find((each) => each === search.get('only'));
  const chosen = Number(search.get('result') ?? 0);
  const attempts = useAttempts(id, only);

  const change = (key: string, value: string | undefined) =>
    setSearch(
      (before) => {
        if (value === undefined) before.delete(key);
        else before.set(key, value);
        return before;
      },
      { replace: true },
    );

  if (problem && !job) {
    return (
      <div className={classes.notice}>
        <ProblemNotice
          {...problemWords(problem)}
          action={{ label: text.problems.tryAgain, onPress: refetch }}
        />
        <Link href={paths.replay}>{words.back}</Link>
      </div>
    );
  }
  return (
    <div className={classes.screen}>
      <header className={classes.head}>
        <Link className={classes.back} href={paths.replay}>
          <IconArrowLeft size={16} aria-hidden /> {words.back}
        </Link>
        {job && <JobHead job={job} onChanged={refetch} />}
      </header>
      <div className={classes.toolbar}>
        <SegmentedControl
          aria-label={words.only}
          value={only ?? 'all'}
          onChange={(value) => change('only', value === 'all' ? undefined : value)}
          data={[
            { value: 'all', label: words.onlyAll },
            { value: 'failed', label: words.onlyFailed },
            { value: 'otherStatus', label: words.onlyOtherStatus },
            { value: 'different', label: words.onlyDifferent },
          ]}
        />
      </div>
      {attempts.problem && (
        <div className={classes.notice}>
          <ProblemNotice
            {...problemWords(attempts.problem, words.attemptsNotRead)}
            action={{ label: text.problems.tryAgain, onPress: attempts.refresh }}
          />
        </div>
      )}
      <SplitView
        paneLabel={words.attempt}
        closeLabel={words.closeAttempt}
        onClose={() => change('result', undefined)}
        pane={chosen > 0 ? <AttemptDetail key={chosen} jobId={id} number={chosen} /> : undefined}
        list={
          <VirtualTable
            key={only ?? 'all'}
            label={words.attempts}
            rows={attempts.rows}
            columns={job?.kind === 'retries' ? [...columns.slice(0, 3), due, ...columns.slice(4)] : columns}
            rowKey={numberOf}
            selected={chosen > 0 ? String(chosen) : undefined}
            onSelect={(row) => change('result', String(row.number))}
            onReachEnd={attempts.more}
            empty={
              <EmptyState compact icon={IconFilterOff} title={words.noAttempts}>
                {words.noAttemptsAbout}
              </EmptyState>
            }
          />
        }
      />
    </div>
  );
}

function JobHead({ job, onChanged }: { job: ReplayJob; onChanged: () => void }) {
  const stop = useAction('replays.stop');
  const remove = useAction('replays.remove');
  const [, navigate] = useLocation();
  const share = job.total === 0 ? 100 : (100 * job.done) / job.total;
  return (
    <>
      <div className={classes.titleRow}>
        <h1 className={classes.title}>
          {job.title} <span className={classes.muted}>→ {targetWords(job)}</span>
        </h1>
        <JobState job={job} />
        <span className={classes.actions}>
          {job.state === 'running' ? (
            <Button
              variant="default"
              leftSection={<IconPlayerStop size={16} aria-hidden />}
              loading={stop.running}
              onClick={async () => {
                await stop.run({ id: job.id });
                onChanged();
              }}
            >
              {words.stop}
            </Button>
          ) : (
            <Button
              variant="default"
              leftSection={<IconTrash size={16} aria-hidden />}
              loading={remove.running}
              title={words.removeNotice}
              onClick={async () => {
                if (await remove.run({ id: job.id })) navigate(paths.replay);
              }}
            >
              {words.remove}
            </Button>
          )}
        </span>
      </div>
      <Progress
        value={share}
        aria-label={words.progress}
        size="sm"
        {...(job.failed > 0 && { color: 'var(--warn-mark)' })}
      />
      <p className={classes.counts} aria-live="polite">
        {words.counts(job.done, job.total, job.failed, job.different)}
      </p>
      {job.note !== undefined && (
        <div>
          <StateBadge tone="paused">{job.note}</StateBadge>
        </div>
      )}
      {stop.problem && <ProblemNotice {...problemWords(stop.problem, words.notStopped)} />}
      {remove.problem && <ProblemNotice {...problemWords(remove.problem, words.notRemoved)} />}
    </>
  );
}
