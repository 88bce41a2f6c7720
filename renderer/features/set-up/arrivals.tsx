// The live half of the set-up window: what has arrived, newest first, and the chosen call in full.
import { Skeleton } from '@mantine/core';
import { useState } from 'react';
import type { Application, CaptureSummary, DataSource } from '#contract';
import { formatBytes, formatClock } from '../../design/formats.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { StateBadge } from '../../design/state-badge.tsx';
import { text } from '../../text/en.ts';
import { AnswerTime } from '../captures/answer-time.tsx';
import { OutcomeBadge } from '../captures/outcome-badge.tsx';
import { rejectionWords } from '../captures/rejection-words.ts';
import type { Captures } from '../captures/use-captures.ts';
import { PayloadText } from '../payload/payload-text.tsx';
import { PayloadViewer } from '../payload/payload-viewer.tsx';
import { FoundNotice } from '../verification/found-notice.tsx';
import { MissedCallsNotice } from '../verification/missed-calls-notice.tsx';
import { VerdictBadge } from '../verification/verdict-badge.tsx';
import classes from './arrivals.module.css';
import { HandshakeNote } from './handshake-note.tsx';
import { SendTest, TryACall } from './try-a-call.tsx';

interface ArrivalsProps {
  dataSource: DataSource;
  application: Application | undefined;
  captures: Captures;
  /** The call that was chosen; undefined shows the newest that is no handshake. */
  chosen: string | undefined;
  onChoose: (captureId: string) => void;
}

const mostShown = 50;

export function Arrivals({ dataSource, application, captures, chosen, onChoose }: ArrivalsProps) {
  const rows = captures.rows?.slice(0, mostShown) ?? [];
  const isFirstSeen = useFirstSeen(captures.rows);
  const shown =
    rows.find((row) => row.id === chosen) ?? rows.find((row) => row.outcome !== 'handshake') ?? rows[0];
  const limitMs = application?.answerLimit?.ms;
  if (captures.rows === undefined && !captures.problem && dataSource.counts.captures > 0) {
    return (
      <div className={classes.waiting} aria-busy="true">
        {[90, 60, 75, 40].map((width) => (
          <Skeleton key={width} className={classes.skeleton} w={`${width}%`} />
        ))}
      </div>
    );
  }
  if (rows.length === 0 || !shown) {
    return (
      <div className={classes.waiting}>
        {captures.problem ? (
          <ProblemNotice
            {...problemWords(captures.problem, text.setUp.callsNotRead)}
            action={{ label: text.problems.tryAgain, onPress: captures.refresh }}
          />
        ) : (
          <StateBadge tone="busy">{text.setUp.waiting}</StateBadge>
        )}
        <p className={classes.waitingWords}>{text.setUp.waitingWords}</p>
        <MissedCallsNotice dataSource={dataSource} />
        <TryACall dataSource={dataSource} application={application} />
      </div>
    );
  }
  return (
    <div className={classes.arrivals}>
      <div className={classes.head}>
        <h2 className={classes.title}>{text.setUp.arrived(dataSource.counts.captures)}</h2>
        <SendTest dataSource={dataSource} />
      </div>
      <ul className={classes.list} aria-label={text.setUp.arrivedList}>
        {rows.map((row) => (
          <Arrival
            key={row.id}
            row={row}
            limitMs={limitMs}
            isFresh={isFirstSeen(row.id)}
            isShown={row.id === shown.id}
            onShow={() => onChoose(row.id)}
          />
        ))}
      </ul>
      {shown.found && (
        <div className={classes.rejection}>
          <FoundNotice found={shown.found} />
        </div>
      )}
      {shown.outcome === 'handshake' && !shown.found && (
        <div className={classes.rejection}>
          <HandshakeNote captureId={shown.id} status={shown.status} />
        </div>
      )}
      {shown.rejection && (
        <div className={classes.rejection}>
          <ProblemNotice
            what={text.captures.refusedWith(shown.status)}
            why={rejectionWords(shown.rejection)}
          />
        </div>
      )}
      <PayloadViewer
        key={shown.id}
        captureId={shown.id}
        startMode="pretty"
        fault={shown.rejection?.at}
        sentSize={shown.size}
      />
    </div>
  );
}

/** Tells which calls came in while this was shown; those that were there at first are not new. */
function useFirstSeen(rows: readonly CaptureSummary[] | undefined) {
  const [before, setBefore] = useState<ReadonlySet<string>>();
  if (before === undefined && rows !== undefined) setBefore(new Set(rows.map((row) => row.id)));
  return (id: string) => before !== undefined && !before.has(id);
}

/** Tab stops at the shown call only; the arrows go to the one above or below, and show it. */
function showNeighbour(event: React.KeyboardEvent<HTMLButtonElement>) {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  event.preventDefault();
  const item = event.currentTarget.closest('li');
  const neighbour = event.key === 'ArrowDown' ? item?.nextElementSibling : item?.previousElementSibling;
  const button = neighbour?.querySelector('button');
  button?.focus();
  button?.click();
}

interface ArrivalProps {
  row: CaptureSummary;
  limitMs: number | undefined;
  isFresh: boolean;
  isShown: boolean;
  onShow: () => void;
}

function Arrival({ row, limitMs, isFresh, isShown, onShow }: ArrivalProps) {
  return (
    <li className={classes.item} data-fresh={isFresh}>
      <button
        type="button"
        className={classes.row}
        aria-pressed={isShown}
        tabIndex={isShown ? 0 : -1}
        onClick={onShow}
        onKeyDown={showNeighbour}
      >
        <span className={classes.line}>
          <OutcomeBadge outcome={row.outcome} status={row.status} plain />
          <strong className={classes.method}>{row.method}</strong>
          <span className={classes.type}>
            <PayloadText text={row.contentType ?? text.captures.noContentType} />
          </span>
          <span className={classes.number}>{formatBytes(row.size)}</span>
          <time className={classes.number} dateTime={row.receivedAt}>
            {formatClock(new Date(row.receivedAt))}
          </time>
        </span>
        <span className={classes.more}>
          <AnswerTime ms={row.answeredInMs} limitMs={limitMs} />
          {row.verification && !row.rejection && <VerdictBadge verification={row.verification} />}
          {row.eventType !== undefined && <PayloadText text={row.eventType} />}
          {row.rejection && <span className={classes.reason}>{rejectionWords(row.rejection)}</span>}
        </span>
      </button>
    </li>
  );
}
