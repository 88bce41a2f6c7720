// Secrets in what is shown and stored of a call: gone as a whole, and where a body is cut or broken off in the middle of one, in part, too.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createConceal, shownBody } from '../../../main/engine/outbound/shown-exchange.ts';

const secret = 'sk_live_4f/9a8b7c+6d5e=';
const conceal = createConceal([secret]);
const limit = 64 * 1024;

it.each([
  ['as it is', secret],
  ['in a URL', encodeURIComponent(secret)],
  ['in JSON with escaped slashes', secret.replaceAll('/', '\\/')],
  ['in base64', Buffer.from(secret).toString('base64')],
])('a secret is concealed %s', (_how, written) => {
  const { text } = shownBody(Buffer.from(`a ${written} b`), 'text/plain', conceal);
  expect(text).toBe('a •••••••• b');
});

it('a secret across the cut does not show in part, wherever it is cut', () => {
  for (let shown = 0; shown <= secret.length + 2; shown += 1) {
    const whole = Buffer.from(`${'x'.repeat(limit - shown)}${secret} and more text behind it`);
    const { text = '', cut } = shownBody(whole, 'text/plain', conceal);
    expect(cut).toBe(true);
    expect(text.replace(/ .*/, '').replaceAll('x', '')).toBe(shown === 0 ? '' : '••••••••');
  }
});

it('the same holds for an answer of which only the begin was kept, and for one that broke off', () => {
  const begin = Buffer.from(`{"token":"${secret.slice(0, 9)}`);
  expect(shownBody(begin, 'application/json', conceal, 5_000_000).text).toBe('{"token":"••••••••');
  expect(shownBody(begin, 'application/json', conceal, begin.length, true).text).toBe('{"token":"••••••••');
  // A whole answer is shown as it is.
  expect(shownBody(Buffer.from('tasks'), 'text/plain', conceal).text).toBe('tasks');
});

it('bytes that are no text hide a secret, too, whole or cut', () => {
  const bytes = Buffer.concat([Buffer.of(0, 255), Buffer.from(secret), Buffer.of(0)]);
  const shown = Buffer.from(shownBody(bytes, undefined, conceal).base64 ?? '', 'base64').toString('latin1');
  expect(shown).toBe('\0\xff********\0');
  const long = Buffer.concat([Buffer.alloc(4_090), Buffer.from(secret), Buffer.alloc(100)]);
  const cut = Buffer.from(shownBody(long, undefined, conceal).base64 ?? '', 'base64').toString('latin1');
  expect(cut.replaceAll('\0', '')).toBe('********');
});

it('no part of a secret of six characters or more is left at any cut of any text', () => {
  const char = fc.constantFrom('a', 'b', '/');
  const secrets = fc.string({ unit: char, minLength: 6, maxLength: 12 });
  const around = fc.string({ unit: char, maxLength: 20 });
  fc.assert(
    fc.property(secrets, around, fc.nat(40), (hidden, before, at) => {
      const text = `${before}|${hidden}|`;
      const bytes = Buffer.from(text).subarray(0, at);
      const shown = shownBody(bytes, 'text/plain', createConceal([hidden]), text.length + 1_000).text ?? '';
      expect(shown).not.toContain(hidden);
      // Behind the mark everything belongs to the secret.
      const behind = shown.split('|')[1];
      if (behind !== undefined) expect(['', '••••••••']).toContain(behind);
    }),
    { numRuns: 2_000 },
  );
});
