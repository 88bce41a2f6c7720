// Destinations to which nothing is sent: why, since when, when they are tried again, and Resume.
import type { Destination } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { RelativeTime } from '../../design/relative-time.tsx';
import { text } from '../../text/en.ts';
import classes from './deliveries.module.css';
import { usePausedDestinations } from './use-destinations.ts';

const words = text.deliveries;

/** `only`: those of these destinations; all without it. */
export function PausedDestinations({ only }: { only?: ReadonlySet<string> | undefined }) {
  const paused = usePausedDestinations().filter(({ destination }) => !only || only.has(destination));
  if (paused.length === 0) return undefined;
  return (
    <section className={classes.paused} aria-label={words.pausedTitle}>
      {paused.map((destination) => (
        <PausedDestination key={destination.destination} destination={destination} />
      ))}
    </section>
  );
}

function PausedDestination({ destination }: { destination: Destination }) {
  const resume = useAction('destinations.resume');
  return (
    <ProblemNotice
      tone="warn"
      what={`${destination.destination} · ${words.pausedBy[destination.pausedBy ?? 'hand']}`}
      why={destination.pausedBy === 'hand' ? undefined : destination.because}
      action={{
        label: words.resume,
        busy: resume.running,
        onPress: () => void resume.run({ destination: destination.destination }),
      }}
    >
      <p className={classes.pausedFacts}>
        {words.waitingThere(destination.waiting)}
        {destination.since && (
          <>
            {' · '}
            {words.pausedSince} <RelativeTime at={destination.since} />
          </>
        )}
        {destination.nextProbeAt && (
          <>
            {' · '}
            {words.probesNext} <RelativeTime at={destination.nextProbeAt} ahead />
          </>
        )}
      </p>
      {resume.problem && <ProblemNotice {...problemWords(resume.problem, words.notResumed)} />}
    </ProblemNotice>
  );
}
