// One entry of the audit log in full: when, by whom, and each change with what was before and after.
import type { AuditChange, AuditEntry } from '#contract';
import { formatAbsolute } from '../../design/formats.ts';
import { text } from '../../text/en.ts';
import { PayloadText } from '../payload/payload-text.tsx';
import classes from './audit-log.module.css';
import { whoWords } from './audit-words.ts';

const words = text.audit;

export function AuditEntryDetail({ entry }: { entry: AuditEntry }) {
  return (
    <div className={classes.detail}>
      <h2 className={classes.detailTitle}>{words.actions[entry.action]}</h2>
      <p className={classes.about}>
        {formatAbsolute(new Date(entry.at))} · {whoWords(entry)}
      </p>
      {entry.changes.map((change) => (
        <Change key={change.what} change={change} />
      ))}
    </div>
  );
}

function Change({ change: { what, from, to } }: { change: AuditChange }) {
  return (
    <section className={classes.change}>
      <h3 className={classes.what}>
        <PayloadText text={what} />
      </h3>
      {(from !== undefined || to !== undefined) && (
        <dl className={classes.values}>
          <dt>{words.before}</dt>
          <dd>
            <Value value={from} />
          </dd>
          <dt>{words.after}</dt>
          <dd>
            <Value value={to} />
          </dd>
        </dl>
      )}
    </section>
  );
}

function Value({ value }: { value: string | undefined }) {
  if (value === undefined || value === '') return <span className={classes.who}>{words.nothing}</span>;
  return (
    <code className={classes.value}>
      <PayloadText text={value} />
    </code>
  );
}
