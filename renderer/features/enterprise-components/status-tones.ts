// How each status of a data source looks.

import { IconAccessPoint, type TablerIcon } from '@tabler/icons-react';
import type { DataSourceStatus } from '#contract';
import type { StateTone } from '../../design/state-badge.tsx';

export const statusTones: Record<DataSourceStatus, { tone: StateTone; icon?: TablerIcon }> = {
  waitingForFirstCall: { tone: 'idle' },
  needsMapping: { tone: 'warn' },
  listening: { tone: 'good', icon: IconAccessPoint },
  ready: { tone: 'good' },
  errors: { tone: 'bad' },
  paused: { tone: 'paused' },
};
