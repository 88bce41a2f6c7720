// Deliveries in the status bar: how many wait, how many were given up; nothing while all is delivered.
import { Tooltip } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { Link } from 'wouter';
import { paths } from '../../app/paths.ts';
import { formatCompact, formatCount } from '../../design/formats.ts';
import { StateBadge } from '../../design/state-badge.tsx';
import { text } from '../../text/en.ts';
import { useDeliveryCounts } from '../deliveries/use-deliveries.ts';
import { usePausedDestinations } from '../deliveries/use-destinations.ts';
import styles from './status-bar.module.css';

const words = text.deliveries.bar;

export function DeliveriesEntry() {
  const counts = useDeliveryCounts({}).data;
  const paused = usePausedDestinations().length;
  if (!counts) return undefined;
  const waiting = counts.waiting + counts.sending;
  return (
    <>
      {paused > 0 && (
        <Link className={styles.entry} data-press data-optional href={paths.deliveries}>
          <StateBadge plain tone="paused">
            {words.paused(paused)}
          </StateBadge>
        </Link>
      )}
      {waiting > 0 && (
        <Tooltip label={words.waitingHint(formatCount(waiting))}>
          <Link className={styles.entry} data-press data-optional href={`${paths.deliveries}?state=waiting`}>
            <StateBadge plain tone="idle" icon={IconSend}>
              {words.waiting(formatCompact(waiting))}
            </StateBadge>
          </Link>
        </Tooltip>
      )}
      {counts.failed > 0 && (
        <Tooltip label={words.failedHint(formatCount(counts.failed))}>
          <Link className={styles.entry} data-press href={`${paths.deliveries}?state=failed`}>
            <StateBadge plain tone="bad">
              {words.failed(formatCompact(counts.failed))}
            </StateBadge>
          </Link>
        </Tooltip>
      )}
    </>
  );
}
