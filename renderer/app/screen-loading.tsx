// The outline of a screen while its code is fetched: a heading and some lines, never a spinner over the page.
import { Skeleton } from '@mantine/core';
import { text } from '../text/en.ts';
import styles from './screen-loading.module.css';

export function ScreenLoading() {
  return (
    <div className={styles.loading} role="status" aria-label={text.frame.loading}>
      <Skeleton height={24} width="30%" />
      <Skeleton height={12} width="48%" />
      <Skeleton height={160} />
    </div>
  );
}
