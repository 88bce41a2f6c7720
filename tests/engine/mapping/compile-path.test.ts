// Paths: both notations, positions of faults, other sources, digits in filters, and that formatPath reads back.
import fc from 'fast-check';
import { JSONPathEnvironment } from 'json-p3';
import { describe, expect, it } from 'vitest';
import { compilePath, type PathContext } from '../../../main/engine/mapping/compile-path.ts';
import { formatPath } from '../../../main/engine/mapping/dotted-path.ts';
import { compareNumbers } from '../../../main/engine/mapping/exact-compare.ts';
import type { PathKey } from '../../../main/engine/mapping/path-segments.ts';
import { toJson } from '../../../main/engine/mapping/to-json.ts';
import { parseJson } from '../../../main/engine/parsing/parse-json.ts';
import { ExactNumber, type PayloadValue } from '../../../main/engine/parsing/payload-value.ts';

function compiled(text: string) {
  const result = compilePath(text);
  if (!result.ok) throw new Error(`${text}: ${result.message} at ${result.position}`);
  return result.path;
}
const find = (text: string, value: PayloadValue, context?: PathContext) =>
  compiled(text)
    .find(value, context)
    .map((found) => toJson(found.value));

const { value: order } = parseJson(
  '{"id":12345678901234567890,"data":{"email":"a@b.c","odd key":{"x":1},"First Name":"Jo"},"items":[{"sku":"A","n":1.10,"w":0.5},{"sku":"B","n":2},{"sku":"C","n":12345678901234567891}],"0":"zero","soapenv:Envelope":{"@id":"7","#text":"t","a-b":1},"__proto__":{"length":3},"$ref":"r","":"empty"}',
);

describe('dotted paths', () => {
  it.each([
    ['id', '12345678901234567890'],
    ['  data.email ', '"a@b.c"'],
    ['items[0].sku', '"A"'],
    ['items[-1].sku', '"C"'],
    ['items.1.sku', '"B"'],
    ['0', '"zero"'],
    ['data["odd key"].x', '1'],
    ["data['odd key'].x", '1'],
    ['data.First Name', '"Jo"'],
    ['["data"].email', '"a@b.c"'],
    ['soapenv:Envelope.@id', '"7"'],
    ['soapenv:Envelope.#text', '"t"'],
    ['soapenv:Envelope.a-b', '1'],
    ['$.soapenv:Envelope.@id', '"7"'],
    ['__proto__.length', '3'],
    ['["$ref"]', '"r"'],
    ['[""]', '"empty"'],
    ['["\\u0069d"]', '12345678901234567890'],
    ['items[*].sku', '"A"'],
    ['items[?@.sku=="B"].n', '2'],
    ['items[1:].sku', '"B"'],
    ['items..sku', '"A"'],
    ['$.items[1]["sku"]', '"B"'],
    ['$..email', '"a@b.c"'],
  ])('%s', (text, value) => {
    expect(find(text, order)[0]).toBe(value);
  });

  it('select everything where they select several', () => {
    expect(find('items[*].sku', order)).toEqual(['"A"', '"B"', '"C"']);
    expect(find('$.items[*].sku', order)).toEqual(['"A"', '"B"', '"C"']);
    expect(find('data.*', order)).toHaveLength(3);
  });

  it.each([
    'toString',
    'constructor',
    'data.email.length',
    'items.length',
    'id.source',
    'items[9]',
    'items[-9]',
    'data[0]',
  ])('%s finds nothing that was not sent', (text) => {
    expect(find(text, order)).toEqual([]);
  });

  it.each([
    ['', 0, 'empty'],
    ['   ', 0, 'empty'],
    ['.a', 0, 'before this dot'],
    ['a.', 2, 'after the last dot'],
    ['  a.', 4, 'after the last dot'],
    ['a.[0]', 2, 'Leave out the dot'],
    ['a[', 1, 'not closed'],
    ['a[]', 2, '[*]'],
    ['a[x]', 2, 'Expected a number'],
    ['a["x', 2, 'closing quote'],
    ['a["x"', 5, 'Expected ]'],
    ['a]b', 1, 'closes nothing'],
    ['a[0]b', 4, 'Expected a dot'],
    ['"a"', 0, 'brackets'],
    ['a["\\x"]', 3, 'backslash'],
    ['$.a[', 4, 'too early'],
    ['$.a[?@.b=1]', 8, 'does not fit'],
    ['$.a b', 4, 'xpected'],
    [' $..', 4, ''],
    ['a[?@.b=1]', 6, 'does not fit'],
    ['a[?foo(@.b)]', 3, 'foo'],
    ['$headers', 8, '$headers["x-event"]'],
    ['$headers[0]', 9, 'quotes'],
    ['$query["a"].b', 10, 'end of the path'],
    ['$rootx', 1, ''],
    ['$root.', 6, 'after the last dot'],
  ])('%j is refused at %i', (text, position, sentence) => {
    const result = compilePath(text);
    expect(result).toMatchObject({ ok: false, position });
    if (!result.ok) expect(result.message).toContain(sentence);
  });

  it('never throws', () => {
    const unit = fc.constantFrom(...'$.[]"\'*?@!=<>&|()0123-:,abc \\u{}~#');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit, maxLength: 20 }),
          fc.string(),
          fc.string({ unit, maxLength: 12 }).map((rest) => `$${rest}`),
        ),
        (text) => {
          const result = compilePath(text);
          if (result.ok) result.path.find(order, { headers: [['a', 'b']], query: 'a=b' });
          else {
            expect(result.position).toBeGreaterThanOrEqual(0);
            expect(result.position).toBeLessThanOrEqual(text.length);
          }
        },
      ),
      { numRuns: 20_000 },
    );
  });
  it('refuses paths of absurd length and nesting without failing', () => {
    for (const text of [
      `$[?${'('.repeat(900)}@.a${')'.repeat(900)}]`,
      '('.repeat(50_000),
      `$[?${'('.repeat(50_000)}`,
      'a.'.repeat(50_000),
    ]) {
      expect(typeof compilePath(text).ok).toBe('boolean');
    }
  });
});

