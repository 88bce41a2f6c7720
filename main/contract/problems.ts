// Every way in which a call can fail, as a closed union. `subject.adjective`, one HTTP status each.
import { z } from 'zod';

export const problemStatuses = {
  'input.invalid': 400,
  'call.unknown': 404,
  'call.cancelled': 499,
  'access.denied': 401,
  'application.missing': 404,
  'dataSource.missing': 404,
  'connection.missing': 404,
  'capture.missing': 404,
  'item.missing': 404,
  'item.taken': 409,
  'item.conflict': 409,
  'item.unfit': 422,
  'item.fixed': 422,
  'import.missing': 404,
  'import.refused': 422,
  'import.notNow': 409,
  'items.slow': 503,
  'query.invalid': 422,
  'search.missing': 404,
  'download.missing': 404,
  'mapping.invalid': 422,
  'mapping.conflict': 409,
  'mapping.yieldsNothing': 422,
  'payload.unreadable': 422,
  'replay.missing': 404,
  'sample.missing': 404,
  'sample.taken': 409,
  'forward.missing': 404,
  'forward.invalid': 422,
  'replay.invalid': 422,
  'replay.running': 409,
  'tunnel.failed': 502,
  'settings.invalid': 422,
  'secret.invalid': 422,
  'secret.missing': 404,
  'vault.unavailable': 503,
  'connection.inUse': 409,
  'outgoing.invalid': 422,
  'outgoing.refused': 422,
  'action.missing': 404,
  'action.invalid': 422,
  'action.inUse': 409,
  'solution.missing': 404,
  'module.missing': 404,
  'module.invalid': 422,
  'module.blocked': 409,
  'module.notButton': 409,
  'run.missing': 404,
  'run.settled': 409,
  'delivery.missing': 404,
  'delivery.settled': 409,
  'delivery.notNow': 409,
  'destination.missing': 404,
  'sourceFile.refused': 422,
  'captureFile.missing': 404,
  'captureFile.refused': 422,
  'store.unavailable': 503,
  'engine.stopping': 503,
  'link.closed': 503,
  internal: 500,
} as const satisfies Record<string, number>;

export type ProblemCode = keyof typeof problemStatuses;

export const problem = z.object({
  code: z.enum(Object.keys(problemStatuses) as [ProblemCode, ...ProblemCode[]]),
  /** What happened, why, and what to do. */
  message: z.string(),
  /** Which part of the input is meant, dotted. */
  path: z.string().optional(),
  /** True where the same call may succeed later. */
  retry: z.boolean().optional(),
  /** Which characters of a text are meant, from 0. */
  at: z.object({ offset: z.number().int(), length: z.number().int() }).optional(),
});
export type Problem = z.infer<typeof problem>;

/** The one error that handlers throw on purpose; everything else becomes `internal`. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(code: ProblemCode, message: string, more: Pick<Problem, 'path' | 'retry' | 'at'> = {}) {
    super(message);
    this.name = 'ProblemError';
    this.problem = { code, message, ...more };
  }
}
