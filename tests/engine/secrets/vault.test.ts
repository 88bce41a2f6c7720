// Sealed values open only with their key, at their place, unchanged; secrets of connections are kept in that form alone.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createVault } from '../../../main/engine/secrets/vault.ts';

const key = new Uint8Array(32).fill(1);
const vault = createVault(key);

describe('the vault', () => {
  it('opens what it sealed, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (secret, place) => {
        const sealed = vault.seal(secret, place);
        expect(createVault(key).open(sealed, place)).toBe(Buffer.from(secret).toString());
      }),
    );
  });

  it('opens nothing with another key, for another place, or after any changed byte', () => {
    const sealed = vault.seal('a secret', 'con_1 signature sec_1');
    expect(createVault(new Uint8Array(32).fill(2)).open(sealed, 'con_1 signature sec_1')).toBeUndefined();
    expect(vault.open(sealed, 'con_2 signature sec_1')).toBeUndefined();
    for (const [at, byte] of sealed.entries()) {
      const changed = Uint8Array.from(sealed);
      changed[at] = byte ^ 1;
      expect(vault.open(changed, 'con_1 signature sec_1')).toBeUndefined();
    }
    for (let length = 0; length < sealed.length; length += 1)
      expect(vault.open(sealed.subarray(0, length), 'con_1 signature sec_1')).toBeUndefined();
  });

  it('seals the same secret differently each time, and without its text', () => {
    const [one, other] = [vault.seal('visible', 'p'), vault.seal('visible', 'p')];
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(false);
    expect(Buffer.from(one).includes('visible')).toBe(false);
  });

  it.each([undefined, new Uint8Array(0), new Uint8Array(31)])(
    'says what is wrong without a usable key',
    (bad) => {
      const none = createVault(bad);
      expect(none.fault).toContain('no usable key');
      expect(() => none.seal('x', 'p')).toThrow();
      expect(none.open(vault.seal('x', 'p'), 'p')).toBeUndefined();
    },
  );
});
