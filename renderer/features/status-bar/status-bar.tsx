// The bar at the bottom: receiver, tunnel, traffic, and the link to the engine when it is away.
import { Popover, Tooltip, UnstyledButton } from '@mantine/core';
import { IconDatabaseX, IconPlugX } from '@tabler/icons-react';
import { useState } from 'react';
import { useLinkState } from '../../api/use-client.tsx';
import { formatCompact, formatCount } from '../../design/formats.ts';
import { StateBadge } from '../../design/state-badge.tsx';
import { text } from '../../text/en.ts';
import { TunnelPanel } from '../tunnel/tunnel-panel.tsx';
import { tunnelTones } from '../tunnel/tunnel-tones.ts';
import { DeliveriesEntry } from './deliveries-entry.tsx';
import { ReceiverAddress } from './receiver-address.tsx';
import styles from './status-bar.module.css';
import { useStatus } from './use-status.ts';

const words = text.statusBar;

export function StatusBar() {
  const link = useLinkState();
  const status = useStatus();
  return (
    <footer className={styles.bar}>
      {link !== 'open' && (
        <span className={styles.entry} role="status">
          <StateBadge plain tone="warn" icon={IconPlugX}>
            {words.reconnecting}
          </StateBadge>
          {status && <span className={styles.away}>{words.reconnectingHint}</span>}
        </span>
      )}
      {/* What is known of an engine that is away is not shown as if it held still. */}
      {status && link === 'open' && (
        <>
          <ReceiverAddress receiver={status.receiver} />
          <TunnelEntry tunnel={status.tunnel} />
          <span className={styles.space} />
          {status.storeFault && (
            <Tooltip label={status.storeFault} multiline maw={360}>
              <span className={styles.entry} role="alert">
                <StateBadge plain tone="bad" icon={IconDatabaseX}>
                  {words.storeFault}
                </StateBadge>
              </span>
            </Tooltip>
          )}
          <DeliveriesEntry />
          <Tooltip label={words.callsPerMinuteHint(formatCount(status.callsPerMinute))}>
            <span className={styles.number}>
              {words.callsPerMinute(formatCompact(status.callsPerMinute))}
            </span>
          </Tooltip>
          <Tooltip label={words.waitingHint(formatCount(status.waiting))}>
            <span className={styles.number} data-optional>
              {words.waiting(formatCompact(status.waiting))}
            </span>
          </Tooltip>
        </>
      )}
    </footer>
  );
}

function TunnelEntry({ tunnel }: { tunnel: NonNullable<ReturnType<typeof useStatus>>['tunnel'] }) {
  const [open, setOpen] = useState(false);
  const host = tunnel.status === 'up' && tunnel.publicUrl ? new URL(tunnel.publicUrl).host : undefined;
  return (
    <Popover opened={open} onChange={setOpen} position="top-start" width={380} trapFocus withRoles>
      <Popover.Target>
        <UnstyledButton
          className={styles.entry}
          data-press
          aria-haspopup="dialog"
          onClick={() => setOpen(!open)}
        >
          <StateBadge plain {...tunnelTones[tunnel.status]}>
            {text.tunnel.states[tunnel.status]}
          </StateBadge>
          {host && <span className={styles.host}>{host}</span>}
          <Reach tunnel={tunnel} />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={styles.popover} aria-label={text.tunnel.title}>
        <TunnelPanel folded />
      </Popover.Dropdown>
    </Popover>
  );
}

/** From where the receiver can be reached, as far as a probe has shown it. */
function Reach({ tunnel }: { tunnel: NonNullable<ReturnType<typeof useStatus>>['tunnel'] }) {
  const from = tunnel.status === 'degraded' ? ('unsure' as const) : (tunnel.reach ?? 'computer');
  return (
    <span className={styles.reach} title={text.tunnel.reach[`${from}Hint`]}>
      {words.reachableFrom(text.tunnel.reach[from])}
    </span>
  );
}
