// Ids of runs and keys of their calls. They follow from what caused them, so that work that is repeated after a power cut makes the same
// ones and receivers recognise the repeat.
import { createHash } from 'node:crypto';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** Sorts by time like every id. `cause` tells the runs of a module apart. */
export function runIdOf(moduleId: string, cause: string, at: number): string {
  let time = '';
  for (let rest = at, digit = 0; digit < 9; digit += 1) {
    time = alphabet.charAt(rest % 32) + time;
    rest = Math.floor(rest / 32);
  }
  const digest = createHash('sha256').update(moduleId).update('\0').update(cause).digest();
  let tail = '';
  for (const byte of digest.subarray(0, 13)) tail += alphabet.charAt(byte % 32);
  return `run_${time}${tail}`;
}

/** The idempotency key of a step's call. */
export function stepKeyOf(runId: string, stepId: string): string {
  const digest = createHash('sha256').update(runId).update('\0').update(stepId).digest('hex');
  return `msg_${digest.slice(0, 26)}`;
}
