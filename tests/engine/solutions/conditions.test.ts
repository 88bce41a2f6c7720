// Conditions: what holds for which value, by the field's type; and that no expression can hang.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Condition, ConditionKind, FieldType, JsonValue } from '#contract';
import { compileConditions, type Subject } from '../../../main/engine/solutions/conditions.ts';
import { compilePattern } from '../../../main/engine/solutions/text-pattern.ts';
import { leastMs } from '../../harness/longest-turn.ts';

function subjectOf(value: JsonValue | undefined, changed = false): Subject {
  return { value: () => value, changed: () => changed };
}

function compiled(is: ConditionKind, value: string | undefined, type?: FieldType, matchCase = false) {
  const condition: Condition = {
    field: 'fields.x',
    is,
    matchCase,
    ...(value === undefined ? {} : { value }),
  };
  return compileConditions({ mode: 'all', conditions: [condition] }, () => type);
}

function holds(
  actual: JsonValue | undefined,
  is: ConditionKind,
  value?: string,
  type?: FieldType,
  matchCase = false,
): boolean {
  const { conditions, faults } = compiled(is, value, type, matchCase);
  expect(faults).toEqual([]);
  return conditions.hold(subjectOf(actual));
}

describe('texts', () => {
  it('are compared with or without regard to letter case', () => {
    expect(holds('Ann', 'equalTo', 'ann', 'text')).toBe(true);
    expect(holds('Ann', 'equalTo', 'ann', 'text', true)).toBe(false);
    expect(holds('ÄRGER', 'contains', 'ärg', 'text')).toBe(true);
    expect(holds('ÄRGER', 'contains', 'ärg', 'text', true)).toBe(false);
    expect(holds('ann@example.com', 'match', '@EXAMPLE\\.', 'text')).toBe(true);
    expect(holds('ann@example.com', 'match', '@EXAMPLE\\.', 'text', true)).toBe(false);
    expect(holds('b', 'greater', 'A', 'text')).toBe(true);
    expect(holds('0010', 'equalTo', '10', 'text')).toBe(false);
  });

  it('hold or do not hold, never both', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), fc.boolean(), (actual, value, matchCase) => {
        expect(holds(actual, 'equalTo', value, 'text', matchCase)).toBe(
          !holds(actual, 'notEqualTo', value, 'text', matchCase),
        );
        expect(holds(actual, 'contains', value, 'text', matchCase)).toBe(
          !holds(actual, 'notContains', value, 'text', matchCase),
        );
      }),
    );
  });

  it('that are empty equal nothing and contain nothing', () => {
    for (const empty of [undefined, null, '']) {
      expect(holds(empty, 'isEmpty')).toBe(true);
      expect(holds(empty, 'isNotEmpty')).toBe(false);
      expect(holds(empty, 'equalTo', 'x')).toBe(false);
      expect(holds(empty, 'notEqualTo', 'x')).toBe(true);
      expect(holds(empty, 'notContains', 'x')).toBe(true);
      expect(holds(empty, 'less', 'x', 'text')).toBe(false);
      expect(holds(empty, 'equalTo', '', 'text')).toBe(true);
    }
  });
});

describe('numbers', () => {
  it('are compared by their digits', () => {
    expect(holds('12345678901234567890', 'equalTo', '12345678901234567891', 'number')).toBe(false);
    expect(holds('12345678901234567890', 'less', '12345678901234567891', 'number')).toBe(true);
    expect(holds('1.10', 'equalTo', '1.1', 'number')).toBe(true);
    expect(holds(9, 'less', '10', 'number')).toBe(true);
    expect(holds(9, 'less', '10')).toBe(true);
    expect(holds('9', 'less', '10', 'text')).toBe(false);
    expect(compiled('greater', 'ten', 'number').faults).toEqual([
      { path: 'conditions.0.value', message: expect.stringContaining('no number') },
    ]);
  });

  it('stand to each other as exact decimals do', () => {
    const decimal = fc.tuple(fc.bigInt(), fc.integer({ min: 0, max: 6 })).map(([digits, places]) => {
      const text = String(digits < 0n ? -digits : digits).padStart(places + 1, '0');
      const cut = text.length - places;
      const sign = digits < 0n ? '-' : '';
      return {
        scaled: digits * 10n ** BigInt(6 - places),
        text: `${sign}${text.slice(0, cut)}${places > 0 ? `.${text.slice(cut)}` : ''}`,
      };
    });
    fc.assert(
      fc.property(decimal, decimal, (left, right) => {
        expect(holds(left.text, 'equalTo', right.text, 'number')).toBe(left.scaled === right.scaled);
        expect(holds(left.text, 'greater', right.text, 'number')).toBe(left.scaled > right.scaled);
        expect(holds(left.text, 'less', right.text, 'number')).toBe(left.scaled < right.scaled);
      }),
    );
  });
});

