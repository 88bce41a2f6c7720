// What came of one attempt, and in what the answer differs from the original one. Pure.
import type { AnswerDifference, AttemptState, OriginalAnswer } from '#contract';
import type { StoredOwnCall } from '../receiver/own-calls.ts';

export interface AttemptResult {
  state: Exclude<AttemptState, 'sending'>;
  method?: string | undefined;
  url?: string | undefined;
  /** Secrets concealed. */
  sentHeaders?: [string, string][] | undefined;
  signed?: boolean | undefined;
  status?: number | undefined;
  answer?: { headers: [string, string][]; body: Uint8Array; size: number } | undefined;
  failure?: string | undefined;
  newCaptureId?: string | undefined;
  differences?: AnswerDifference[] | undefined;
}

export const isGood = (status: number | undefined) => status !== undefined && status >= 200 && status < 300;

/** `stored` is there where our own receiver stored the new call. */
export function differencesTo(
  original: OriginalAnswer | undefined,
  now: { status: number; stored?: StoredOwnCall | undefined },
): AnswerDifference[] {
  if (!original) return [];
  const found: AnswerDifference[] = [];
  if (original.status !== now.status) {
    found.push({ what: 'status', before: String(original.status), now: String(now.status) });
  }
  if (now.stored && now.stored.outcome !== original.outcome) {
    found.push({ what: 'outcome', before: original.outcome, now: now.stored.outcome });
  }
  return found;
}
