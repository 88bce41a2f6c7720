// A task that cannot be done, in words for people. The reader makes a ProblemError of it; the worker sends it over.
import type { ProblemCode } from '#contract';

export class TaskRefusal extends Error {
  readonly code: ProblemCode;
  readonly path: string | undefined;
  constructor(code: ProblemCode, message: string, path?: string) {
    super(message);
    this.name = 'TaskRefusal';
    this.code = code;
    this.path = path;
  }
}
