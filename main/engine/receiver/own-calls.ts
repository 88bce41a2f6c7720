// Calls that the engine itself makes to its receiver: replays, samples, simulated events. They take the whole path and are stored like any
// other call, with where they come from. A mark is 128 random bits, ends with its first use, and is no part of what is stored.
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { CallVerification, CaptureOrigin, Outcome, Rejection } from '#contract';

export interface OwnCall {
  origin: CaptureOrigin;
  replayOf?: string | undefined;
  runsModules: boolean;
  /** True: the receiver answers 503 and stores nothing, as if it were away. */
  outage?: boolean | undefined;
}

/** What became of it. */
export interface StoredOwnCall {
  captureId: string;
  outcome: Outcome;
  elements: number;
  eventType?: string | undefined;
  rejection?: Rejection | undefined;
  verification?: CallVerification | undefined;
}

export interface TakenOwnCall extends OwnCall {
  tell(stored: StoredOwnCall): void;
}

export const ownCallHeader = 'x-hookbench-own';

export function createOwnCalls() {
  const open = new Map<string, TakenOwnCall>();
  return {
    /** A mark for one call; `stored` is undefined as long as the receiver has stored nothing. */
    mark(call: OwnCall): { mark: string; stored(): StoredOwnCall | undefined; end(): void } {
      const mark = randomBytes(16).toString('base64url');
      let seen: StoredOwnCall | undefined;
      open.set(mark, {
        ...call,
        tell(stored) {
          seen = stored;
        },
      });
      return { mark, stored: () => seen, end: () => void open.delete(mark) };
    },
    /** Uses the mark of a request up. Undefined for every call of others. */
    take(request: IncomingMessage): TakenOwnCall | undefined {
      const given = request.headers[ownCallHeader];
      if (typeof given !== 'string') return undefined;
      const call = open.get(given);
      open.delete(given);
      return call;
    },
  };
}

export type OwnCalls = ReturnType<typeof createOwnCalls>;

/** The headers without the mark that the engine had added. */
export function withoutMark(headers: [string, string][], own: OwnCall | undefined): [string, string][] {
  return own ? headers.filter(([name]) => name.toLowerCase() !== ownCallHeader) : headers;
}
