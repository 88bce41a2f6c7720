// The chosen one of a list in full, beside it: a head, facts, and parts with a heading each; a skeleton or why not until it is there.
import { Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Problem } from '#contract';
import { text } from '../text/en.ts';
import styles from './detail-pane.module.css';
import { ProblemNotice } from './problem-notice.tsx';
import { problemWords } from './problem-words.ts';

export function DetailPane({ label, children }: { label: string; children: ReactNode }) {
  return (
    <article className={styles.detail} aria-label={label}>
      {children}
    </article>
  );
}

interface DetailPendingProps {
  /** Undefined while it is fetched. */
  problem: Problem | undefined;
  what: string;
  onRetry: () => void;
}

export function DetailPending({ problem, what, onRetry }: DetailPendingProps) {
  return (
    <div className={styles.pending} aria-busy={!problem}>
      {problem ? (
        <ProblemNotice
          {...problemWords(problem, what)}
          action={{ label: text.problems.tryAgain, onPress: onRetry }}
        />
      ) : (
        [50, 80, 65].map((width) => <Skeleton key={width} className={styles.skeleton} w={`${width}%`} />)
      )}
    </div>
  );
}

export function DetailHead({ badge, children }: { badge?: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.head}>
      {badge}
      <h2 className={styles.title}>{children}</h2>
    </div>
  );
}

export function DetailPart({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className={styles.partTitle}>{title}</h3>
      {children}
    </section>
  );
}

export function Facts({ children }: { children: ReactNode }) {
  return <dl className={styles.facts}>{children}</dl>;
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
