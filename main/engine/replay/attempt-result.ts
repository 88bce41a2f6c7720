// What came of one attempt.
import type { AnswerDifference, AttemptState } from '#contract';

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
