import fc from 'fast-check';
import { expect, test } from 'vitest';
import { prettyJson } from '../../../../renderer/features/exchange/pretty-json.ts';

const compact = (text: string) =>
  text.replaceAll(/"(?:[^"\\]|\\.)*"|\s+/g, (part) => (part.startsWith('"') ? part : ''));

test('lays out and changes nothing but blanks', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 5 }), fc.constantFrom(0, 1, 4), (json, space) => {
      const text = JSON.stringify(JSON.parse(json), null, space);
      const pretty = prettyJson(text);
      if (pretty === undefined) return;
      expect(compact(pretty)).toBe(compact(text));
      expect(JSON.parse(pretty)).toEqual(JSON.parse(text));
    }),
  );
});

test('numbers keep every digit, empty lists and objects stay short', () => {
  expect(prettyJson('{"id":12345678901234567890,"n":1.10e5,"a":[],"o":{ },"l":[1,"a,b:{"]}')).toBe(
    '{\n  "id": 12345678901234567890,\n  "n": 1.10e5,\n  "a": [],\n  "o": {},\n  "l": [\n    1,\n    "a,b:{"\n  ]\n}',
  );
});

test('what is no JSON, or cut, or laid out already, is left alone', () => {
  expect(prettyJson('{"a":1')).toBeUndefined();
  expect(prettyJson('<a/>')).toBeUndefined();
  expect(prettyJson('"text"')).toBeUndefined();
  expect(prettyJson('{\n  "a": 1\n}\n')).toBeUndefined();
});
