// The query language: what every form means, that faults have a place and a hint, and that no text breaks the parser.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addTerm,
  dropTerm,
  hasTerm,
  mergeTyping,
  type QueryTerm,
  queryFields,
  readQuery,
  replaceField,
  valuesOf,
  writeValue,
} from '#contract';

const now = new Date(2026, 10, 24, 12).getTime();
const meanings = (text: string) => {
  const result = readQuery(text, now);
  if (!result.ok) throw new Error(`${result.fault.position}: ${result.fault.message}`);
  return result.terms.map(({ start: _s, end: _e, valueStart: _v, negated, ...meaning }) =>
    negated ? { not: meaning } : meaning,
  );
};
const faultOf = (text: string) => {
  const result = readQuery(text, now);
  if (result.ok) throw new Error(`${text} was read`);
  return result.fault;
};

describe('what a query means', () => {
  it('reads the example of the product', () => {
    expect(
      meanings(
        'source:mailchimp status:rejected event:subscribe method:post size:>100kb after:2026-11-01 "some text" $.data.email=x header:x-github-event=push note:"ask them" tag:bug is:pinned -word',
      ),
    ).toEqual([
      { kind: 'choice', field: 'source', values: ['mailchimp'] },
      { kind: 'choice', field: 'status', values: ['rejected'] },
      { kind: 'choice', field: 'event', values: ['subscribe'] },
      { kind: 'choice', field: 'method', values: ['post'] },
      { kind: 'amount', field: 'size', amount: { min: 100_000, minOpen: true } },
      { kind: 'time', field: 'after', at: new Date(2026, 10, 1).getTime() },
      { kind: 'phrase', text: 'some text' },
      { kind: 'value', path: '$.data.email', operator: '=', value: 'x' },
      { kind: 'header', name: 'x-github-event', operator: '=', value: 'push' },
      { kind: 'text', field: 'note', text: 'ask them' },
      { kind: 'choice', field: 'tag', values: ['bug'] },
      { kind: 'choice', field: 'is', values: ['pinned'] },
      { not: { kind: 'word', text: 'word' } },
    ]);
  });

  it.each<[string, object]>([
    ['status:rejected,duplicate', { values: ['rejected', 'duplicate'] }],
    ['status:4xx', { values: ['4xx'] }],
    ['source:"My shop","a, b"', { values: ['My shop', 'a, b'] }],
    ['size:1kb..2kib', { amount: { min: 1000, max: 2048 } }],
    ['answered:>=1.5s', { amount: { min: 1500 } }],
    ['items:0', { amount: { min: 0, max: 0 } }],
    ['after:7d', { at: now - 7 * 86_400_000 }],
    ['before:2026-11-02T08:30', { at: new Date(2026, 10, 2, 8, 30).getTime() }],
    ['before:2026-11-02T08:30Z', { at: Date.UTC(2026, 10, 2, 8, 30) }],
    ['after:yesterday', { at: new Date(2026, 10, 23).getTime() }],
    ['$..sku~"a b"', { path: '$..sku', operator: '~', value: 'a b' }],
    ['$.a["x = y"].b!=1', { path: '$.a["x = y"].b', operator: '!=', value: '1' }],
    ['$.items[?@.n > 3]', { path: '$.items[?@.n > 3]', operator: 'exists' }],
    ['$.a=""', { operator: '=', value: '' }],
    ['$headers["x-event"]=push', { path: '$headers["x-event"]', value: 'push' }],
    ['header:x-request-id', { name: 'x-request-id', operator: 'exists' }],
    ['http://example.com', { kind: 'word', text: 'http://example.com' }],
    ['12:30', { kind: 'word', text: '12:30' }],
    ['"status:rejected"', { kind: 'phrase', text: 'status:rejected' }],
    ['$100', { kind: 'word', text: '$100' }],
  ])('%s', (text, meaning) => {
    expect(meanings(text)).toMatchObject([meaning]);
  });
});

