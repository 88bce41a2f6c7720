// Terms about values at a path and about headers: what is compared, and how. Numbers by their digits. Pure.
import type { QueryTerm, ValueOperator } from '#contract';
import type { CompiledPath, PathContext } from '../mapping/compile-path.ts';
import { compareNumbers } from '../mapping/exact-compare.ts';
import { ExactNumber, isPayloadObject, type PayloadValue } from '../parsing/payload-value.ts';

const numeric = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;

/** `exists`: something is there · `=`: one of the values is it · `!=`: there are values, and none of them is it. */
export function valueTest(
  path: CompiledPath,
  operator: ValueOperator,
  wanted: string,
): (value: PayloadValue, context: PathContext) => boolean {
  const fits = scalarTest(operator === '!=' ? '=' : operator, wanted);
  return (value, context) => {
    if (operator === 'exists') return path.first(value, context) !== undefined;
    const found = path
      .find(value, context)
      .flatMap(({ value: inner }) => (Array.isArray(inner) ? inner : [inner]));
    if (operator === '!=') return found.length > 0 && !found.some(fits);
    return found.some(fits);
  };
}

function scalarTest(operator: ValueOperator, wanted: string): (value: PayloadValue) => boolean {
  const number = numeric.test(wanted) ? new ExactNumber(wanted) : undefined;
  const lower = wanted.toLowerCase();
  return (value) => {
    if (Array.isArray(value) || isPayloadObject(value)) return false;
    if (operator === '~') return String(value).toLowerCase().includes(lower);
    const isNumber = typeof value === 'number' || value instanceof ExactNumber;
    // A number in quotes of the sender is compared as a number with > and <, as a text with =.
    const asNumber = isNumber
      ? value
      : operator !== '=' && typeof value === 'string' && numeric.test(value)
        ? new ExactNumber(value)
        : undefined;
    if (number && asNumber !== undefined) return holds(operator, compareNumbers(asNumber, number));
    if (isNumber || typeof value !== 'string') return operator === '=' && String(value) === wanted;
    return holds(operator, value < wanted ? -1 : value > wanted ? 1 : 0);
  };
}

function holds(operator: ValueOperator, order: number): boolean {
  switch (operator) {
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    default:
      return order === 0;
  }
}

/** Names and, but for `~`, values without regard to letter case. */
export function headerTest({
  name,
  operator,
  value,
}: Extract<QueryTerm, { kind: 'header' }>): (headers: readonly (readonly [string, string])[]) => boolean {
  const wantedName = name.toLowerCase();
  const wanted = value.toLowerCase();
  return (headers) => {
    const values = headers
      .filter(([each]) => each.toLowerCase() === wantedName)
      .map(([, each]) => each.toLowerCase());
    if (operator === 'exists') return values.length > 0;
    if (operator === '~') return values.some((each) => each.includes(wanted));
    if (operator === '!=') return values.length > 0 && !values.includes(wanted);
    return values.includes(wanted);
  };
}
