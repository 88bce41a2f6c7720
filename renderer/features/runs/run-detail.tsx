// One run: what triggered it, which conditions held with which values, and each action with its requests and answers.
import { Button } from '@mantine/core';
import { IconRefresh, IconX } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { Run } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { useCall, useEvent } from '../../api/use-call.ts';
import { paths } from '../../app/paths.ts';
import { DetailHead, DetailPane, DetailPart, DetailPending, Fact, Facts } from '../../design/detail-pane.tsx';
import { formatAbsolute, formatDuration, withLocalTimes } from '../../design/formats.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import { PayloadText } from '../payload/payload-text.tsx';
import { ConditionResults, fieldLabel } from './condition-results.tsx';
import { RunStateBadge } from './run-state.tsx';
import { RunSteps } from './run-steps.tsx';
import classes from './runs.module.css';

const words = text.runs;

export function RunDetail({ runId }: { runId: string }) {
  const { data, problem, refetch } = useCall('runs.get', { id: runId });
  useEvent('runs.changed', (event) => {
    if (data === undefined || event.moduleId === data.run.moduleId) refetch();
  });
  if (!data) return <DetailPending problem={problem} what={words.notShown} onRetry={refetch} />;
  return <RunFacts run={data.run} onChanged={refetch} />;
}

function RunFacts({ run, onChanged }: { run: Run; onChanged: () => void }) {
  const { cause } = run;
  const captures = paths.dataSource(run.dataSourceId, 'captures');
  return (
    <DetailPane label={words.detail}>
      <DetailHead badge={<RunStateBadge state={run.state} />}>
        {run.itemTitle === undefined ? run.moduleName : <PayloadText text={run.itemTitle} />}
      </DetailHead>
      {run.reason && (
        <ProblemNotice
          tone={run.state === 'failed' ? 'bad' : run.state === 'blocked' ? 'warn' : 'info'}
          what={run.reason}
        />
      )}
      <RunActions run={run} onChanged={onChanged} />
      <Facts>
        <Fact name={words.module}>
          <Link className={classes.link} href={paths.module(run.moduleId)}>
            {run.moduleName}
          </Link>
        </Fact>
        {run.itemId !== undefined && (
          <Fact name={words.item}>
            <Link
              className={classes.link}
              href={`${paths.dataSource(run.dataSourceId, 'view-data')}?item=${encodeURIComponent(run.itemId)}`}
            >
              {words.openItem}
            </Link>
          </Fact>
        )}
        <Fact name={words.started}>{formatAbsolute(new Date(run.startedAt))}</Fact>
        {run.endedAt && (
          <Fact name={words.took}>{formatDuration(Date.parse(run.endedAt) - Date.parse(run.startedAt))}</Fact>
        )}
      </Facts>
      <DetailPart title={words.triggeredBy}>
        <p className={classes.words}>{withLocalTimes(cause.text)}</p>
        {cause.changed && cause.changed.length > 0 && (
          <p className={classes.words}>
            {words.changed}:{' '}
            {cause.changed.map((field, index) => (
              <span key={field}>
                {index > 0 && ', '}
                <code className={classes.code}>
                  <PayloadText text={fieldLabel(field)} />
                </code>
              </span>
            ))}
          </p>
        )}
        {cause.captureId !== undefined && (
          <Link className={classes.link} href={`${captures}?call=${encodeURIComponent(cause.captureId)}`}>
            {isByItself(cause.kind) ? words.openLastCall : words.openCall}
          </Link>
        )}
      </DetailPart>
      <DetailPart title={words.conditions}>
        <ConditionResults results={run.conditions} />
      </DetailPart>
      <DetailPart title={words.steps}>
        <RunSteps steps={run.stepList} />
      </DetailPart>
    </DetailPane>
  );
}

/** No call set it off; the one that is known is the last of the item. */
const isByItself = (kind: Run['cause']['kind']) => kind === 'buttonClicked' || kind === 'onScheduled';

function RunActions({ run, onChanged }: { run: Run; onChanged: () => void }) {
  const retry = useAction('runs.retry');
  const cancel = useAction('runs.cancel');
  const act = async (promise: Promise<unknown>) => {
    if ((await promise) !== undefined) onChanged();
  };
  const canRetry = run.state === 'failed' || run.state === 'blocked' || run.state === 'cancelled';
  if (!canRetry && run.state !== 'running') return undefined;
  return (
    <>
      <div className={classes.buttons}>
        {canRetry && (
          <Button
            size="xs"
            title={words.retryHint}
            leftSection={<IconRefresh size={14} aria-hidden />}
            loading={retry.running}
            onClick={() => void act(retry.run({ id: run.id }))}
          >
            {words.retry}
          </Button>
        )}
        {run.state === 'running' && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconX size={14} aria-hidden />}
            loading={cancel.running}
            onClick={() => void act(cancel.run({ id: run.id }))}
          >
            {words.cancel}
          </Button>
        )}
      </div>
      {retry.problem && <ProblemNotice {...problemWords(retry.problem, words.notRetried)} />}
      {cancel.problem && <ProblemNotice {...problemWords(cancel.problem, words.notCancelled)} />}
    </>
  );
}
