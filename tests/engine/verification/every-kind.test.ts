// What holds for every kind of signature scheme.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { verifySignature } from '../../../main/engine/verification/verify-signature.ts';
import { kinds, signed } from './scheme-kinds.ts';
import { input, now } from './verify-input.ts';

describe.each(kinds)('%s', (_, scheme, signing, checking) => {
  test('what was signed is valid, whatever the body; with a second secret too', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (body) => {
        const { headers, query } = signed(scheme, signing, body);
        expect(verifySignature(scheme, input(body, headers, { query, secrets: [checking] })).result).toBe(
          'valid',
        );
        const rotating = scheme.kind === 'publicKey' ? [checking, checking] : ['b3RoZXI=', checking];
        expect(verifySignature(scheme, input(body, headers, { query, secrets: rotating })).result).toBe(
          'valid',
        );
      }),
      { numRuns: 25 },
    );
  });

  test('without its headers the signature is missing, without a secret it is not checkable', () => {
    expect(verifySignature(scheme, input('a=1', {}, { query: '', secrets: [checking] })).result).toBe(
      'missing',
    );
    expect(verifySignature(scheme, input('a=1', {}, { secrets: [] })).code).toBe('noSecret');
    expect(verifySignature(scheme, input('a=1', {}, { secrets: [''] })).code).toBe('noSecret');
  });

  test('garbage in the headers is never valid and never throws', () => {
    const { headers, query } = signed(scheme, signing, 'a=1');
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.base64String(), fc.constant('.'), fc.constant('e30.e30.')),
        (garbage) => {
          for (const name of Object.keys(headers)) {
            if (headers[name] === garbage) continue;
            const spoilt = input(
              'a=1',
              { ...headers, [name]: garbage },
              { query, secrets: [checking], hints: {} },
            );
            if (name !== 'webhook-id' || garbage !== '')
              expect(verifySignature(scheme, spoilt).result).not.toBe('valid');
          }
        },
      ),
    );
  });

  if (scheme.kind !== 'token' && scheme.kind !== 'basic') {
    test('a changed body is invalid', () => {
      const { headers, query } = signed(scheme, signing, 'a=1');
      expect(verifySignature(scheme, input('a=2', headers, { query, secrets: [checking] })).result).toBe(
        'invalid',
      );
    });
  }

  if (('timestamp' in scheme && scheme.timestamp) || scheme.kind === 'standardWebhooks') {
    test.each([
      [-301, 'tooNew'],
      [-299, 'valid'],
      [299, 'valid'],
      [301, 'tooOld'],
    ])('arriving %s s after it was signed is %s', (seconds, code) => {
      const { headers, query } = signed(scheme, signing, 'a=1');
      const late = input('a=1', headers, { query, secrets: [checking], now: now + seconds * 1000 });
      expect(verifySignature(scheme, late).code).toBe(code);
    });
  }
});
