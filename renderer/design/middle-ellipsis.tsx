// A long name cut in the middle, so that both its start and its end stay readable; the whole on hover.
import styles from './middle-ellipsis.module.css';

/** `tail`: how many of the last characters always stay. */
export function MiddleEllipsis({ children, tail = 10 }: { children: string; tail?: number }) {
  const letters = Array.from(children);
  if (letters.length <= tail * 2) {
    return (
      <span className={styles.whole} title={children}>
        {children}
      </span>
    );
  }
  return (
    <span className={styles.cut} title={children}>
      <span className={styles.start}>{letters.slice(0, -tail).join('')}</span>
      <span className={styles.end}>{letters.slice(-tail).join('')}</span>
    </span>
  );
}
