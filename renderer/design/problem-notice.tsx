// What went wrong: what happened, why, what to do, and the button that does it.
import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleX, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './problem-notice.module.css';

const icons = { bad: IconCircleX, warn: IconAlertTriangle, info: IconInfoCircle };

/** `bad` is announced at once to screen readers; `warn` and `info` when there is a pause. */
export function ProblemNotice({
  what,
  why,
  toDo,
  action,
  tone = 'bad',
  children,
}: {
  what: string;
  why?: ReactNode;
  toDo?: ReactNode;
  action?: { label: string; onPress: () => void; busy?: boolean };
  tone?: keyof typeof icons;
  children?: ReactNode;
}) {
  const Icon = icons[tone];
  return (
    <div className={styles.notice} data-tone={tone} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon className={styles.icon} size={16} aria-hidden />
      <div className={styles.words}>
        <p className={styles.what}>{what}</p>
        {why && <p className={styles.why}>{why}</p>}
        {toDo && <p className={styles.why}>{toDo}</p>}
        {children}
      </div>
      {action && (
        <Button
          className={styles.action}
          size="xs"
          variant="default"
          loading={action.busy}
          onClick={action.onPress}
        >
          {action.label}
        </Button>
      )}
    </div>
  );
}
