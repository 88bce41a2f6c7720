// Seals secrets with the host's key and opens them again: AES-256-GCM, a fresh nonce each time, bound to the place where the
// secret belongs. Threats: the store read by another program, a sealed value moved to another row, a key of another machine. Keeps
// no plain text and writes no log.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

export interface Vault {
  /** Why nothing can be sealed; undefined where all is well. */
  fault: string | undefined;
  /** `place` is bound to the value: it opens only under the same one. Throws where there is a `fault`. */
  seal(secret: string, place: string): Uint8Array;
  /** Undefined where the value was sealed with another key, for another place, or was changed. */
  open(sealed: Uint8Array, place: string): string | undefined;
}

const format = 1;
const nonceBytes = 12;
const tagBytes = 16;
const headBytes = 1 + nonceBytes + tagBytes;

/** `key`: 32 bytes. */
export function createVault(key: Uint8Array | undefined): Vault {
  if (key?.length !== 32) {
    const fault =
      'Secrets cannot be kept: there is no usable key. The log says why; check the key store of this system, or the file vault-key in the data folder.';
    return {
      fault,
      seal: () => {
        throw new Error(fault);
      },
      open: () => undefined,
    };
  }
  const sealingKey = Buffer.from(hkdfSync('sha256', key, '', 'hookbench secrets', 32));
  return {
    fault: undefined,
    seal(secret, place) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', sealingKey, nonce).setAAD(Buffer.from(place));
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.of(format), nonce, cipher.getAuthTag(), text]);
    },
    open(sealed, place) {
      if (sealed.length < headBytes || sealed[0] !== format) return undefined;
      const nonce = sealed.subarray(1, 1 + nonceBytes);
      const decipher = createDecipheriv('aes-256-gcm', sealingKey, nonce, { authTagLength: tagBytes })
        .setAAD(Buffer.from(place))
        .setAuthTag(sealed.subarray(1 + nonceBytes, headBytes));
      try {
        return Buffer.concat([decipher.update(sealed.subarray(headBytes)), decipher.final()]).toString(
          'utf8',
        );
      } catch {
        // Node tells a wrong key or a changed value only by throwing; the caller shows the secret as unreadable.
        return undefined;
      }
    },
  };
}