describe('dates', () => {
  it('are compared as moments; a day is the whole day', () => {
    expect(holds('2026-11-24T10:00:00Z', 'equalTo', '2026-11-24T11:00:00+01:00', 'date')).toBe(true);
    expect(holds('2026-11-24T23:30:00Z', 'equalTo', '2026-11-24', 'date')).toBe(true);
    expect(holds('2026-11-24T23:30:00Z', 'greater', '2026-11-24', 'date')).toBe(false);
    expect(holds('2026-11-25T00:00:00Z', 'greater', '2026-11-24', 'date')).toBe(true);
    expect(holds('no date', 'less', '2026-11-24', 'date')).toBe(false);
    expect(compiled('less', 'soon', 'date').faults[0]?.message).toContain('no date');
  });

  it('keep their order whatever the offset', () => {
    const at = fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => seconds * 1000);
    const offset = fc.integer({ min: -12, max: 12 });
    const written = (ms: number, hours: number): string => {
      const local = new Date(ms + hours * 3_600_000).toISOString().slice(0, 19);
      return `${local}${hours < 0 ? '-' : '+'}${String(Math.abs(hours)).padStart(2, '0')}:00`;
    };
    fc.assert(
      fc.property(at, at, offset, offset, (left, right, leftOffset, rightOffset) => {
        const [a, b] = [written(left, leftOffset), written(right, rightOffset)];
        expect(holds(a, 'less', b, 'date')).toBe(left < right);
        expect(holds(a, 'greater', b, 'date')).toBe(left > right);
        expect(holds(a, 'equalTo', b, 'date')).toBe(left === right);
      }),
    );
  });
});

it('lists contain elements, true and false are words, changed asks what changed', () => {
  expect(holds(['Red', 'blue'], 'contains', 'red', 'list')).toBe(true);
  expect(holds(['reddish'], 'contains', 'red', 'list')).toBe(false);
  expect(holds(true, 'equalTo', 'TRUE', 'boolean')).toBe(true);
  expect(holds(false, 'notEqualTo', 'true', 'boolean')).toBe(true);
  expect(compiled('equalTo', 'maybe', 'boolean').faults).toHaveLength(1);
  const { conditions } = compiled('changed', undefined);
  expect(conditions.hold(subjectOf(1, true))).toBe(true);
  expect(conditions.hold(subjectOf(1, false))).toBe(false);
});

it('all or at least one; the results tell the actual values, cut', () => {
  const conditions: Condition[] = [
    { field: 'a', is: 'equalTo', value: 'x', matchCase: false },
    { field: 'b', is: 'isEmpty', matchCase: false },
  ];
  const values: Record<string, JsonValue> = { a: 'x'.repeat(1_000), b: '' };
  const subject: Subject = { value: (field) => values[field], changed: () => false };
  const judge = (mode: 'all' | 'atLeastOne') =>
    compileConditions({ mode, conditions }, () => undefined).conditions.judge(subject);
  expect(judge('all').held).toBe(false);
  expect(judge('atLeastOne').held).toBe(true);
  expect(judge('all').results.map(({ held, actual }) => [held, actual.length])).toEqual([
    [false, 300],
    [true, 0],
  ]);
  const none = compileConditions({ mode: 'atLeastOne', conditions: [] }, () => undefined);
  expect(none.conditions.hold(subject)).toBe(true);
});

describe('regular expressions', () => {
  it('that would backtrack for ever end at once', () => {
    const text = `${'a'.repeat(5_000)}!`;
    for (const source of ['^(a+)+$', '(a|aa)+b', '(.*)(.*)(.*)(.*)(.*)z', '(x+x+)+y', '^(\\w+\\s?)*$']) {
      const made = compilePattern(source, false);
      if (!made.ok) throw new Error(made.message);
      expect(made.pattern.test(text)).toBe(false);
      expect(leastMs(() => made.pattern.test(text))).toBeLessThan(50);
    }
  });

  it('are not tried on texts that are too long for them, and that is told', () => {
    const { conditions } = compiled('match', '^(a+)+$', 'text');
    const result = conditions.judge(subjectOf('a'.repeat(60_000)));
    expect(result.held).toBe(false);
    expect(result.results[0]?.actual).toMatch(/^\(not looked at: 60000 characters/);
  });

  it('that are too large are refused before they cost anything', () => {
    for (const source of ['\\p{L}{1,500}z', '(a?){500}a{500}', 'x'.repeat(1_001), '((a{30}){30}b){9}']) {
      let result: ReturnType<typeof compilePattern> | undefined;
      expect(
        leastMs(() => {
          result = compilePattern(source, true);
        }),
      ).toBeLessThan(100);
      expect(result).toMatchObject({ ok: false });
    }
  });

  it('tell where they are wrong', () => {
    const positions = [
      ['(abc', 4],
      ['ab)c', 2],
      ['a**', 1],
      ['x[z-a]', 2],
      ['(?=a)', 0],
      ['(a)\\1', 3],
      ['[)])', 3],
    ] as const;
    for (const [source, position] of positions) {
      expect(compilePattern(source, false), source).toMatchObject({ ok: false, position });
    }
    expect(compilePattern('', false)).toMatchObject({ ok: false, message: 'Type a regular expression.' });
  });

  it('are read or refused with a sentence, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.string(), (source, text) => {
        const made = compilePattern(source, false);
        if (made.ok) expect(typeof made.pattern.test(text)).toBe('boolean');
        else expect(made.message.length).toBeGreaterThan(10);
      }),
    );
  });
});
