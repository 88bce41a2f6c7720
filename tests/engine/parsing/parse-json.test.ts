// JSON: agreement with JSON.parse, exact numbers, hostile keys, limits, and where a fault is said to be.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toJson } from '../../../main/engine/mapping/to-json.ts';
import { BodyFault } from '../../../main/engine/parsing/body-fault.ts';
import { parseJson } from '../../../main/engine/parsing/parse-json.ts';
import { ExactNumber, type PayloadObject } from '../../../main/engine/parsing/payload-value.ts';
import { scanJson } from '../../../main/engine/parsing/scan-json.ts';

function faultOf(text: string): BodyFault {
  try {
    parseJson(text);
  } catch (error) {
    if (error instanceof BodyFault) return error;
    throw error;
  }
  throw new Error('was read');
}
const isValid = (text: string) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};
const scans = (text: string) => {
  try {
    scanJson(text);
    return true;
  } catch (error) {
    if (error instanceof BodyFault) return false;
    throw error;
  }
};

describe('agreement with JSON.parse', () => {
  it('on values', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.constantFrom(undefined, 1, '\t'), (json, indent) => {
        const text = JSON.stringify(JSON.parse(json), null, indent);
        expect(toJson(parseJson(text).value)).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
  });

  it('on validity, over texts that are nearly JSON', () => {
    const pieces = [
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '"a"',
      '""',
      '\\',
      '\\u00e9',
      '\\ud800',
      '\\x',
      '0',
      '1',
      '-',
      '+',
      '.',
      'e',
      'E',
      '12',
      '01',
      'true',
      'false',
      'null',
      'nul',
      'NaN',
      ' ',
      '\n',
      '\r',
      '\t',
      '\u00a0',
      '\ufeff',
      '\u0001',
      "'",
      '/',
      '{"a":1}',
      '[1,2]',
      '-0',
      '1.5e+3',
      'é',
      '\u2028',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        expect(scans(text)).toBe(isValid(text));
      }),
      { numRuns: 20_000 },
    );
  });

  it('on validity, over JSON with one character changed', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.string({ minLength: 0, maxLength: 1 }), (json, at, char) => {
        const i = at % (json.length + 1);
        const text = json.slice(0, i) + char + json.slice(i + 1);
        expect(scans(text)).toBe(isValid(text));
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('numbers', () => {
  it.each([
    '1.10',
    '1e5',
    '12345678901234567890',
    '-0',
    '0.1000',
    '1E400',
    '123456789012345678',
    '0e0',
    '1.0',
    '9007199254740993',
  ])('%s keeps its digits', (source) => {
    const { value } = parseJson(`{"n":${source},"plain":7}`);
    const { n, plain } = value as PayloadObject;
    expect(n).toBeInstanceOf(ExactNumber);
    expect(String(n)).toBe(source);
    expect(Number(n)).toBe(Number(source));
    expect(plain).toBe(7);
    expect(Object.keys(n as object)).toEqual([]);
    expect(toJson(value)).toBe(`{"n":${source},"plain":7}`);
  });
  it.each(['0', '1', '-1', '1.5', '9007199254740991', '1e+21', '0.000001', '123456789012345'])(
    '%s is a plain number',
    (source) => {
      expect(parseJson(`[${source}]`).value).toEqual([Number(source)]);
    },
  );
  it('of any digits come back as they were written', () => {
    const digits = fc.stringMatching(/^-?(0|[1-9]\d{0,25})(\.\d{1,12})?([eE][+-]?\d{1,3})?$/);
    fc.assert(
      fc.property(fc.array(digits), (sources) => {
        const text = `{"list":[${sources.join(',')}]}`;
        expect(toJson(parseJson(text).value)).toBe(text);
      }),
    );
  });
});

describe('keys', () => {
  it('with special names are ordinary, own, at every depth', () => {
    const text =
      '{"__proto__":{"then":1.10,"__proto__":{"toJSON":"x"}},"length":5,"constructor":{"prototype":1},"toJSON":{"then":[]},"hasOwnProperty":0}';
    const { value } = parseJson(text);
    expect(toJson(value)).toBe(text);
    expect(Object.keys(value as object)).toEqual([
      '__proto__',
      'length',
      'constructor',
      'toJSON',
      'hasOwnProperty',
    ]);
    expect(({} as Record<string, unknown>)['then']).toBeUndefined();
  });
  it('that stand twice: the last counts, and a note says so', () => {
    expect(parseJson('{"a":{"b":1,"c":2,"\\u0062":3}}')).toMatchObject({
      value: { a: { b: 3, c: 2 } },
      notes: ['The key "b" stands twice in one object; the last value counts.'],
    });
    expect(parseJson('{"a":1.0,"a":2.50}').value).toSatisfy(
      (value: PayloadObject) => String(value['a']) === '2.50',
    );
    expect(parseJson('[{"a":1},{"a":2}]').notes).toEqual([]);
  });
});

describe('faults', () => {
  it.each([
    ['{"a":1,}', 1, 7, 'Remove the comma'],
    ['[1,\n 2,\n]', 2, 3, 'Remove the comma'],
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3, 'expected a comma or } after the value, found a double quote'],
    ["{'a':1}", 1, 2, 'single quote'],
    ['{"a":\'x\'}', 1, 6, 'single quote'],
    ['{a:1}', 1, 2, 'key in double quotes'],
    ['{"a":NaN}', 1, 6, 'NaN'],
    ['{"a":-Infinity}', 1, 7, 'Infinity'],
    ['{"a":True}', 1, 6, 'Python'],
    ['{"a":undefined}', 1, 6, 'undefined'],
    ['{"a":"x', 1, 8, 'no closing "'],
    ['{"a":"x\ny"}', 1, 8, '\\n'],
    ['{"a":1', 1, 7, 'object that starts at line 1, column 1'],
    ['[[1]\r\n,[2', 2, 4, 'list that starts at line 2, column 2'],
    ['{"a":01}', 1, 6, 'must not start with 0'],
    ['{"a":.5}', 1, 6, 'start with a point'],
    ['{"a":1.}', 1, 8, 'digit after the decimal point'],
    ['{"a" 1}', 1, 6, 'colon'],
    ['{"a":1} x', 1, 9, 'end of the body'],
    ['{"a":"\\x"}', 1, 7, 'escape'],
    ['{"a":"\\u12g4"}', 1, 7, 'hexadecimal'],
    ['{"a":1, // c\n"b":2}', 1, 9, 'key in double quotes'],
    ['{"a":\u201cx\u201d}', 1, 6, 'curly quote'],
    ['', 1, 1, 'ends before a value'],
    ['{"a":\u00a01}', 1, 6, 'no-break space'],
  ])('%j is located', (text, line, column, sentence) => {
    const fault = faultOf(text);
    expect(fault).toMatchObject({ status: 400, code: 'malformedJson', at: { line, column } });
    expect(fault.message).toContain(sentence);
  });

  it('do not repeat the payload', () => {
    const fault = faultOf('{"secret-key":"secret-value" "x":1}');
    expect(fault.message).not.toContain('secret');
  });
});

describe('limits', () => {
  it('512 levels are read, 513 are not', () => {
    const nested = (depth: number) => `${'{"a":'.repeat(depth - 1)}{}${'}'.repeat(depth - 1)}`;
    expect(toJson(parseJson(nested(512)).value)).toBe(nested(512));
    expect(faultOf(nested(513))).toMatchObject({ status: 422, code: 'tooDeep' });
    expect(faultOf('['.repeat(1_000_000))).toMatchObject({ status: 422, code: 'tooDeep' });
    expect(toJson(parseJson(`{"n":1.10,"a":${nested(511)}}`).value)).toBe(`{"n":1.10,"a":${nested(511)}}`);
  });
  it('200,000 keys are read, one more is not', () => {
    const wide = (count: number) => `[${Array.from({ length: count }, () => '{"k":0}').join(',')}]`;
    expect(parseJson(wide(200_000)).keys).toBe(200_000);
    expect(faultOf(wide(200_001))).toMatchObject({ status: 422, code: 'tooManyKeys' });
    expect(faultOf(wide(200_001)).message).toContain('200,000');
  });
});
