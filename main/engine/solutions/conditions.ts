// Conditions of modules: compiled once, tried on items. Numbers are compared by their digits, dates as moments, texts with or without
// regard to letter case. Pure; knows no store.
import type { Condition, ConditionResult, ConditionSet, FieldType, JsonValue } from '#contract';
import { isEmpty, numberIn, textOf } from '../items/item-values.ts';
import { toDateText } from '../mapping/date-text.ts';
import { compareNumbers } from '../mapping/exact-compare.ts';
import { compilePattern } from './text-pattern.ts';

/** What conditions look at: an item with the fields of the module. */
export interface Subject {
  value(field: string): JsonValue | undefined;
  changed(field: string): boolean;
}

export interface CompiledConditions {
  /** Stops at the first condition that decides. */
  hold(subject: Subject): boolean;
  /** Tries every condition and tells what was found. */
  judge(subject: Subject): { held: boolean; results: ConditionResult[] };
  /** Without regular expressions and fields of the module: so cheap that it may run while items are written. */
  cheap: boolean;
}

export interface ConditionFault {
  /** Below the set: `conditions.0.value`. */
  path: string;
  message: string;
}

export type TypeOfField = (field: string) => FieldType | undefined;

const maxActualChars = 300;

/** An empty set holds. */
export function compileConditions(
  set: ConditionSet,
  typeOf: TypeOfField,
): { conditions: CompiledConditions; faults: ConditionFault[] } {
  const faults: ConditionFault[] = [];
  const patterns = set.conditions.filter(({ is }) => is === 'match').length;
  const tests = set.conditions.map((condition, i): CompiledTest => {
    const made = compileTest(condition, typeOf(condition.field), patterns);
    if ('fault' in made) {
      faults.push({ path: `conditions.${i}.value`, message: made.fault });
      return { test: () => false };
    }
    return made;
  });

  function hold(subject: Subject): boolean {
    const each = ({ test }: CompiledTest) => test(subject);
    return tests.length === 0 || (set.mode === 'all' ? tests.every(each) : tests.some(each));
  }

  return {
    faults,
    conditions: {
      hold,
      judge(subject) {
        const results = set.conditions.map((condition, i) => ({
          ...condition,
          held: tests[i]?.test(subject) ?? false,
          actual: tests[i]?.refused?.(subject) ?? shown(subject.value(condition.field)),
        }));
        const held =
          results.length === 0 || (set.mode === 'all' ? results.every(isHeld) : results.some(isHeld));
        return { held, results };
      },
      cheap: patterns === 0 && set.conditions.every(({ field }) => !field.startsWith('module.')),
    },
  };
}

function isHeld({ held }: ConditionResult): boolean {
  return held;
}

/** A value for the screen, cut. */
export function shown(value: JsonValue | undefined): string {
  const text = textOf(value);
  return text.length <= maxActualChars ? text : `${text.slice(0, maxActualChars - 1)}…`;
}

interface CompiledTest {
  test(subject: Subject): boolean;
  /** Why a value was not looked at. */
  refused?(subject: Subject): string | undefined;
}

