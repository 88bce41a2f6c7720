// The head of a screen: one heading, one line what it is, one primary action.
import type { ReactNode } from 'react';
import styles from './page-header.module.css';

export function PageHeader({
  title,
  about,
  mark,
  action,
}: {
  title: string;
  about?: ReactNode;
  /** An icon before the heading. */
  mark?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <header className={styles.header}>
      {mark}
      <div className={styles.words}>
        <h1 className={styles.title}>{title}</h1>
        {about && <div className={styles.about}>{about}</div>}
      </div>
      {action && <div className={styles.action}>{action}</div>}
    </header>
  );
}
