// One received call: what it was, how it was answered, why it was refused, its body and its headers.
import { SegmentedControl, Skeleton } from '@mantine/core';
import { useState } from 'react';
import type { Capture } from '#contract';
import { useCall } from '../../api/use-call.ts';
import { formatAbsolute, formatBytes } from '../../design/formats.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import { PayloadText } from '../payload/payload-text.tsx';
import { PayloadViewer } from '../payload/payload-viewer.tsx';
import { FoundNotice } from '../verification/found-notice.tsx';
import { VerdictBadge } from '../verification/verdict-badge.tsx';
import { AnswerTime } from './answer-time.tsx';
import classes from './capture-detail.module.css';
import { OutcomeBadge } from './outcome-badge.tsx';
import { rejectionWords } from './rejection-words.ts';

interface CaptureDetailProps {
  captureId: string;
  limitMs: number | undefined;
}

export function CaptureDetail({ captureId, limitMs }: CaptureDetailProps) {
  const { data, problem, refetch } = useCall('captures.get', { id: captureId });
  const [part, setPart] = useState<'body' | 'headers'>('body');
  if (!data) {
    return (
      <div className={classes.pending} aria-busy={!problem}>
        {problem ? (
          <ProblemNotice
            {...problemWords(problem, text.captures.notShown)}
            action={{ label: text.problems.tryAgain, onPress: refetch }}
          />
        ) : (
          [50, 80, 65].map((width) => <Skeleton key={width} className={classes.skeleton} w={`${width}%`} />)
        )}
      </div>
    );
  }
  const { capture } = data;
  return (
    <article className={classes.detail} aria-label={text.captures.detail}>
      <header className={classes.head}>
        <div className={classes.line}>
          <OutcomeBadge outcome={capture.outcome} />
          <strong className={classes.method}>{capture.method}</strong>
          <span className={classes.status}>{text.captures.status(capture.status)}</span>
          <AnswerTime ms={capture.answeredInMs} limitMs={limitMs} />
        </div>
        <dl className={classes.facts}>
          <Fact name={text.captures.received}>{formatAbsolute(new Date(capture.receivedAt))}</Fact>
          <Fact name={text.captures.contentType}>
            {capture.contentType === undefined ? (
              text.captures.noContentType
            ) : (
              <code>
                <PayloadText text={capture.contentType} />
              </code>
            )}
          </Fact>
          <Fact name={text.captures.size}>{formatBytes(capture.size)}</Fact>
          {capture.eventType !== undefined && (
            <Fact name={text.captures.event}>
              <PayloadText text={capture.eventType} />
            </Fact>
          )}
          {capture.indexState !== 'none' && (
            <Fact name={text.captures.items}>
              {text.captures.itemsMade(capture.indexState, capture.itemCount)}
            </Fact>
          )}
          {capture.verification && (
            <Fact name={text.captures.verification}>
              <VerdictBadge verification={capture.verification} />{' '}
              {!capture.rejection && capture.verification.result !== 'valid' && capture.verification.reason}
            </Fact>
          )}
        </dl>
        {capture.found && <FoundNotice found={capture.found} />}
        {capture.rejection && (
          <ProblemNotice
            what={text.captures.refusedWith(capture.status)}
            why={rejectionWords(capture.rejection)}
          />
        )}
        {capture.notes.length > 0 && (
          <ul className={classes.notes} aria-label={text.captures.notes}>
            {[...new Set(capture.notes)].map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        )}
        <SegmentedControl
          aria-label={text.captures.part}
          value={part}
          onChange={(value) => setPart(value === 'headers' ? 'headers' : 'body')}
          data={[
            { value: 'body', label: text.captures.body },
            { value: 'headers', label: text.captures.headers(capture.headers.length) },
          ]}
        />
      </header>
      {part === 'body' ? (
        <PayloadViewer
          key={captureId}
          captureId={captureId}
          startMode="pretty"
          fault={capture.rejection?.at}
          sentSize={capture.size}
        />
      ) : (
        <Headers capture={capture} />
      )}
    </article>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** A list that scrolls must be reachable by keyboard. */
const scrollRegion = { role: 'region', tabIndex: 0, 'aria-label': text.captures.headersLabel } as const;

function Headers({ capture }: { capture: Capture }) {
  const rows = capture.headers.map(([name, value], at) => ({ at, name, value }));
  return (
    <div className={classes.headers} {...scrollRegion}>
      <dl className={classes.headerList}>
        <div className={classes.header}>
          <dt>{text.captures.path}</dt>
          <dd>
            <PayloadText text={`${capture.path}${capture.query === '' ? '' : `?${capture.query}`}`} />
          </dd>
        </div>
        {rows.map(({ at, name, value }) => (
          <div key={at} className={classes.header}>
            <dt>
              <PayloadText text={name} />
            </dt>
            <dd>
              <PayloadText text={value} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