describe('other sources', () => {
  const context: PathContext = {
    root: order,
    headers: [
      ['X-Event', 'push'],
      ['x-event', 'again'],
    ],
    query: 'page=2&a=1&a=%C3%A9+x',
  };
  it.each([
    ['$headers["x-event"]', ['"push"', '"again"']],
    ['$headers.X-EVENT', ['"push"', '"again"']],
    ['$headers["nope"]', []],
    ['$query["a"]', ['"1"', '"é x"']],
    ['$query.page', ['"2"']],
    ['$root.data.email', ['"a@b.c"']],
    ['$root["data"]["email"]', ['"a@b.c"']],
  ])('%s', (text, values) => {
    expect(find(text, { element: true }, context)).toEqual(values);
  });
});

describe('filters', () => {
  it.each([
    ['$..[?@.n==1.10].sku', ['"A"']],
    ['$..[?@.n==1.1].sku', ['"A"']],
    ['$..[?@.n==1.100e0].sku', ['"A"']],
    ['$.items[?@.w==0.5].sku', ['"A"']],
    ['$.items[?@.w==5e-1].sku', ['"A"']],
    ['$.items[?@.w<0.50001].sku', ['"A"']],
    ['$.items[?@.w==-0.5].sku', []],
    ['$.items[?@.n==12345678901234567891].sku', ['"C"']],
    ['$.items[?@.n==12345678901234567890].sku', []],
    ['$.items[?@.n>$.id].sku', ['"C"']],
    ['$.items[?@.n>1.05 && @.n<=2].sku', ['"A"', '"B"']],
    ['$.items[?@.sku=="0.5"].sku', []],
    ['$.items[?match(@.n, "1.*")].sku', []],
    ['$.items[?search(@.sku, "[BC]")].sku', ['"B"', '"C"']],
    ['$.items[?length(@.n)==0].sku', []],
  ])('%s', (text, values) => {
    expect(find(text, order)).toEqual(values);
  });

  it('agree with json-p3 where no digits are at stake', () => {
    const environment = new JSONPathEnvironment();
    const leaf = fc.oneof(
      fc.constantFrom(null, true, false, '', 'a', 'b', '1'),
      fc.integer({ min: -3, max: 3 }),
    );
    const { value: anyValue } = fc.letrec<{ value: PayloadValue }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'medium' },
        leaf,
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value')),
      ),
    }));
    const query = fc.constantFrom('@.a', '@.b', '@', '@[0]', '$.a', '@.a.b', '@["c"]');
    const operand = fc.oneof(
      query,
      fc.constantFrom(
        '1',
        '0',
        '-1',
        '"a"',
        "'1'",
        'true',
        'null',
        '1.5',
        'length(@.a)',
        'count(@.*)',
        'count(@..b)',
        'value(@.a)',
      ),
    );
    const test = fc.oneof(
      query,
      fc
        .tuple(operand, fc.constantFrom('==', '!=', '<', '<=', '>', '>='), operand)
        .map((parts) => parts.join(' ')),
    );
    const filter = fc.oneof(
      test,
      fc.tuple(test, fc.constantFrom('&&', '||'), test).map((parts) => parts.join(' ')),
      query.map((path) => `!${path}`),
    );
    const segment = fc.oneof(
      fc.constantFrom(
        '.a',
        '.b',
        '[0]',
        '[-1]',
        '.*',
        '[*]',
        '["c"]',
        '[0,1]',
        '["a","b"]',
        '[1:]',
        '[::-1]',
        '[-2:]',
        '[:1]',
        '[::2]',
        '..a',
        '..*',
        '..[0]',
      ),
      filter.map((text) => `[?${text}]`),
      filter.map((text) => `..[?${text}]`),
    );
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 3 }), anyValue, (segments, value) => {
        const text = `$${segments.join('')}`;
        const wanted = environment.query(text, value as never);
        const found = compiled(text).find(value);
        expect(found.map(({ path }) => path)).toEqual(wanted.locations());
        expect(found.map((one) => one.value)).toEqual(wanted.values());
      }),
      { numRuns: 1_000 },
    );
  });

  it('over long lists do not overflow the stack', () => {
    const list = Array.from({ length: 300_000 }, (_, i) => i);
    expect(compiled('$.l[*]').find({ l: list })).toHaveLength(300_000);
    expect(compiled('$..[?@>1]').find({ l: list })).toHaveLength(299_998);
    expect(compiled('$[?count(@[*])==300000]').find({ l: list })).toHaveLength(1);
  });

  it('know whether they are heavy', () => {
    expect(['a.b[*].c', '$.a[0]', '$.a[1:2]'].map((text) => compiled(text).heavy)).toEqual([
      false,
      false,
      false,
    ]);
    expect(['$..a', 'a[?@.b]', 'a..b'].map((text) => compiled(text).heavy)).toEqual([true, true, true]);
  });
});

