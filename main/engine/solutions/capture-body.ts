// The body of a call for templates that read it. Where it cannot be had, it is told why, and nothing is sent with a gap in its place.
import { ProblemError } from '#contract';
import { errorFacts, type Log } from '../../log/log.ts';
import type { CaptureRow } from '../captures/captures-table.ts';
import { parseJson } from '../parsing/parse-json.ts';

export type CaptureBody = { value: unknown } | { problem: string };
export type BodyReader = (captureId: string, signal: AbortSignal) => Promise<CaptureBody>;

export function createBodyReader(deps: {
  capture(id: string): CaptureRow | undefined;
  read(capture: CaptureRow, signal: AbortSignal): Promise<{ text: string; cut: boolean }>;
  log: Log;
}): BodyReader {
  return async (captureId, signal) => {
    const capture = deps.capture(captureId);
    if (!capture)
      return { problem: 'The call behind it is not kept any more, and a template reads its body.' };
    try {
      const { text, cut } = await deps.read(capture, signal);
      if (cut) return { problem: 'The body of the call is too large for a template to read.' };
      return { value: parseJson(text).value };
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof ProblemError)) {
        deps.log('warning', 'the body of a call could not be read for a template', {
          captureId,
          ...errorFacts(error),
        });
      }
      return { problem: 'The body of the call cannot be read, and a template reads it.' };
    }
  };
}
