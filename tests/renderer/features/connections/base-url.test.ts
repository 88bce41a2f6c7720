import fc from 'fast-check';
import { expect, test } from 'vitest';
import { baseUrlFault } from '../../../../renderer/features/connections/base-url.ts';

test.each([
  'https://api.example.com',
  'https://api.example.com/v1',
  'http://127.0.0.1:8080/base/',
  'HTTPS://Example.com',
  'http://[::1]:3000',
  'https://bücher.example/ä',
  '  https://api.example.com  ',
])('%s is right', (url) => {
  expect(baseUrlFault(url)).toBeUndefined();
});

test.each([
  ['', 'Type the Base Url.'],
  ['api.example.com/v1', 'begin with https://'],
  ['localhost:3000', 'begin with https://'],
  ['ftp://example.com', 'ftp: is not called'],
  ['file:///etc/passwd', 'file: is not called'],
  ['javascript:alert(1)', 'javascript: is not called'],
  ['https:/example.com', 'Two slashes'],
  ['https://exa mple.com', 'no blanks'],
  ['https://', 'host name'],
  ['https://:8080', 'host name'],
  ['https://example.com:99999', 'host name'],
  ['https://user:secret@example.com', 'Authorization'],
  ['https://example.com/#top', 'from # on'],
  ['https://example.com/?a=1', 'from ? on'],
])('%j is not', (url, words) => {
  expect(baseUrlFault(url)).toContain(words);
});

test('whatever is typed gets an answer, and what passes is a URL for http', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.constantFrom('', 'https://', 'http://example.com/', 'ftp://'),
      (rest, start) => {
        const typed = start + rest;
        if (baseUrlFault(typed) !== undefined) return;
        expect(['http:', 'https:']).toContain(new URL(typed.trim()).protocol);
      },
    ),
  );
});