describe('XML', () => {
  it('takes a single element as a list of one, but not for .*', () => {
    const one = { order: { item: { '@sku': 'A' } } };
    const context: PathContext = { singleAsList: true };
    for (const text of [
      'order.item[*].@sku',
      'order.item[0].@sku',
      'order.item[-1].@sku',
      '$.order.item[?@["@sku"]=="A"]["@sku"]',
      '$..item[*]["@sku"]',
    ]) {
      expect(find(text, one, context)).toEqual(['"A"']);
    }
    expect(find('order.item[1].@sku', one, context)).toEqual([]);
    expect(find('order.item.*', one, context)).toEqual(['"A"']);
    expect(find('order.item[0].@sku', one)).toEqual([]);
  });
});

describe('formatPath', () => {
  it.each([
    [['data', 'email'], 'data.email'],
    [['items', 0, 'sku'], 'items[0].sku'],
    [['odd key', 'x'], '["odd key"].x'],
    [['soapenv:Envelope', '@id'], 'soapenv:Envelope.@id'],
    [['a', '0'], 'a["0"]'],
    [['$x', '*', ''], '["$x"]["*"][""]'],
    [[], '$'],
  ])('%j is %s', (path, text) => {
    expect(formatPath(path as PathKey[])).toBe(text);
  });

  it('reads back to the same place, whatever the keys', () => {
    const hostile = fc.constantFrom(
      '__proto__',
      'toJSON',
      'length',
      'constructor',
      '',
      ' ',
      'a.b',
      '$',
      '$root',
      '$headers',
      '*',
      '[0]',
      '"',
      "'",
      '\\',
      '0',
      '-1',
      '@',
      '#',
      'é',
      '\ud800',
      '\u0000',
      'a]',
      '..',
      '?',
      '²',
      ' x ',
    );
    const key = fc.oneof(hostile, fc.string({ unit: 'binary' }), fc.string(), fc.nat({ max: 3 }));
    fc.assert(
      fc.property(fc.array(key, { minLength: 1, maxLength: 6 }), (path) => {
        let value: PayloadValue = 'here';
        for (const at of [...path].reverse()) {
          if (typeof at === 'number') value = [...Array.from({ length: at }, () => 'other'), value];
          else value = Object.assign(Object.create(null), { [at]: value, other: 1 });
        }
        const found = compiled(formatPath(path)).find(value);
        expect(found).toHaveLength(1);
        expect(found[0]?.path).toEqual(path);
        expect(found[0]?.value).toBe('here');
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('compareNumbers', () => {
  it('orders by digits as doubles do where those are exact', () => {
    const number = fc.oneof(
      fc.integer(),
      fc.integer({ min: -50, max: 50 }).map((n) => n / 8),
    );
    const forms = (n: number) =>
      fc.constantFrom(String(n), n.toExponential(), n.toFixed(5), `${n.toExponential(20)}`);
    fc.assert(
      fc.property(
        fc
          .tuple(number, number)
          .chain(([a, b]) => fc.tuple(fc.constant([a, b] as const), forms(a), forms(b))),
        ([[a, b], textA, textB]) => {
          expect(Math.sign(compareNumbers(new ExactNumber(textA), new ExactNumber(textB)))).toBe(
            Math.sign(a - b),
          );
        },
      ),
    );
  });
  it.each([
    ['-0', '0', 0],
    ['0e5', '-0.00', 0],
    ['1e400', '2e400', -1],
    ['-1e400', '1', -1],
    ['1e-400', '0', 1],
    ['10', '9', 1],
    ['0.1', '0.09', 1],
  ])('%s and %s', (a, b, sign) => {
    expect(Math.sign(compareNumbers(new ExactNumber(a), new ExactNumber(b)))).toBe(sign);
  });
});
