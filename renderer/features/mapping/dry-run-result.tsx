// What a dry run found: the counts in one sentence, and examples of each kind on demand.
import type { CallOutput } from '#contract';
import { formatClock } from '../../design/formats.ts';
import { text } from '../../text/en.ts';
import { PayloadText } from '../payload/payload-text.tsx';
import classes from './dry-run-result.module.css';

export function DryRunResult({ result }: { result: CallOutput<'mapping.dryRun'> }) {
  const { counts, examples } = result;
  const hasExamples = counts.appear + counts.change + counts.vanish + counts.fail > 0;
  return (
    <section className={classes.result} aria-label={text.mapping.dryRunResult}>
      <p className={classes.sentence} role="status">
        {text.mapping.dryRunSentence(counts)}
      </p>
      {hasExamples && (
        <details className={classes.examples}>
          <summary>{text.mapping.examples}</summary>
          <div className={classes.kinds}>
            <Kind title={text.mapping.appear(counts.appear)} items={examples.appear} />
            <Kind
              title={text.mapping.change(counts.change)}
              items={examples.change.map((item) => ({
                ...item,
                note: text.mapping.changedNames(item.changed, item.titleBefore, item.title),
              }))}
            />
            <Kind title={text.mapping.vanish(counts.vanish)} items={examples.vanish} />
            <Kind
              title={text.mapping.fail(counts.fail)}
              items={examples.fail.map((call) => ({
                externalId: call.captureId,
                title: formatClock(new Date(call.receivedAt)),
                note: call.problem,
              }))}
            />
          </div>
        </details>
      )}
    </section>
  );
}

interface KindProps {
  title: string;
  items: readonly { externalId: string; title: string; note?: string }[];
}

function Kind({ title, items }: KindProps) {
  if (items.length === 0) return null;
  return (
    <div className={classes.kind}>
      <h3>{title}</h3>
      <ul>
        {items.map((item) => (
          <li key={item.externalId}>
            <span className={classes.title}>
              <PayloadText text={item.title} />
            </span>{' '}
            <code>
              <PayloadText text={item.externalId} />
            </code>
            {item.note !== undefined && <span className={classes.note}>{item.note}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}
