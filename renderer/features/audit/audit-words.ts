// An entry of the audit log in words. Pure.
import type { AuditChange, AuditEntry } from '#contract';
import { text } from '../../text/en.ts';

const words = text.audit;

export function changeWords({ what, from, to }: AuditChange): string {
  if (from !== undefined && to !== undefined) return words.changed(what, orNothing(from), orNothing(to));
  if (to !== undefined) return words.added(what, orNothing(to));
  if (from !== undefined) return words.takenAway(what, orNothing(from));
  return words.touched(what);
}

export function whoWords({ user, via }: Pick<AuditEntry, 'user' | 'via'>): string {
  return words.byUser(user, words.callers[via]);
}

function orNothing(value: string): string {
  return value === '' ? words.nothing : value;
}
