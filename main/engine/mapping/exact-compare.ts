// Equality and order of payload values as RFC 9535 section 2.3.5.2.2 defines them, with numbers compared by their digits
// rather than as doubles: 1.10 equals 1.1, 12345678901234567890 does not equal 12345678901234567891.
import { ExactNumber, isPayloadObject, type PayloadValue } from '../parsing/payload-value.ts';

/** Deep equality; the order of keys does not count. */
export function equalValues(left: PayloadValue, right: PayloadValue): boolean {
  if (left === right) return true;
  if (isNumber(left)) return isNumber(right) && compareNumbers(left, right) === 0;
  if (Array.isArray(left)) {
    return (
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((element, i) => equalValues(element, right[i] as PayloadValue))
    );
  }
  if (!isPayloadObject(left) || !isPayloadObject(right)) return false;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every(
      (key) =>
        Object.hasOwn(right, key) && equalValues(left[key] as PayloadValue, right[key] as PayloadValue),
    )
  );
}

/** Only two numbers or two texts have an order; texts by code unit, as everywhere in JavaScript. */
export function isLess(left: PayloadValue, right: PayloadValue): boolean {
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right) < 0;
  return typeof left === 'string' && typeof right === 'string' && left < right;
}

function isNumber(value: PayloadValue): value is number | ExactNumber {
  return typeof value === 'number' || value instanceof ExactNumber;
}

/** Below 0, 0 or above 0. */
export function compareNumbers(left: number | ExactNumber, right: number | ExactNumber): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const a = decimalOf(String(left));
  const b = decimalOf(String(right));
  if (a.digits === '' && b.digits === '') return 0;
  const signA = a.digits === '' ? 0 : a.negative ? -1 : 1;
  const signB = b.digits === '' ? 0 : b.negative ? -1 : 1;
  if (signA !== signB) return signA - signB;
  const [small, large] = a.negative ? [b, a] : [a, b];
  return small.point === large.point
    ? compareTexts(small.digits, large.digits)
    : small.point < large.point
      ? -1
      : 1;
}

/** 0.digits × 10^point, without zeros at either end of the digits. Zero has no digits. */
interface Decimal {
  negative: boolean;
  digits: string;
  point: bigint;
}

function decimalOf(text: string): Decimal {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const all = whole + fraction;
  const digits = all.replace(/^0+/, '');
  const point = BigInt(exponent.replace('+', '')) + BigInt(whole.length - (all.length - digits.length));
  return { negative: sign === '-', digits: trimZeros(digits), point };
}

function trimZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits.charCodeAt(end - 1) === 48) end--;
  return digits.slice(0, end);
}

function compareTexts(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
