// How the verdict on a call and the state of a connection look.
import {
  IconShieldCheck,
  IconShieldOff,
  IconShieldQuestion,
  IconShieldX,
  type TablerIcon,
} from '@tabler/icons-react';
import type { VerificationResult, VerificationState } from '#contract';
import type { StateTone } from '../../design/state-badge.tsx';

interface Look {
  tone: StateTone;
  icon: TablerIcon;
}

export const verdictLooks: Record<VerificationResult, Look> = {
  valid: { tone: 'good', icon: IconShieldCheck },
  invalid: { tone: 'bad', icon: IconShieldX },
  missing: { tone: 'bad', icon: IconShieldX },
  notChecked: { tone: 'idle', icon: IconShieldQuestion },
};

export const stateLooks: Record<VerificationState, Look> = {
  checked: { tone: 'good', icon: IconShieldCheck },
  notChecked: { tone: 'warn', icon: IconShieldQuestion },
  notCheckable: { tone: 'idle', icon: IconShieldOff },
  unreadable: { tone: 'bad', icon: IconShieldX },
};
