// What is shown where there is nothing yet: what this is, what to do next, its button and, where it helps, a command.
import type { TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { CodeLine } from './code-line.tsx';
import styles from './empty-state.module.css';

export function EmptyState({
  icon: Icon,
  title,
  children,
  action,
  command,
  compact = false,
  page = false,
}: {
  icon: TablerIcon;
  title: string;
  /** One sentence what this is, one what to do next. */
  children: ReactNode;
  action?: ReactNode;
  command?: { value: string; label: string };
  compact?: boolean;
  /** It is the whole page, so its title is the page's heading. */
  page?: boolean;
}) {
  const Heading = page ? 'h1' : 'h2';
  return (
    <section className={styles.empty} data-compact={compact || undefined}>
      <span className={styles.mark}>
        <Icon size={compact ? 20 : 24} stroke={1.6} aria-hidden />
      </span>
      <Heading className={styles.title}>{title}</Heading>
      <div className={styles.words}>{children}</div>
      {action && <div className={styles.action}>{action}</div>}
      {command && (
        <div className={styles.command}>
          <CodeLine value={command.value} copyLabel={command.label} />
        </div>
      )}
    </section>
  );
}
