// Reads a query for captures: `source:mailchimp status:rejected size:>100kb "some text" $.data.email=x -word`. Everything must hold.
// Pure; never throws: what cannot be read is a fault with its place and a hint, and means nothing at all.
import { outcome } from '../models/capture.ts';
import { nearestOf } from './nearest.ts';
import { type QueryField, queryField, queryFields } from './query-fields.ts';
import { type Amount, readAmount, readTime } from './query-values.ts';

export type ValueOperator = '=' | '!=' | '>' | '>=' | '<' | '<=' | '~' | 'exists';

export type QueryMeaning =
  /** A word of the call begins with it. */
  | { kind: 'word'; text: string }
  | { kind: 'phrase'; text: string }
  /** One of `values`. */
  | {
      kind: 'choice';
      field:
        | 'source'
        | 'status'
        | 'event'
        | 'method'
        | 'format'
        | 'verified'
        | 'origin'
        | 'delivery'
        | 'id'
        | 'tag'
        | 'is';
      values: string[];
    }
  | { kind: 'text'; field: 'type' | 'path' | 'note' | 'contains'; text: string }
  | { kind: 'amount'; field: 'size' | 'items' | 'answered'; amount: Amount }
  | { kind: 'time'; field: 'after' | 'before'; at: number }
  | { kind: 'header'; name: string; operator: ValueOperator; value: string }
  | { kind: 'value'; path: string; operator: ValueOperator; value: string };

export type QueryTerm = QueryMeaning & {
  negated: boolean;
  /** Characters of the query, from 0; `-` included. */
  start: number;
  end: number;
  /** Where the value begins. */
  valueStart: number;
};

export interface QueryFault {
  message: string;
  hint: string;
  /** The character from which on it cannot be read, from 0, and how many are meant. */
  position: number;
  length: number;
}

export type QueryResult = { ok: true; terms: QueryTerm[] } | { ok: false; fault: QueryFault };

export const maxQueryLength = 2_000;
const maxTerms = 40;
const maxValues = 50;

class Fault extends Error {
  readonly fault: QueryFault;
  constructor(position: number, length: number, message: string, hint: string) {
    super(message);
    this.fault = { message, hint, position, length };
  }
}

export function readQuery(text: string, now: number = Date.now()): QueryResult {
  try {
    return { ok: true, terms: readTerms(text, now) };
  } catch (error) {
    if (error instanceof Fault) return { ok: false, fault: error.fault };
    throw error;
  }
}

function readTerms(text: string, now: number): QueryTerm[] {
  if (text.length > maxQueryLength) {
    throw new Fault(
      maxQueryLength,
      text.length - maxQueryLength,
      `The query is longer than ${maxQueryLength} characters.`,
      'Leave some of it out.',
    );
  }
  const terms: QueryTerm[] = [];
  let at = 0;
  for (;;) {
    while (at < text.length && isSpace(text, at)) at += 1;
    if (at >= text.length) return terms;
    if (terms.length === maxTerms) {
      throw new Fault(
        at,
        text.length - at,
        `The query has more than ${maxTerms} parts.`,
        'Leave some of them out.',
      );
    }
    const term = readTerm(text, at, now);
    terms.push(term);
    at = term.end;
  }
}

