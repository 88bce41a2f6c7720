// What a call led to: its timeline, what the receiver answered, the items it made, other calls of the same delivery or item, runs.
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Capture, CaptureRelated, CaptureSummary } from '#contract';
import { useCall, useEvent } from '../../api/use-call.ts';
import { paths } from '../../app/paths.ts';
import { DetailPending } from '../../design/detail-pane.tsx';
import { formatAbsolute, formatDuration } from '../../design/formats.ts';
import { RelativeTime } from '../../design/relative-time.tsx';
import { text } from '../../text/en.ts';
import { PayloadText } from '../payload/payload-text.tsx';
import { RunStateBadge } from '../runs/run-state.tsx';
import { AnswerTime } from './answer-time.tsx';
import classes from './capture-detail.module.css';
import { hadAnswer } from './capture-origin.tsx';
import { OutcomeBadge } from './outcome-badge.tsx';

const words = text.captures.related;
/** A list that scrolls must be reachable by keyboard. */
const scrollRegion = { role: 'region', tabIndex: 0, 'aria-label': words.label } as const;

export function RelatedView({ capture }: { capture: Capture }) {
  const { data, problem, refetch } = useCall('captures.related', { id: capture.id });
  useEvent('items.changed', (event) => {
    if (event.dataSourceId === capture.dataSourceId) refetch();
  });
  if (!data) {
    return <DetailPending problem={problem} what={text.captures.notShown} onRetry={refetch} />;
  }
  const { related } = data;
  return (
    <div className={classes.related} {...scrollRegion}>
      <Timeline capture={capture} related={related} />
      <Section title={words.answer}>
        {related.answer ? (
          <>
            <p className={classes.answerLine}>{text.captures.status(related.answer.status)}</p>
            <dl className={classes.headerList}>
              {related.answer.headers.map(([name, value]) => (
                <div key={name} className={classes.header}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
            <pre className={classes.answerBody}>
              <PayloadText text={related.answer.body} />
            </pre>
            <p className={classes.quiet}>{words.answerNote}</p>
          </>
        ) : (
          <p className={classes.quiet}>{words.noAnswer}</p>
        )}
      </Section>
      {related.items.length > 0 && (
        <Section title={words.items}>
          <ul className={classes.links}>
            {related.items.map((item) => (
              <li key={`${item.id} ${item.version}`}>
                <Link
                  href={`${paths.dataSource(capture.dataSourceId, 'view-data')}?item=${encodeURIComponent(item.id)}`}
                >
                  {item.title === '' ? item.externalId : item.title}
                </Link>
                <span className={classes.quiet}>
                  {item.version === 1 ? words.added : words.changed(item.version, item.changed)}
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Calls title={words.duplicates} calls={related.duplicates} of={capture} />
      <Calls title={words.replays} calls={related.replays} of={capture} />
      <Calls title={words.sameItems} calls={related.sameItems} of={capture} />
      {related.runs.length > 0 && (
        <Section title={words.runs}>
          <ul className={classes.links}>
            {related.runs.map((run) => (
              <li key={run.id}>
                <Link href={paths.run(run.moduleId, run.id)}>{run.moduleName}</Link>
                <span className={classes.quiet}>
                  <RunStateBadge state={run.state} plain />
                  {run.tookMs !== undefined && ` · ${formatDuration(run.tookMs)}`}
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </div>
  );
}

function Timeline({ capture, related }: { capture: Capture; related: CaptureRelated }) {
  const { receivedAt, storedInMs, answeredInMs, limitMs } = related.timeline;
  return (
    <Section title={words.timeline}>
      <ol className={classes.timeline}>
        <li>
          <span>{words.received}</span> <span>{formatAbsolute(new Date(receivedAt))}</span>
        </li>
        <li>
          <span>{words.stored}</span>{' '}
          <span>
            {storedInMs === undefined ? words.timeNotKept : words.after(formatDuration(storedInMs))}
          </span>
        </li>
        <li>
          <span>{words.answered}</span>{' '}
          <AnswerTime ms={answeredInMs} limitMs={limitMs} isDue={hadAnswer(capture)} />
        </li>
        {capture.indexState !== 'none' && (
          <li>
            <span>{words.indexed}</span>{' '}
            <span>{text.captures.itemsMade(capture.indexState, capture.itemCount)}</span>
          </li>
        )}
      </ol>
    </Section>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.relatedSection}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Calls({ title, calls, of }: { title: string; calls: readonly CaptureSummary[]; of: Capture }) {
  if (calls.length === 0) return null;
  return (
    <Section title={title}>
      <ul className={classes.links}>
        {calls.map((call) => (
          <li key={call.id}>
            <OutcomeBadge outcome={call.outcome} plain />
            <Link
              href={`${paths.dataSource(call.dataSourceId, 'captures')}?call=${encodeURIComponent(call.id)}`}
            >
              <RelativeTime at={call.receivedAt} />
            </Link>
            <Link className={classes.compare} href={paths.compare(call.id, of.id)}>
              {text.captures.selection.compare}
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
