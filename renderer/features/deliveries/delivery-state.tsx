// The state of a delivery as an icon and a word.
import { IconBan, IconClock } from '@tabler/icons-react';
import type { DeliveryState } from '#contract';
import { StateBadge } from '../../design/state-badge.tsx';
import { text } from '../../text/en.ts';

const looks = {
  waiting: { tone: 'idle', icon: IconClock },
  sending: { tone: 'busy' },
  succeeded: { tone: 'good' },
  failed: { tone: 'bad' },
  cancelled: { tone: 'idle', icon: IconBan },
} as const;

export function DeliveryStateBadge({ state, plain = false }: { state: DeliveryState; plain?: boolean }) {
  return (
    <StateBadge {...looks[state]} plain={plain}>
      {text.deliveries.states[state]}
    </StateBadge>
  );
}
