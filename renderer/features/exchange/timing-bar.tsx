// How long each part of a call took: one bar, and the numbers below it.

import type { Exchange } from '#contract';
import { formatDuration } from '../../design/formats.ts';
import { text } from '../../text/en.ts';
import classes from './timing-bar.module.css';
import { timingParts } from './timing-parts.ts';

const words = text.exchange;

export function TimingBar({ timing }: { timing: Exchange['timing'] }) {
  const parts = timingParts(timing);
  return (
    <div className={classes.timing}>
      <div className={classes.bar} aria-hidden="true">
        {parts.map(({ part, share }) => (
          <span key={part} className={classes.part} data-part={part} style={{ flexGrow: share }} />
        ))}
      </div>
      <dl className={classes.numbers} aria-label={words.timing}>
        {parts.map(({ part, ms }) => (
          <div key={part} className={classes.number}>
            <dt>
              <span className={classes.swatch} data-part={part} aria-hidden="true" />
              {words.parts[part]}
            </dt>
            <dd>{formatDuration(ms)}</dd>
          </div>
        ))}
        <div className={classes.number}>
          <dt>{words.total}</dt>
          <dd>{formatDuration(timing.totalMs)}</dd>
        </div>
      </dl>
    </div>
  );
}
