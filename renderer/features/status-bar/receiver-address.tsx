// Where the receiver listens; a press copies the address.

import { CopyButton as Copy, Tooltip, UnstyledButton } from '@mantine/core';
import { IconAccessPoint, IconCheck } from '@tabler/icons-react';
import type { EngineStatus } from '#contract';
import { StateBadge } from '../../design/state-badge.tsx';
import { text } from '../../text/en.ts';
import styles from './status-bar.module.css';

const words = text.statusBar;

export function ReceiverAddress({ receiver }: { receiver: EngineStatus['receiver'] }) {
  return (
    <Copy value={receiver.url} timeout={1600}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? text.copy.copied : words.receiverHint}>
          <UnstyledButton className={styles.entry} data-press onClick={copy}>
            <StateBadge plain tone="good" icon={copied ? IconCheck : IconAccessPoint}>
              {words.receiver}
            </StateBadge>
            <span className={styles.address}>{`${receiver.host}:${receiver.port}`}</span>
          </UnstyledButton>
        </Tooltip>
      )}
    </Copy>
  );
}
