// One outbound call as it went: the request, the answer or why none came, and the time of each part. Shared by Try it, runs
// and deliveries. Shows what it is given; secrets are concealed before it comes here.
import type { Exchange } from '#contract';
import { CopyButton } from '../../design/copy-button.tsx';
import { formatDuration } from '../../design/formats.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { StateBadge } from '../../design/state-badge.tsx';
import { text } from '../../text/en.ts';
import { PayloadText } from '../payload/payload-text.tsx';
import { ExchangeBodyView } from './exchange-body-view.tsx';
import classes from './exchange-view.module.css';
import { TimingBar } from './timing-bar.tsx';

const words = text.exchange;

export function ExchangeView({ exchange }: { exchange: Exchange }) {
  const { request, answer, failure, address, timing } = exchange;
  return (
    <section className={classes.exchange} aria-label={words.label}>
      <div className={classes.summary}>
        <ExchangeOutcome exchange={exchange} />
        <span className={classes.facts}>
          {formatDuration(timing.totalMs)}
          {address !== undefined && ` · ${words.address(address)}`}
        </span>
      </div>
      {failure && <ProblemNotice what={words.failures[failure.code]} why={failure.message} />}
      <TimingBar timing={timing} />
      <div className={classes.halves}>
        <section className={classes.half} aria-label={words.request}>
          <h3 className={classes.title}>{words.request}</h3>
          <RequestLine method={request.method} url={request.url} />
          <HeaderList headers={request.headers} />
          <ExchangeBodyView body={request.body} side="request" />
        </section>
        <section className={classes.half} aria-label={words.answer}>
          <h3 className={classes.title}>
            {words.answer}
            {answer && <span className={classes.status}>{answer.status}</span>}
          </h3>
          {answer ? (
            <>
              <HeaderList headers={answer.headers} />
              <ExchangeBodyView body={answer.body} side="answer" />
            </>
          ) : (
            <p className={classes.none}>{words.noAnswer}</p>
          )}
        </section>
      </div>
    </section>
  );
}

/** The status or the failure as a badge, for heads and lists. */
export function ExchangeOutcome({ exchange, plain = false }: { exchange: Exchange; plain?: boolean }) {
  const { answer, failure } = exchange;
  const label =
    answer && (!failure || failure.code === 'status')
      ? String(answer.status)
      : failure
        ? words.failures[failure.code]
        : words.noAnswer;
  return (
    <StateBadge tone={failure || !answer ? 'bad' : 'good'} plain={plain}>
      {label}
    </StateBadge>
  );
}

/** Method and URL in full, wrapped rather than cut. */
export function RequestLine({ method, url }: { method: string; url: string }) {
  return (
    <div className={classes.requestLine}>
      <code className={classes.url} dir="ltr">
        <strong>{method}</strong> <PayloadText text={url} />
      </code>
      <CopyButton value={url} label={words.copyUrl} />
    </div>
  );
}

/** `isOpen`: unfolded at first. */
export function HeaderList({
  headers,
  isOpen = false,
}: {
  headers: readonly (readonly [string, string])[];
  isOpen?: boolean;
}) {
  if (headers.length === 0) return <p className={classes.none}>{words.noHeaders}</p>;
  return (
    <details className={classes.headers} open={isOpen}>
      <summary>{words.headers(headers.length)}</summary>
      <dl className={classes.headerList} dir="ltr">
        {headers.map(([name, value], index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: header names may repeat, and a list that is shown never changes.
          <div key={index} className={classes.header}>
            <dt>
              <PayloadText text={name} />
            </dt>
            <dd>
              <PayloadText text={value} />
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
