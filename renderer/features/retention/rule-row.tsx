// One outcome: what is stored of it now, and what is kept.
import { Select, TextInput } from '@mantine/core';
import type { CallVolume, Outcome } from '#contract';
import { formatBytes } from '../../design/formats.ts';
import { text } from '../../text/en.ts';
import { OutcomeBadge } from '../captures/outcome-badge.tsx';
import classes from './retention-section.module.css';
import { numberOf, type RuleDraft, ruleWays } from './rule-draft.ts';

const words = text.retention;
const ways = ruleWays.map((value) => ({ value, label: words.ways[value] }));

interface RuleRowProps {
  outcome: Outcome;
  stored: CallVolume;
  rule: RuleDraft;
  onChange: (rule: RuleDraft) => void;
}

export function RuleRow({ outcome, stored, rule, onChange }: RuleRowProps) {
  const name = text.captures.outcomes[outcome];
  const hasCalls = rule.way === 'calls' || rule.way === 'both';
  const hasDays = rule.way === 'days' || rule.way === 'both';
  return (
    <li className={classes.rule}>
      <OutcomeBadge outcome={outcome} plain />
      <span className={classes.stored}>{words.storedWords(stored.calls, formatBytes(stored.bytes))}</span>
      <div className={classes.keep}>
        <Select
          className={classes.way}
          aria-label={words.keepOf(name)}
          data={ways}
          value={rule.way}
          allowDeselect={false}
          onChange={(value) => {
            const way = ruleWays.find((each) => each === value);
            if (way) onChange({ ...rule, way });
          }}
        />
        {hasCalls && (
          <Amount
            label={words.newest(name)}
            unit={hasDays ? words.callsAndUnit : words.callsUnit}
            value={rule.calls}
            onChange={(calls) => onChange({ ...rule, calls })}
          />
        )}
        {hasDays && (
          <Amount
            label={words.days(name)}
            unit={words.daysUnit}
            value={rule.days}
            onChange={(days) => onChange({ ...rule, days })}
          />
        )}
      </div>
    </li>
  );
}

interface AmountProps {
  label: string;
  unit: string;
  value: string;
  onChange: (value: string) => void;
}

function Amount({ label, unit, value, onChange }: AmountProps) {
  return (
    <span className={classes.amount}>
      <TextInput
        className={classes.number}
        aria-label={label}
        inputMode="numeric"
        maxLength={11}
        value={value}
        error={numberOf(value) === undefined ? words.bad : undefined}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <span>{unit}</span>
    </span>
  );
}
