// A command or an address in full, wrapped rather than cut, with its copy button.
import styles from './code-line.module.css';
import { CopyButton } from './copy-button.tsx';

export function CodeLine({ value, copyLabel }: { value: string; copyLabel: string }) {
  return (
    <div className={styles.line}>
      <code className={styles.code}>{value}</code>
      <span className={styles.copy}>
        <CopyButton value={value} label={copyLabel} />
      </span>
    </div>
  );
}
