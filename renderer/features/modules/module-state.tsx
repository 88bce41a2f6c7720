// Whether a module can run, as an icon and a word.
import { IconLock, IconPlayerPause } from '@tabler/icons-react';
import type { ModuleState } from '#contract';
import { StateBadge } from '../../design/state-badge.tsx';
import { text } from '../../text/en.ts';

const looks = {
  ready: { tone: 'good' },
  disabled: { tone: 'paused', icon: IconPlayerPause },
  blocked: { tone: 'warn', icon: IconLock },
} as const;

export function ModuleStateBadge({ state, plain = false }: { state: ModuleState; plain?: boolean }) {
  return (
    <StateBadge {...looks[state]} plain={plain}>
      {text.modules.states[state]}
    </StateBadge>
  );
}
