// The body of a call without the values that must not be passed on.
import { ProblemError } from '#contract';
import type { PayloadReader, PayloadSource } from '../payloads/payload-reader.ts';
import { secretPaths } from './mask-record.ts';

/** Undefined where nothing was masked: then the body goes as it came. `paths` beside those that are always masked. */
export async function maskedBody(
  reader: PayloadReader,
  source: PayloadSource,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<string | undefined> {
  if (source.body.length === 0) return undefined;
  try {
    const { text, masked } = await reader.mask(source, [...secretPaths, ...paths], signal);
    return masked === 0 ? undefined : text;
  } catch (error) {
    // A body that cannot be read has no values: it goes as it came.
    if (error instanceof ProblemError && error.problem.code === 'payload.unreadable') return undefined;
    throw error;
  }
}
