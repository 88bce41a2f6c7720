// The form of retention: what is typed becomes rules only where every number is one.
import { describe, expect, it } from 'vitest';
import { draftOf, numberOf, rulesOf, sameRules } from '../../../../renderer/features/retention/rule-draft.ts';

const rules = {
  accepted: { calls: 10, days: 30 },
  rejected: { calls: 1000 },
  handshake: { days: 7 },
  duplicate: {},
};

describe('the draft of retention', () => {
  it('gives back the rules that it was made from', () => {
    expect(rulesOf(draftOf(rules))).toEqual(rules);
    expect(sameRules(rules, rulesOf(draftOf(rules)) ?? rules)).toBe(true);
  });

  it('knows another rule from the same', () => {
    expect(sameRules(rules, { ...rules, duplicate: { days: 1 } })).toBe(false);
  });

  it.each(['', '0', '-1', '1.5', 'x', '1e3', '9999999999'])('takes %j for no number', (typed) => {
    expect(numberOf(typed)).toBeUndefined();
    const draft = draftOf(rules);
    expect(rulesOf({ ...draft, rejected: { ...draft.rejected, calls: typed } })).toBeUndefined();
  });

  it('takes numbers as people write them', () => {
    expect(numberOf(' 1,204 ')).toBe(1204);
  });

  it('ignores the number that its way does not use', () => {
    const draft = draftOf(rules);
    expect(rulesOf({ ...draft, duplicate: { way: 'all', calls: 'x', days: '' } })).toEqual(rules);
  });
});
