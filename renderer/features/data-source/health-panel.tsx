// Health: the share that was accepted, the slowest answer against the application's limit, the last error.
import { Link } from 'wouter';
import type { Activity } from '#contract';
import { paths } from '../../app/paths.ts';
import { formatDuration } from '../../design/formats.ts';
import { Panel } from '../../design/panel.tsx';
import { RelativeTime } from '../../design/relative-time.tsx';
import { text } from '../../text/en.ts';
import { AnswerTime } from '../captures/answer-time.tsx';
import { PayloadText } from '../payload/payload-text.tsx';
import classes from './health-panel.module.css';

const words = text.activity;
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });

interface HealthPanelProps {
  dataSourceId: string;
  activity: Activity | undefined;
}

export function HealthPanel({ dataSourceId, activity }: HealthPanelProps) {
  if (!activity) return null;
  const { totals, health } = activity;
  const good = totals.accepted + totals.duplicate;
  const { acceptedShare: share, lastError } = health;
  return (
    <Panel title={words.health[activity.span]}>
      <dl className={classes.facts}>
        <dt>{words.accepted}</dt>
        <dd>
          <span className={classes.value}>{share === undefined ? '–' : shareWords(share)}</span>
          <span className={classes.about}>
            {share === undefined ? words.acceptedNone : words.acceptedOf(good, good + totals.rejected)}
          </span>
        </dd>
        <dt>{words.slowest}</dt>
        <dd>
          {health.slowestMs === undefined ? (
            <span className={classes.about}>{words.slowestNone}</span>
          ) : (
            <span className={classes.value}>
              <AnswerTime ms={health.slowestMs} limitMs={health.limitMs} />
            </span>
          )}
          <span className={classes.about}>
            {health.limitMs === undefined
              ? words.slowestFree
              : words.slowestOf(formatDuration(health.limitMs))}
          </span>
        </dd>
        <dt>{words.lastError}</dt>
        <dd>
          {lastError ? (
            <>
              <span className={classes.error}>
                {words.lastErrorStatus(lastError.status)}, <RelativeTime at={lastError.at} />
              </span>
              <span className={classes.about}>
                <PayloadText text={lastError.message} />
              </span>
              <Link
                className={classes.link}
                href={`${paths.dataSource(dataSourceId, 'captures')}?call=${lastError.captureId}`}
              >
                {words.openError}
              </Link>
            </>
          ) : (
            <span className={classes.about}>{words.lastErrorNone}</span>
          )}
        </dd>
      </dl>
    </Panel>
  );
}

/** 99.96 % is not written as 100 %: not all were accepted. */
function shareWords(share: number): string {
  return percent.format(share < 1 ? Math.min(share, 0.999) : 1);
}
