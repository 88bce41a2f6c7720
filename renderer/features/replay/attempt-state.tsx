// What came of one attempt, as an icon and a word; and a difference to the original answer, in words.
import type { AnswerDifference, ReplayAttempt } from '#contract';
import { StateBadge, type StateTone } from '../../design/state-badge.tsx';
import { text } from '../../text/en.ts';

const words = text.replay;

function toneOf({ state, status }: ReplayAttempt): StateTone {
  if (state === 'sending') return 'busy';
  if (state === 'unknown' || state === 'skipped') return 'warn';
  if (state === 'failed') return 'bad';
  return status === undefined || (status >= 200 && status < 300) ? 'good' : 'bad';
}

export function AttemptState({ attempt, plain = true }: { attempt: ReplayAttempt; plain?: boolean }) {
  const { state, status } = attempt;
  return (
    <StateBadge tone={toneOf(attempt)} plain={plain}>
      {state === 'answered' && status !== undefined ? String(status) : words.attemptStates[state]}
    </StateBadge>
  );
}

/** One difference; headers and body by their number only. */
export function differenceWords({ what, before, now, count }: AnswerDifference): string {
  if (what === 'headers') return words.differentHeaders(count ?? 0);
  if (what === 'body') return words.differentBody;
  return words.difference(
    words.differencesOf[what],
    words.differenceValue(before ?? ''),
    words.differenceValue(now ?? ''),
  );
}
