// The state of a run and of its steps as an icon and a word.
import { IconBan, IconClock, IconFilterX, IconLock, IconPlayerSkipForward } from '@tabler/icons-react';
import type { RunState, RunStep } from '#contract';
import { StateBadge } from '../../design/state-badge.tsx';
import { text } from '../../text/en.ts';

const runLooks = {
  running: { tone: 'busy' },
  succeeded: { tone: 'good' },
  failed: { tone: 'bad' },
  notMatched: { tone: 'idle', icon: IconFilterX },
  blocked: { tone: 'warn', icon: IconLock },
  cancelled: { tone: 'idle', icon: IconBan },
} as const;

const stepLooks = {
  notYet: { tone: 'idle' },
  waiting: { tone: 'idle', icon: IconClock },
  sending: { tone: 'busy' },
  succeeded: { tone: 'good' },
  failed: { tone: 'bad' },
  skipped: { tone: 'idle', icon: IconPlayerSkipForward },
  blocked: { tone: 'warn', icon: IconLock },
  cancelled: { tone: 'idle', icon: IconBan },
} as const;

export function RunStateBadge({ state, plain = false }: { state: RunState; plain?: boolean }) {
  return (
    <StateBadge {...runLooks[state]} plain={plain}>
      {text.runs.states[state]}
    </StateBadge>
  );
}

export function StepStateBadge({ state }: { state: RunStep['state'] }) {
  return (
    <StateBadge {...stepLooks[state]} plain>
      {text.runs.stepStates[state]}
    </StateBadge>
  );
}
