// What was thought of the signature of a call, as an icon and a word; the reason on hover.
import type { CallVerification } from '#contract';
import { StateBadge } from '../../design/state-badge.tsx';
import { text } from '../../text/en.ts';
import { verdictLooks } from './verification-tones.ts';

export function VerdictBadge({ verification }: { verification: CallVerification }) {
  const { result, reason, nearMiss } = verification;
  return (
    <StateBadge {...verdictLooks[result]} plain title={nearMiss ? `${reason} ${nearMiss.text}` : reason}>
      {text.verification.results[result]}
    </StateBadge>
  );
}
