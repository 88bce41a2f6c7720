// The body of a window in two halves: a form, and beside it what comes of it.
import type { ReactNode } from 'react';
import styles from './window-halves.module.css';

interface WindowHalvesProps {
  /** The form. */
  children: ReactNode;
  side: ReactNode;
  /** Where the side does not name itself. */
  sideLabel?: string;
}

export function WindowHalves({ children, side, sideLabel }: WindowHalvesProps) {
  return (
    <div className={styles.halves}>
      <div className={styles.form}>{children}</div>
      {sideLabel === undefined ? (
        <div className={styles.side}>{side}</div>
      ) : (
        <aside className={styles.side} aria-label={sideLabel}>
          {side}
        </aside>
      )}
    </div>
  );
}
