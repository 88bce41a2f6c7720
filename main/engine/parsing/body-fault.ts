// The one error that the parsers throw on purpose. parseBody turns it into a rejection; nobody outside lets it through.
import type { FaultPlace } from '#contract';

export type FaultStatus = 400 | 413 | 415 | 422;

/** `code` is stable, `message` says what happened, where, and what to do; neither repeats the payload. */
export class BodyFault extends Error {
  readonly status: FaultStatus;
  readonly code: string;
  readonly at: FaultPlace | undefined;
  constructor(status: FaultStatus, code: string, message: string, at?: FaultPlace) {
    super(message);
    this.name = 'BodyFault';
    this.status = status;
    this.code = code;
    this.at = at;
  }
}

/** Line and column (from 1) of a character offset. LF, CR LF and a lone CR each end a line. */
export function placeInText(text: string, offset: number): { line: number; column: number; offset: number } {
  let line = 1;
  let lineStart = 0;
  for (let i = 0; i < offset; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 10 || (unit === 13 && text.charCodeAt(i + 1) !== 10)) {
      line++;
      lineStart = i + 1;
    }
  }
  return { line, column: offset - lineStart + 1, offset };
}
