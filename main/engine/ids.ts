// Ids: a prefix that names the subject, then 9 characters of time and 13 random ones, so that ids sort by creation.
import { randomBytes } from 'node:crypto';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

export type IdPrefix =
  | 'ds'
  | 'con'
  | 'cap'
  | 'imp'
  | 'fil'
  | 'itm'
  | 'row'
  | 'ver'
  | 'sec'
  | 'act'
  | 'dlv'
  | 'sol'
  | 'mod'
  | 'run'
  | 'sea'
  | 'rep'
  | 'smp'
  | 'fwd'
  | 'try';

export function createId(prefix: IdPrefix, now = Date.now()): string {
  let time = '';
  for (let rest = now, digit = 0; digit < 9; digit += 1) {
    time = alphabet.charAt(rest % 32) + time;
    rest = Math.floor(rest / 32);
  }
  let random = '';
  for (const byte of randomBytes(13)) random += alphabet.charAt(byte % 32);
  return `${prefix}_${time}${random}`;
}

/** 22 characters, 128 random bits: the unguessable part of a webhook URL. */
export function createToken(): string {
  return randomBytes(16).toString('base64url');
}
