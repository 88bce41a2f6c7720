// A state as an icon and a word; colour only underlines what both already say.
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconLoader,
  IconPlayerPause,
  type TablerIcon,
} from '@tabler/icons-react';
import styles from './state-badge.module.css';

export type StateTone = 'good' | 'warn' | 'bad' | 'idle' | 'busy' | 'paused';

const icons: Record<StateTone, TablerIcon> = {
  good: IconCircleCheck,
  warn: IconAlertTriangle,
  bad: IconCircleX,
  idle: IconCircleDashed,
  busy: IconLoader,
  paused: IconPlayerPause,
};

/** `plain`: without the tinted ground, for table cells and the status bar. */
export function StateBadge({
  tone,
  children,
  icon,
  plain = false,
  title,
}: {
  tone: StateTone;
  children: string;
  icon?: TablerIcon;
  plain?: boolean;
  title?: string;
}) {
  const Icon = icon ?? icons[tone];
  return (
    <span className={styles.badge} data-tone={tone} data-plain={plain || undefined} title={title}>
      <Icon className={styles.icon} size={14} stroke={2} aria-hidden />
      <span className={styles.word}>{children}</span>
    </span>
  );
}