function compileTest(
  condition: Condition,
  type: FieldType | undefined,
  patterns: number,
): CompiledTest | { fault: string } {
  const { field, is, matchCase } = condition;
  const wanted = condition.value ?? '';
  const fold = (text: string): string => (matchCase ? text : text.toLowerCase());
  const of = (test: (value: JsonValue | undefined) => boolean) => ({
    test: (subject: Subject) => test(subject.value(field)),
  });
  switch (is) {
    case 'changed':
      return { test: (subject) => subject.changed(field) };
    case 'isEmpty':
      return of(isEmpty);
    case 'isNotEmpty':
      return of((value) => !isEmpty(value));
    case 'match': {
      const compiled = compilePattern(wanted, matchCase, patterns);
      if (!compiled.ok) {
        const at = compiled.position === undefined ? '' : ` (at character ${compiled.position + 1})`;
        return { fault: `${compiled.message}${at}` };
      }
      const { pattern } = compiled;
      return {
        ...of((value) => pattern.test(textOf(value))),
        refused(subject) {
          const { length } = textOf(subject.value(field));
          if (length <= pattern.maxChars) return undefined;
          return `(not looked at: ${length} characters, this expression reads texts up to ${pattern.maxChars})`;
        },
      };
    }
    case 'contains':
    case 'notContains': {
      if (wanted === '') return { fault: 'Type what the field must contain, or use Is Empty.' };
      const sought = fold(wanted);
      const contains = (value: JsonValue | undefined): boolean =>
        Array.isArray(value)
          ? value.some((element) => fold(textOf(element)) === sought)
          : fold(textOf(value)).includes(sought);
      return of(is === 'contains' ? contains : (value) => !contains(value));
    }
    default: {
      if (condition.value === undefined) return { fault: 'Type a value to compare with.' };
      const compared = compileCompare(wanted, type, fold);
      if ('fault' in compared) return compared;
      const { compare } = compared;
      if (is === 'greater' || is === 'less') {
        if (wanted.trim() === '') return { fault: 'Type a value to compare with.' };
        const sign = is === 'greater' ? 1 : -1;
        return of((value) => !isEmpty(value) && sign * (compare(value) ?? 0) > 0);
      }
      const equals = (value: JsonValue | undefined): boolean =>
        isEmpty(value) || wanted === '' ? isEmpty(value) && wanted === '' : compare(value) === 0;
      return of(is === 'equalTo' ? equals : (value) => !equals(value));
    }
  }
}

/** How a value stands to the wanted one: below 0, 0, above 0; undefined where the two cannot be compared. */
type Compare = (value: JsonValue | undefined) => number | undefined;

function compileCompare(
  wanted: string,
  type: FieldType | undefined,
  fold: (text: string) => string,
): { compare: Compare } | { fault: string } {
  const sought = fold(wanted);
  const asTexts: Compare = (value) => {
    const text = fold(textOf(value));
    return text === sought ? 0 : text < sought ? -1 : 1;
  };
  if (wanted === '' || type === 'text' || type === 'object' || type === 'list') return { compare: asTexts };
  const limit = numberIn(wanted);
  const asNumbers: Compare = (value) => {
    const number = typeof value === 'boolean' ? undefined : numberIn(value);
    return number === undefined || limit === undefined ? undefined : compareNumbers(number, limit);
  };
  switch (type) {
    case 'number':
      return limit === undefined
        ? { fault: `"${cut(wanted)}" is no number, and the field holds numbers.` }
        : { compare: asNumbers };
    case 'date': {
      const day = momentsOf(wanted);
      if (!day)
        return { fault: `"${cut(wanted)}" is no date. Write 2026-11-24, or 2026-11-24T09:30:00+01:00.` };
      return {
        compare(value) {
          const at = momentsOf(value)?.from;
          if (at === undefined) return undefined;
          return at < day.from ? -1 : at > day.until ? 1 : 0;
        },
      };
    }
    case 'boolean': {
      const word = wanted.trim().toLowerCase();
      if (word !== 'true' && word !== 'false')
        return { fault: 'The field is true or false. Write one of them.' };
      return { compare: (value) => (textOf(value) === word ? 0 : word === 'false' ? 1 : -1) };
    }
    default:
      // The mapping says nothing of it: two numbers are compared as such, all else as texts.
      return { compare: (value) => (limit === undefined ? undefined : asNumbers(value)) ?? asTexts(value) };
  }
}

/** From when until when, milliseconds since 1970: a day without a time is the whole day, in UTC like every time without an offset. */
function momentsOf(value: JsonValue | undefined): { from: number; until: number } | undefined {
  const text = typeof value === 'string' || typeof value === 'number' ? toDateText(value) : undefined;
  if (text === undefined) return undefined;
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    const from = Date.parse(`${text}T00:00:00Z`);
    return { from, until: from + 24 * 60 * 60 * 1000 - 1 };
  }
  const hasOffset = /(Z|[+-]\d{2}:\d{2})$/.test(text);
  const at = Date.parse(hasOffset ? text : `${text}Z`);
  return Number.isNaN(at) ? undefined : { from: at, until: at };
}

function cut(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
}
