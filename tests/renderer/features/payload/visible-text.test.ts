// Nothing that hides or reorders text reaches the screen as it is, and no character is lost.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findInLines, splitLines } from '../../../../renderer/features/payload/find-in-lines.ts';
import { visibleText } from '../../../../renderer/features/payload/visible-text.ts';

const shown = (text: string) =>
  visibleText(text)
    .map((piece) => piece.mark?.shown ?? piece.text)
    .join('');

test('unseen characters are shown by escape or code point', () => {
  expect(shown('a\u0000b')).toBe('a[U+0000]b');
  expect(shown('a\nb\t')).toBe('a\\nb\\t');
  expect(shown('user\u202egpj.exe')).toBe('user[U+202E]gpj.exe');
  expect(shown('pay\u200bpal')).toBe('pay[U+200B]pal');
  expect(shown('\ufeffx')).toBe('[U+FEFF]x');
  expect(shown('\ud83d')).toBe('[U+D83D]');
  expect(shown('\u{e0041}')).toBe('[U+E0041]');
  expect(shown('שלום 👋 café')).toBe('שלום 👋 café');
});

test('tabs stay in source text', () => {
  expect(visibleText('\ta', { keepTabs: true })).toEqual([{ text: '\ta' }]);
});

test('the pieces joined are the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(
        visibleText(text)
          .map((piece) => piece.text)
          .join(''),
      ).toBe(text);
    }),
  );
});

test('found places hold the needle', () => {
  expect(findInLines(splitLines('one\r\nTwo one\nthree'), 'ONE')).toEqual([
    { line: 0, start: 0, end: 3 },
    { line: 1, start: 4, end: 7 },
  ]);
  expect(findInLines(['a.c abc'], 'a.c')).toHaveLength(1);
  expect(findInLines(['abc'], '')).toEqual([]);
});
