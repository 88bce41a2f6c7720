// What became of a call, as an icon and a word.
import { IconCopy, IconHandStop } from '@tabler/icons-react';
import type { Outcome } from '#contract';
import { StateBadge } from '../../design/state-badge.tsx';
import { text } from '../../text/en.ts';

const looks = {
  accepted: { tone: 'good' },
  rejected: { tone: 'bad' },
  handshake: { tone: 'idle', icon: IconHandStop },
  duplicate: { tone: 'idle', icon: IconCopy },
} as const;

interface OutcomeBadgeProps {
  outcome: Outcome;
  plain?: boolean;
  /** The status that was answered: with it a handshake says how it went. */
  status?: number;
}

export function OutcomeBadge({ outcome, plain = false, status }: OutcomeBadgeProps) {
  const isHandshake = outcome === 'handshake' && status !== undefined;
  const words = text.captures;
  return (
    <StateBadge {...looks[outcome]} plain={plain}>
      {isHandshake ? words.handshakeWent(status < 300) : words.outcomes[outcome]}
    </StateBadge>
  );
}
