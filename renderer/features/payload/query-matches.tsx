// What a JSONPath selects, as concrete paths over the tree: a click takes one into the focused row of the mapping, or copies it.
import { UnstyledButton } from '@mantine/core';
import type { FoundPlaces, PayloadPlace } from '#contract';
import { text } from '../../text/en.ts';
import { PayloadText } from './payload-text.tsx';
import classes from './query-matches.module.css';

const shownAtOnce = 40;

interface QueryMatchesProps {
  places: readonly PayloadPlace[];
  /** Why it selects nothing: it is no JSONPath. */
  fault: FoundPlaces['fault'];
  hasMore: boolean;
  /** Which of them the tree shows. */
  at: number;
  /** Whether a click takes the path into the mapping; else it copies it. */
  takes: boolean;
  onPick: (index: number) => void;
}

export function QueryMatches({ places, fault, hasMore, at, takes, onPick }: QueryMatchesProps) {
  const shown = places.slice(0, shownAtOnce);
  return (
    <section className={classes.matches} aria-label={text.payload.queryMatches}>
      <p className={classes.words} role="status">
        {fault
          ? text.payload.queryFault(fault.message, fault.position + 1)
          : places.length === 0
            ? text.payload.queryNone
            : takes
              ? text.payload.queryTake
              : text.payload.queryCopy}
      </p>
      {shown.length > 0 && (
        <ul className={classes.list}>
          {shown.map(({ path }, index) => (
            <li key={path}>
              <UnstyledButton
                aria-current={index === at || undefined}
                className={classes.path}
                title={path}
                onClick={() => onPick(index)}
              >
                <PayloadText text={path} />
              </UnstyledButton>
            </li>
          ))}
        </ul>
      )}
      {(hasMore || places.length > shown.length) && (
        <p className={classes.words}>{text.payload.queryMore(shown.length)}</p>
      )}
    </section>
  );
}
