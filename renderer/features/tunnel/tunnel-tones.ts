// How each state of the tunnel looks.

import { IconWorld, IconWorldOff, type TablerIcon } from '@tabler/icons-react';
import type { TunnelStatus } from '#contract';
import type { StateTone } from '../../design/state-badge.tsx';

export const tunnelTones: Record<TunnelStatus, { tone: StateTone; icon?: TablerIcon }> = {
  off: { tone: 'idle', icon: IconWorldOff },
  connecting: { tone: 'busy' },
  up: { tone: 'good', icon: IconWorld },
  degraded: { tone: 'warn' },
  down: { tone: 'bad' },
};
