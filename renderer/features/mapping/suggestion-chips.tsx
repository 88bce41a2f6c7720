// Paths that may be the one of a row, each with its reason; one click takes it.
import { UnstyledButton } from '@mantine/core';
import type { MappingCandidate } from '#contract';
import { text } from '../../text/en.ts';
import classes from './mapping-rows.module.css';

const mostChips = 3;

interface SuggestionChipsProps {
  label: string;
  path: string;
  candidates: readonly MappingCandidate[];
  onTake: (path: string) => void;
}

export function SuggestionChips({ label, path, candidates, onTake }: SuggestionChipsProps) {
  const others = candidates.filter((candidate) => candidate.path !== path).slice(0, mostChips);
  if (others.length === 0) return null;
  return (
    <ul className={classes.chips} aria-label={text.mapping.candidates(label)}>
      {others.map((candidate) => (
        <li key={candidate.path}>
          <UnstyledButton className={classes.chip} onClick={() => onTake(candidate.path)}>
            <code>{candidate.path}</code>
            <span className={classes.chipReason}>{candidate.reason}</span>
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}
