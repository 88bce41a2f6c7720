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

export function OutcomeBadge({ outcome, plain = false }: { outcome: Outcome; plain?: boolean }) {
  return (
    <StateBadge {...looks[outcome]} plain={plain}>
      {text.captures.outcomes[outcome]}
    </StateBadge>
  );
}
