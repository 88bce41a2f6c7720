// Overview: what to do next, the webhook URL and its reach, the counts, the last calls.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { ActivitySpan, Application, DataSource } from '#contract';
import { paths } from '../../app/paths.ts';
import { formatAbsolute, formatCount } from '../../design/formats.ts';
import { Panel } from '../../design/panel.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { RelativeTime } from '../../design/relative-time.tsx';
import { text } from '../../text/en.ts';
import { AnswerTime } from '../captures/answer-time.tsx';
import { hadAnswer } from '../captures/capture-origin.tsx';
import { OutcomeBadge } from '../captures/outcome-badge.tsx';
import { useCaptures } from '../captures/use-captures.ts';
import { DriftNotices } from '../drift/drift-notices.tsx';
import { PayloadText } from '../payload/payload-text.tsx';
import { TryACall } from '../set-up/try-a-call.tsx';
import { WebhookAddress } from '../set-up/webhook-address.tsx';
import { ActivityPanel } from './activity-panel.tsx';
import { HealthPanel } from './health-panel.tsx';
import { nextStepOf } from './next-step.ts';
import classes from './overview.module.css';
import { PausedNotice } from './paused-notice.tsx';
import { useActivity } from './use-activity.ts';

interface OverviewProps {
  source: DataSource;
  application: Application | undefined;
}

const lastCalls = 6;

export function Overview(props: OverviewProps) {
  return props.source.entry === 'manual' ? (
    <ManualOverview source={props.source} />
  ) : (
    <OverviewOfCalls {...props} />
  );
}

function ManualOverview({ source }: { source: DataSource }) {
  const [, navigate] = useLocation();
  return (
    <div className={classes.overview}>
      {source.counts.items === 0 && (
        <section className={classes.next} aria-label={text.dataSource.nextStep}>
          <div>
            <h2 className={classes.nextTitle}>{text.items.emptyTitle}</h2>
            <p className={classes.nextWords}>{text.manual.emptyAbout}</p>
          </div>
          <Button onClick={() => navigate(paths.dataSource(source.id, 'view-data'))}>
            {text.dataSource.sections['view-data']}
          </Button>
        </section>
      )}
      <dl className={classes.counts}>
        <Count name={text.dataSource.counts.items} value={source.counts.items} />
      </dl>
    </div>
  );
}

function OverviewOfCalls({ source, application }: OverviewProps) {
  const connection = source.connections[0];
  const { counts } = source;
  const received = source.lastReceivedAt !== undefined;
  const [span, setSpan] = useState<ActivitySpan>('day');
  const activity = useActivity(source.id, span);
  return (
    <div className={classes.overview}>
      {source.status === 'paused' ? <PausedNotice source={source} /> : <NextStep source={source} />}
      <DriftNotices source={source} />
      <dl className={classes.counts}>
        <Count name={text.dataSource.counts.calls} value={counts.captures} />
        <Count name={text.dataSource.counts.items} value={counts.items} />
        <Count name={text.dataSource.counts.waiting} value={counts.waiting} />
        <Count name={text.dataSource.counts.rejected} value={counts.rejected} isBad />
        <Count name={text.dataSource.counts.needsAttention} value={counts.needsAttention} isBad />
      </dl>
      {received && <ActivityPanel activity={activity} span={span} onSpan={setSpan} />}
      <div className={classes.panels}>
        {received && <HealthPanel dataSourceId={source.id} activity={activity.data} />}
        {connection && (
          <Panel>
            <WebhookAddress connection={connection} />
            {connection.formerUrlUntil && (
              <p className={classes.former}>
                {text.care.formerUntil(formatAbsolute(new Date(connection.formerUrlUntil)))}
              </p>
            )}
          </Panel>
        )}
        <LastCalls source={source} application={application} />
      </div>
    </div>
  );
}

function NextStep({ source }: { source: DataSource }) {
  const [, navigate] = useLocation();
  const next = nextStepOf(source);
  if (!next) return null;
  const words = text.dataSource.next[next];
  const target = {
    firstCall: paths.setUp(source.id),
    mapping: paths.dataSource(source.id, 'inbound-webhook'),
    attention: paths.dataSource(source.id, 'needs-attention'),
    rejected: `${paths.dataSource(source.id, 'captures')}?outcome=rejected`,
  }[next];
  return (
    <section className={classes.next} aria-label={text.dataSource.nextStep}>
      <div>
        <h2 className={classes.nextTitle}>{words.title(source.counts)}</h2>
        <p className={classes.nextWords}>{words.about}</p>
      </div>
      <Button onClick={() => navigate(target)}>{words.action}</Button>
    </section>
  );
}

function Count({ name, value, isBad = false }: { name: string; value: number; isBad?: boolean }) {
  return (
    <div className={classes.count} data-bad={isBad && value > 0}>
      <dt>{name}</dt>
      <dd>{formatCount(value)}</dd>
    </div>
  );
}

function LastCalls({ source, application }: OverviewProps) {
  const captures = useCaptures(source.id);
  const rows = captures.rows?.slice(0, lastCalls);
  return (
    <Panel
      title={text.dataSource.lastCalls}
      aside={
        rows &&
        rows.length > 0 && (
          <Link href={paths.dataSource(source.id, 'captures')} className={classes.all}>
            {text.dataSource.allCalls}
          </Link>
        )
      }
      flush={rows !== undefined && rows.length > 0}
    >
      {captures.problem && (
        <ProblemNotice
          {...problemWords(captures.problem, text.setUp.callsNotRead)}
          action={{ label: text.problems.tryAgain, onPress: captures.refresh }}
        />
      )}
      {rows?.length === 0 && <TryACall dataSource={source} application={application} />}
      <ul className={classes.calls}>
        {rows?.map((row) => (
          <li key={row.id}>
            <Link href={`${paths.dataSource(source.id, 'captures')}?call=${row.id}`} className={classes.call}>
              <OutcomeBadge outcome={row.outcome} plain />
              <span className={classes.callType}>
                <strong>{row.method}</strong> <PayloadText text={row.eventType ?? row.contentType ?? ''} />
              </span>
              <AnswerTime ms={row.answeredInMs} limitMs={undefined} isDue={hadAnswer(row)} />
              <span className={classes.time}>
                <RelativeTime at={row.receivedAt} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
