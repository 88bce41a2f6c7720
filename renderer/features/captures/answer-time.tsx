// How long the answer took, against the time that the application waits for one.
import { formatDuration } from '../../design/formats.ts';
import { text } from '../../text/en.ts';
import classes from './answer-time.module.css';

interface AnswerTimeProps {
  ms: number | undefined;
  limitMs: number | undefined;
  /** False where nobody was there to be answered. */
  isDue?: boolean;
}

export function AnswerTime({ ms, limitMs, isDue = true }: AnswerTimeProps) {
  if (ms === undefined) {
    const { notAnswered, noRequest } = text.captures;
    return <span className={classes.words}>{isDue ? notAnswered : noRequest}</span>;
  }
  if (limitMs === undefined) return <span className={classes.words}>{formatDuration(ms)}</span>;
  const share = Math.min(1, ms / limitMs);
  const tone = share < 0.5 ? 'good' : share < 1 ? 'warn' : 'bad';
  return (
    <span className={classes.words}>
      <span>{text.captures.answeredOf(formatDuration(ms), formatDuration(limitMs))}</span>
      <meter
        className={classes.meter}
        data-tone={tone}
        min={0}
        max={limitMs}
        value={ms}
        aria-label={text.captures.answerMeter}
      />
    </span>
  );
}
