// Calls about sending captures again.
import { z } from 'zod';
import {
  answerComparison,
  callChanges,
  callDraft,
  callEdit,
  replayAttempt,
  replayAttemptDetail,
  replayJob,
  replayOptions,
  replaySelection,
  replayTarget,
} from '../models/replay.ts';
import { before, id, limit, nothing, read, write } from './define.ts';

export const replaysCalls = {
  'replays.start': write(
    'Sends captures again: into their own mapping, to the receiver, or to any URL. Answers at once; follow replays.changed or replays.get.',
    z.object({
      captures: replaySelection,
      target: replayTarget,
      /** For a single call. */
      edit: callEdit.optional(),
      /** For any number of calls; what it does not fit is not sent, and says why. */
      changes: callChanges.optional(),
      options: replayOptions.optional(),
    }),
    z.object({ job: replayJob }),
  ),
  'replays.count': read(
    'How many captures a replay would send.',
    z.object({ captures: replaySelection }),
    z.object({ count: z.number().int() }),
  ),
  'replays.draft': read(
    'A capture as it can be edited before it is sent again. Secrets are concealed.',
    z.object({ captureId: id }),
    z.object({ draft: callDraft }),
  ),
  'replays.stop': write(
    'Sends nothing more of a job; what is under way is answered first.',
    z.object({ id }),
    z.object({ job: replayJob }),
  ),
  'replays.list': read(
    'The jobs, newest first.',
    z.object({ limit, before }),
    z.object({ jobs: z.array(replayJob), next: z.string().optional() }),
  ),
  'replays.get': read('One job.', z.object({ id }), z.object({ job: replayJob })),
  'replays.wait': read(
    'Waits until a job has ended, at most `timeoutMs`; gives it as it is then.',
    z.object({ id, timeoutMs: z.number().int().min(0).max(3_600_000) }),
    z.object({ job: replayJob }),
  ),
  'replays.attempts': read(
    'The attempts of a job in the order in which they were sent; `only` those that failed, whose answer differs from the original one, or has another status than it.',
    z.object({
      id,
      limit,
      /** The `next` of the page before. */
      after: z.string().max(100).optional(),
      only: z.enum(['failed', 'different', 'otherStatus']).optional(),
    }),
    z.object({ attempts: z.array(replayAttempt), next: z.string().optional() }),
  ),
  'replays.attempt': read(
    'One attempt with what was sent and the whole answer (its first 64 KiB).',
    z.object({ id, number: z.number().int().min(1) }),
    z.object({ attempt: replayAttemptDetail }),
  ),
  'replays.compare': read(
    'In what the answer of an attempt differs from the original one, or from that of the attempt with the number `beside`: headers, and the body by its values.',
    z.object({
      id,
      number: z.number().int().min(1),
      beside: z.number().int().min(1).optional(),
    }),
    answerComparison,
  ),
  'replays.remove': write(
    'Removes a job that has ended, with its attempts. Captures that it made stay.',
    z.object({ id }),
    nothing,
  ),
};
