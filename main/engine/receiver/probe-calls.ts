// Lets the engine probe its own receiver: a call with a fresh one-time mark is judged like any other and answered, but not stored, and
// what the receiver thought of it is given to the prober. A mark is 128 random bits and ends with its first use.
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { CallVerification, Outcome, Rejection } from '#contract';

export interface ProbedCall {
  outcome: Outcome;
  verification?: CallVerification | undefined;
  rejection?: Rejection | undefined;
}

export const probeHeader = 'x-hookbench-probe';

export function createProbeCalls() {
  const open = new Map<string, (judged: ProbedCall) => void>();
  return {
    /** A mark for one call; `judged` is what the receiver thought of it, undefined until then. */
    mark(): { mark: string; judged(): ProbedCall | undefined; end(): void } {
      const mark = randomBytes(16).toString('base64url');
      let seen: ProbedCall | undefined;
      open.set(mark, (judged) => {
        seen = judged;
      });
      return { mark, judged: () => seen, end: () => void open.delete(mark) };
    },
    /** Uses the mark of a request up. Undefined for every call of others. */
    take(request: IncomingMessage): ((judged: ProbedCall) => void) | undefined {
      const given = request.headers[probeHeader];
      if (typeof given !== 'string') return undefined;
      const tell = open.get(given);
      open.delete(given);
      return tell;
    },
  };
}

export type ProbeCalls = ReturnType<typeof createProbeCalls>;
