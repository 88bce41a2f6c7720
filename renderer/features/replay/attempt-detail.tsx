// One result in full: what was sent, and its answer beside the original one or beside another result of the same job.
import { Select, Skeleton } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import type { ReplayAttemptDetail } from '#contract';
import { useCall } from '../../api/use-call.ts';
import { paths } from '../../app/paths.ts';
import { formatDuration } from '../../design/formats.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import { OutcomeBadge } from '../captures/outcome-badge.tsx';
import { ExchangeBodyView } from '../exchange/exchange-body-view.tsx';
import { HeaderList, RequestLine } from '../exchange/exchange-view.tsx';
import { AnswerDifferences } from './answer-differences.tsx';
import classes from './attempt-detail.module.css';
import { AttemptState, differenceWords } from './attempt-state.tsx';

const words = text.replay;
const mostOffered = 100;

interface AttemptDetailProps {
  jobId: string;
  number: number;
}

export function AttemptDetail({ jobId, number }: AttemptDetailProps) {
  const { data, problem, refetch } = useCall('replays.attempt', { id: jobId, number });
  const [beside, setBeside] = useState('original');
  const others = useCall('replays.attempts', { id: jobId, limit: mostOffered });
  const other = Number(beside);
  const otherData = useCall(
    'replays.attempt',
    Number.isInteger(other) && other > 0 ? { id: jobId, number: other } : undefined,
  ).data?.attempt;
  const originalId = data?.attempt.original && data.attempt.captureId;
  const originalAnswer = useCall(
    'captures.related',
    originalId === undefined ? undefined : { id: originalId },
  ).data?.related.answer;
  if (!data) {
    return (
      <div className={classes.detail} aria-busy={!problem}>
        {problem ? (
          <ProblemNotice
            {...problemWords(problem)}
            action={{ label: text.problems.tryAgain, onPress: refetch }}
          />
        ) : (
          <Skeleton h={160} />
        )}
      </div>
    );
  }
  const { attempt } = data;
  const choices = (others.data?.attempts ?? [])
    .filter((each) => each.number !== number && each.state === 'answered')
    .map((each) => ({ value: String(each.number), label: words.compareAttempt(each.number) }));
  return (
    <article className={classes.detail} aria-label={words.attempt}>
      <header className={classes.head}>
        <AttemptState attempt={attempt} plain={false} />
        {attempt.signed && <span className={classes.muted}>{words.signed}</span>}
        {attempt.tookMs !== undefined && (
          <span className={classes.muted}>{formatDuration(attempt.tookMs)}</span>
        )}
        <span className={classes.links}>
          {attempt.captureId !== undefined && attempt.dataSourceId !== undefined && (
            <Link href={captureAddress(attempt.dataSourceId, attempt.captureId)}>{words.openOriginal}</Link>
          )}
          {attempt.newCaptureId !== undefined && attempt.dataSourceId !== undefined && (
            <Link href={captureAddress(attempt.dataSourceId, attempt.newCaptureId)}>{words.openNew}</Link>
          )}
        </span>
      </header>
      {attempt.failure !== undefined && (
        <ProblemNotice what={words.attemptStates[attempt.state]} why={attempt.failure} />
      )}
      {attempt.original && attempt.state === 'answered' && (
        <ul className={classes.differences}>
          {attempt.differences.length === 0 ? (
            <li>{words.noDifference}</li>
          ) : (
            attempt.differences.map((each) => <li key={each.what}>{differenceWords(each)}</li>)
          )}
        </ul>
      )}
      {choices.length > 0 && (
        <Select
          className={classes.beside}
          label={words.compareWith}
          allowDeselect={false}
          value={beside}
          onChange={(value) => setBeside(value ?? 'original')}
          data={[{ value: 'original', label: words.compareOriginal }, ...choices]}
        />
      )}
      <div className={classes.halves}>
        <section className={classes.half} aria-label={words.thisAnswer}>
          <h2 className={classes.title}>{words.thisAnswer}</h2>
          <Answer attempt={attempt} />
        </section>
        {otherData ? (
          <section className={classes.half} aria-label={words.compareAttempt(other)}>
            <h2 className={classes.title}>{words.compareAttempt(other)}</h2>
            <Answer attempt={otherData} />
          </section>
        ) : (
          attempt.original && (
            <section className={classes.half} aria-label={words.originalAnswer}>
              <h2 className={classes.title}>{words.originalAnswer}</h2>
              <p className={classes.line}>
                <OutcomeBadge outcome={attempt.original.outcome} plain />{' '}
                {words.answeredWith(attempt.original.status)}
                {attempt.original.answeredInMs !== undefined &&
                  ` · ${formatDuration(attempt.original.answeredInMs)}`}
              </p>
              {originalAnswer ? (
                <>
                  <HeaderList headers={originalAnswer.headers} />
                  <ExchangeBodyView
                    body={{
                      text: originalAnswer.body,
                      size: new TextEncoder().encode(originalAnswer.body).length,
                      cut: false,
                    }}
                    side="answer"
                  />
                </>
              ) : (
                <p className={classes.muted}>{words.originalAbout}</p>
              )}
            </section>
          )
        )}
      </div>
      {attempt.answer && (otherData ?? attempt.original) && (
        <AnswerDifferences jobId={jobId} number={number} beside={otherData?.number} />
      )}
      {attempt.url !== undefined && (
        <section className={classes.half} aria-label={words.sentCall}>
          <h2 className={classes.title}>{words.sentCall}</h2>
          <RequestLine method={attempt.method ?? ''} url={attempt.url} />
          <HeaderList headers={attempt.sentHeaders} />
        </section>
      )}
    </article>
  );
}

function Answer({ attempt }: { attempt: ReplayAttemptDetail }) {
  if (!attempt.answer) {
    return (
      <p className={classes.muted}>
        {attempt.state === 'answered' ? words.indexed : words.attemptStates[attempt.state]}
      </p>
    );
  }
  return (
    <>
      <p className={classes.line}>
        {attempt.status !== undefined && words.answeredWith(attempt.status)}
        {attempt.tookMs !== undefined && ` · ${formatDuration(attempt.tookMs)}`}
      </p>
      <HeaderList headers={attempt.answer.headers} />
      <ExchangeBodyView body={attempt.answer.body} side="answer" />
    </>
  );
}

export const captureAddress = (dataSourceId: string, captureId: string) =>
  `${paths.dataSource(dataSourceId, 'captures')}?call=${encodeURIComponent(captureId)}`;