describe('faults', () => {
  it.each<[string, number, RegExp]>([
    ['event:x stats:rejected', 8, /Did you mean status:/],
    ['foo:bar', 0, /quotes/],
    ['ada "unclosed text', 4, /Put a "/],
    ['status:refused', 7, /accepted, rejected/],
    ['status:rejected,refused', 16, /accepted, rejected/],
    ['size:big', 5, />100kb/],
    ['size:5kb..1kb', 5, />100kb/],
    ['after:2026-13-01', 6, /2026-11-01/],
    ['after:2026-02-30', 6, /2026-11-01/],
    ['is:nice', 3, /pinned/],
    ['source:', 0, /source:mailchimp/],
    ['header:=x', 0, /header:x-github/],
    ['$.a[0', 0, /\]/],
    ['$.a=', 0, /""/],
    ['-- ada', 1, /contains:/],
    ['"!!"', 0, /contains:/],
  ])('%s', (text, position, hint) => {
    const fault = faultOf(text);
    expect(fault.position).toBe(position);
    expect(fault.hint).toMatch(hint);
    expect(fault.length).toBeGreaterThan(0);
    expect(fault.position + fault.length).toBeLessThanOrEqual(text.length);
  });

  it('bounds length and parts', () => {
    expect(faultOf('a'.repeat(2001)).position).toBe(2000);
    expect(faultOf('a '.repeat(41)).message).toMatch(/40 parts/);
  });
});

const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc
    .array(
      fc.constantFrom(
        '-',
        '"',
        ' ',
        '$',
        '.',
        '[',
        ']',
        '(',
        '=',
        '!',
        '>',
        ':',
        ',',
        '\\',
        'size',
        'is',
        'ada',
        '..',
        'header',
        '2026-11-01',
        'kb',
        '9',
        "'",
      ),
      { maxLength: 30 },
    )
    .map((parts) => parts.join('')),
);

it('reads any text, or tells a place inside of it', () => {
  fc.assert(
    fc.property(anything, (text) => {
      const result = readQuery(text, now);
      if (result.ok) {
        let last = 0;
        for (const term of result.terms) {
          expect(term.start).toBeGreaterThanOrEqual(last);
          expect(term.end).toBeGreaterThan(term.start);
          expect(term.valueStart).toBeLessThanOrEqual(term.end);
          last = term.end;
        }
        // Nothing between the terms was skipped, and each of them means the same alone.
        const gaps = result.terms
          .map((term, i) => text.slice(result.terms[i - 1]?.end ?? 0, term.start))
          .join('');
        expect(gaps.trim() + text.slice(last).trim()).toBe('');
        for (const term of result.terms) {
          const alone = readQuery(text.slice(term.start, term.end), now);
          expect(alone.ok && alone.terms.length).toBe(1);
        }
      } else {
        expect(result.fault.position).toBeLessThanOrEqual(text.length);
        expect(result.fault.hint).not.toBe('');
      }
    }),
    { numRuns: 2000 },
  );
});

it('gives every value back that was written', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), (value) => {
      const [term] = (readQuery(`event:${writeValue(value)}`, now) as { terms: QueryTerm[] }).terms;
      expect(term).toMatchObject({ values: [value] });
    }),
  );
});

it('describes every field with an example that it reads', () => {
  for (const { name, example } of queryFields) {
    expect(meanings(example)).toHaveLength(1);
    expect(example.startsWith(`${name}:`)).toBe(true);
  }
});

it('adds, finds and drops terms', () => {
  expect(addTerm('ada  "two words"', 'status:rejected')).toBe('ada  "two words" status:rejected');
  expect(addTerm('Status:Rejected', 'status:rejected')).toBe('Status:Rejected');
  expect(hasTerm('ada event:"a b"', 'event:"a b"')).toBe(true);
  expect(dropTerm('ada event:"a b" x', 'event:"a b"')).toBe('ada x');
  expect(replaceField('ada status:rejected -status:4xx', 'status', 'accepted')).toBe(
    'ada -status:4xx status:accepted',
  );
  expect(replaceField('ada status:rejected', 'status', undefined)).toBe('ada');
  expect(valuesOf('status:Rejected,4xx -status:accepted', 'status')).toEqual(['rejected', '4xx']);
});

it('keeps what is being typed when a filter is clicked in the same moment', () => {
  expect(mergeTyping('ada', 'ada lovel', 'ada status:rejected')).toBe('ada lovel status:rejected');
  expect(mergeTyping('ada status:rejected', 'ada status:rejected x', 'ada')).toBe('ada x');
  expect(mergeTyping('ada', 'ada', 'status:4xx')).toBe('status:4xx');
  expect(mergeTyping('ada', 'ada "open', 'ada status:4xx')).toBe('ada status:4xx');
});