function readTerm(text: string, start: number, now: number): QueryTerm {
  const negated = text[start] === '-' && start + 1 < text.length && !isSpace(text, start + 1);
  const from = negated ? start + 1 : start;
  const done = (meaning: QueryMeaning, end: number, valueStart = from): QueryTerm => ({
    ...meaning,
    negated,
    start,
    end,
    valueStart,
  });
  const quoted = readQuoted(text, from);
  if (quoted) {
    if (!hasWord(quoted.value)) {
      throw new Fault(
        from,
        quoted.end - from,
        'There is no word between the quotes.',
        'Write letters or digits; contains: finds signs, too.',
      );
    }
    return done({ kind: 'phrase', text: quoted.value }, quoted.end);
  }
  if (text[from] === '$' && /[.[hqr]/.test(text[from + 1] ?? '')) {
    const { meaning, end, valueStart } = readPathTerm(text, from);
    return done(meaning, end, valueStart);
  }
  const name = /^([a-z][a-z0-9_-]*):(?!\/\/)/i.exec(text.slice(from, from + 60))?.[1];
  if (name !== undefined) {
    const field = queryField(name);
    if (!field) throw unknownField(name, from);
    const valueStart = from + name.length + 1;
    const { meaning, end } = readFieldTerm(field, text, from, valueStart, now);
    return done(meaning, end, valueStart);
  }
  const end = endOfWord(text, from);
  const word = text.slice(from, end);
  if (!hasWord(word)) {
    throw new Fault(
      from,
      end - from,
      `"${word}" is no word.`,
      'Write letters or digits; contains: finds signs, too.',
    );
  }
  return done({ kind: 'word', text: word }, end);
}

function unknownField(name: string, from: number): Fault {
  const close = nearestOf(
    name,
    queryFields.map((field) => field.name),
  );
  const hint = close
    ? `Did you mean ${close}:? To search for the text, put it in quotes.`
    : `There are ${queryFields.map((field) => `${field.name}:`).join(' ')} To search for the text, put it in quotes.`;
  return new Fault(from, name.length + 1, `There is no "${name}:".`, hint);
}

function readFieldTerm(
  field: QueryField,
  text: string,
  from: number,
  valueStart: number,
  now: number,
): { meaning: QueryMeaning; end: number } {
  const missing = (end: number) =>
    new Fault(
      from,
      Math.max(1, end - from),
      `Something must stand behind ${field.name}:`,
      `For example ${field.example}`,
    );
  if (field.kind === 'choice') {
    const { values, end } = readValues(text, valueStart);
    const places = values.filter(({ value }) => value !== '');
    if (places.length === 0) throw missing(end);
    const [many] = values.slice(maxValues);
    if (many)
      throw new Fault(
        many.start,
        end - many.start,
        `More than ${maxValues} values.`,
        'Leave some of them out.',
      );
    for (const { value, start, length } of places) checkChoice(field, value, start, length);
    return {
      meaning: { kind: 'choice', field: field.name as 'source', values: places.map(({ value }) => value) },
      end,
    };
  }
  if (field.kind === 'header') return readHeaderTerm(text, valueStart, missing);
  const { value, end } = readValue(text, valueStart);
  if (value === '') throw missing(end);
  const wrong = ({ message, hint }: { message: string; hint: string }) =>
    new Fault(valueStart, end - valueStart, message, hint);
  if (field.kind === 'amount') {
    const amount = readAmount(value, field.unit ?? 'count');
    if (!amount.ok) throw wrong(amount);
    return { meaning: { kind: 'amount', field: field.name as 'size', amount: amount.value }, end };
  }
  if (field.kind === 'time') {
    const time = readTime(value, now);
    if (!time.ok) throw wrong(time);
    return { meaning: { kind: 'time', field: field.name as 'after', at: time.value }, end };
  }
  return { meaning: { kind: 'text', field: field.name as 'type', text: value }, end };
}

function checkChoice(field: QueryField, value: string, start: number, length: number): void {
  const wanted = value.toLowerCase();
  if (field.name === 'status') {
    const fits = (outcome.options as readonly string[]).includes(wanted) || /^[1-5](\d\d|xx)$/.test(wanted);
    if (!fits)
      throw new Fault(
        start,
        length,
        `"${value}" is no status.`,
        `Write ${outcome.options.join(', ')}, a number such as 401, or 4xx.`,
      );
  } else if (field.values && !field.isOpen && !field.values.some((each) => each.toLowerCase() === wanted)) {
    throw new Fault(
      start,
      length,
      `"${value}" does not fit behind ${field.name}:`,
      `Write ${field.values.join(', ')}.`,
    );
  }
}

/** `header:name`, `header:name=value`, also with != and ~. */
function readHeaderTerm(
  text: string,
  valueStart: number,
  missing: (end: number) => Fault,
): { meaning: QueryMeaning; end: number } {
  const [, name = '', operator = ''] =
    /^([!#$%&'*+.^_`|\w-]*?)(!=|=|~|(?=\s|$))/.exec(text.slice(valueStart)) ?? [];
  if (name === '') throw missing(endOfWord(text, valueStart));
  const at = valueStart + name.length + operator.length;
  if (operator === '') return { meaning: { kind: 'header', name, operator: 'exists', value: '' }, end: at };
  const { value, end } = readValue(text, at);
  return { meaning: { kind: 'header', name, operator: operator as ValueOperator, value }, end };
}

/** A path ends at an operator or a space outside of its brackets and quotes. */
function readPathTerm(
  text: string,
  from: number,
): { meaning: QueryMeaning; end: number; valueStart: number } {
  let at = from;
  let depth = 0;
  let quote = '';
  for (; at < text.length; at += 1) {
    const char = text[at] as string;
    if (quote !== '') {
      if (char === '\\') at += 1;
      else if (char === quote) quote = '';
    } else if (depth > 0 && (char === '"' || char === "'")) quote = char;
    else if (char === '[' || char === '(') depth += 1;
    else if (char === ']' || char === ')') depth -= 1;
    else if (depth <= 0 && (isSpace(text, at) || /[=<>~!]/.test(char))) break;
  }
  const end = Math.min(at, text.length);
  const path = text.slice(from, end);
  if (depth > 0 || quote !== '') {
    throw new Fault(
      from,
      end - from,
      'The path is not closed.',
      quote === '' ? 'A ] or ) is missing.' : `A ${quote} is missing.`,
    );
  }
  const operator = /^(!=|>=|<=|=|>|<|~)/.exec(text.slice(end, end + 2))?.[1];
  if (operator === undefined) {
    if (text[end] === '!') throw new Fault(end, 1, '"!" says nothing here.', 'Write != for "is not".');
    return { meaning: { kind: 'value', path, operator: 'exists', value: '' }, end, valueStart: end };
  }
  const valueStart = end + operator.length;
  const { value, end: last } = readValue(text, valueStart);
  const isQuoted = last > valueStart && text[valueStart] === '"';
  if (value === '' && !isQuoted) {
    throw new Fault(
      from,
      last - from,
      `Something must stand behind ${operator}`,
      'For example $.data.email=ada@example.com, or "" for an empty text.',
    );
  }
  return {
    meaning: { kind: 'value', path, operator: operator as ValueOperator, value },
    end: last,
    valueStart,
  };
}

/** Values with commas between them. */
function readValues(
  text: string,
  from: number,
): { values: { value: string; start: number; length: number }[]; end: number } {
  const values: { value: string; start: number; length: number }[] = [];
  let at = from;
  for (;;) {
    const { value, end } = readValue(text, at, ',');
    values.push({ value, start: at, length: end - at });
    at = end;
    if (text[at] !== ',') return { values, end: at };
    at += 1;
  }
}

function readValue(text: string, from: number, until = ''): { value: string; end: number } {
  const quoted = readQuoted(text, from);
  if (quoted) return quoted;
  let end = from;
  while (end < text.length && !isSpace(text, end) && text[end] !== until) end += 1;
  return { value: text.slice(from, end), end };
}

/** Undefined where no quote begins. `\"` and `\\` stand for themselves. */
function readQuoted(text: string, from: number): { value: string; end: number } | undefined {
  if (text[from] !== '"') return undefined;
  let value = '';
  for (let at = from + 1; at < text.length; at += 1) {
    const char = text[at] as string;
    if (char === '"') return { value, end: at + 1 };
    if (char === '\\' && (text[at + 1] === '"' || text[at + 1] === '\\')) at += 1;
    value += text[at];
  }
  throw new Fault(from, text.length - from, 'The quote is not closed.', 'Put a " behind the text.');
}

function endOfWord(text: string, from: number): number {
  let end = from;
  while (end < text.length && !isSpace(text, end)) end += 1;
  return end;
}

function isSpace(text: string, at: number): boolean {
  return /\s/.test(text[at] ?? '');
}

/** Only letters and digits are words. */
export function hasWord(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}
