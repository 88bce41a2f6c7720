// The tries of a delivery, newest first: what was answered, what was decided then, and request and answer in full.
import { IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import type { DeliveryAttempt } from '#contract';
import { formatDuration } from '../../design/formats.ts';
import { RelativeTime } from '../../design/relative-time.tsx';
import { StateBadge } from '../../design/state-badge.tsx';
import { text } from '../../text/en.ts';
import { ExchangeView } from '../exchange/exchange-view.tsx';
import classes from './delivery-detail.module.css';

const words = text.deliveries;

export function DeliveryAttempts({ attempts }: { attempts: readonly DeliveryAttempt[] }) {
  if (attempts.length === 0) return <p className={classes.muted}>{words.noAttempts}</p>;
  return (
    <ol className={classes.attempts} reversed>
      {attempts.toReversed().map((attempt, index) => (
        <Attempt key={attempt.number} attempt={attempt} startsOpen={index === 0} />
      ))}
    </ol>
  );
}

/** A long history would be a long page: what is closed is not there. */
function Attempt({ attempt, startsOpen }: { attempt: DeliveryAttempt; startsOpen: boolean }) {
  const [isOpen, setOpen] = useState(startsOpen);
  const { exchange } = attempt;
  const status = exchange.answer?.status;
  return (
    <li className={classes.attempt}>
      <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <IconChevronRight className={classes.chevron} size={16} aria-hidden />
          <strong>{words.attempt(attempt.number)}</strong>
          <StateBadge plain tone={exchange.failure ? 'bad' : 'good'}>
            {status === undefined ? words.noAnswer : words.attemptStatus(status)}
          </StateBadge>
          <span>{formatDuration(exchange.timing.totalMs)}</span>
          <span className={classes.time}>
            <RelativeTime at={attempt.at} />
          </span>
          <span className={classes.decision}>{attempt.decision}</span>
        </summary>
        {isOpen && (
          <div className={classes.exchange}>
            <ExchangeView exchange={exchange} />
          </div>
        )}
      </details>
    </li>
  );
}
