// A long name cut in the middle, so that both its start and its end stay readable; the whole on hover.
import styles from './middle-ellipsis.module.css';

/** Scripts that are written from right to left and join their letters: cutting them in two would change the word. */
const joined = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}]/u;

/** `tail`: how many of the last characters always stay. */
export function MiddleEllipsis({ children, tail = 10 }: { children: string; tail?: number }) {
  const letters = Array.from(children);
  if (letters.length <= tail * 2 || joined.test(children)) {
    return (
      <span className={styles.whole} title={children} dir="auto">
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
