// What the form of retention holds: texts as typed, for each outcome, and the rules that they mean. Pure.
import type { Outcome, RetentionRule, RetentionRules } from '#contract';

export const ruleWays = ['all', 'calls', 'days', 'both'] as const;
export type RuleWay = (typeof ruleWays)[number];

export interface RuleDraft {
  way: RuleWay;
  calls: string;
  days: string;
}

export type RulesDraft = Record<Outcome, RuleDraft>;

export const outcomeOrder: readonly Outcome[] = ['accepted', 'duplicate', 'rejected', 'handshake'];

const offered = { calls: '1000', days: '30' };

export function draftOf(rules: RetentionRules): RulesDraft {
  const one = ({ calls, days }: RetentionRule): RuleDraft => ({
    way: calls === undefined ? (days === undefined ? 'all' : 'days') : days === undefined ? 'calls' : 'both',
    calls: calls === undefined ? offered.calls : String(calls),
    days: days === undefined ? offered.days : String(days),
  });
  return {
    accepted: one(rules.accepted),
    duplicate: one(rules.duplicate),
    rejected: one(rules.rejected),
    handshake: one(rules.handshake),
  };
}

/** Undefined where a number is none. */
export function numberOf(typed: string): number | undefined {
  const plain = typed.replaceAll(/[,\s]/g, '');
  if (!/^\d{1,9}$/.test(plain)) return undefined;
  const number = Number(plain);
  return number >= 1 ? number : undefined;
}

/** Undefined while a number is missing or none. */
export function rulesOf(draft: RulesDraft): RetentionRules | undefined {
  const rules: RetentionRules = { accepted: {}, duplicate: {}, rejected: {}, handshake: {} };
  for (const outcome of outcomeOrder) {
    const { way, calls, days } = draft[outcome];
    if (way === 'calls' || way === 'both') {
      const number = numberOf(calls);
      if (number === undefined) return undefined;
      rules[outcome].calls = number;
    }
    if (way === 'days' || way === 'both') {
      const number = numberOf(days);
      if (number === undefined || number > 36_500) return undefined;
      rules[outcome].days = number;
    }
  }
  return rules;
}

export function sameRules(one: RetentionRules, other: RetentionRules): boolean {
  return outcomeOrder.every(
    (outcome) => one[outcome].calls === other[outcome].calls && one[outcome].days === other[outcome].days,
  );
}
