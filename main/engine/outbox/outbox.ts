// The outbox: outbound calls that must be made, each at least once. Whoever makes a call necessary puts a job here inside its own
// transaction; the worker sends it, tries again by the schedule, and tells who waits for the end. Knows nothing of modules.
import type { ActionMethod, Exchange } from '#contract';

/** A call to be made. It is rendered: these very bytes are sent at every try. */
export interface NewJob {
  /** The same over all tries; a key that a job has already makes no second one. */
  idempotencyKey: string;
  /** Of the connection that is called. */
  dataSourceId: string;
  connectionId: string;
  actionId?: string | undefined;
  /** What is called, in words. */
  name: string;
  moduleId?: string | undefined;
  runId?: string | undefined;
  stepId?: string | undefined;
  itemId?: string | undefined;
  itemTitle?: string | undefined;
  method: ActionMethod;
  /** Path and query behind the Base Url. */
  target: string;
  headers: [string, string][];
  body?: Uint8Array | undefined;
  /** How often the cause of this call came out of Hookbench before; 0 where left out. */
  hops?: number | undefined;
}

export interface Settled {
  deliveryId: string;
  runId: string | undefined;
  stepId: string | undefined;
  state: 'succeeded' | 'failed' | 'cancelled';
  /** The last try; absent where none was made. */
  exchange: Exchange | undefined;
}

/** A delivery that was given up or cancelled waits again, because somebody wants it tried once more. */
export type Reopened = Pick<Settled, 'deliveryId' | 'runId' | 'stepId'>;

export interface Outbox {
  /** Inside the caller's transaction; gives the delivery's id. No `wake` is needed behind it. */
  enqueue(job: NewJob): string;
  /** Called inside the transaction that settles a delivery: what the listener writes is kept with it, or neither is. */
  onSettled(listener: (settled: Settled) => void): void;
  /** Called inside the transaction that opens a settled delivery again. */
  onReopened(listener: (reopened: Reopened) => void): void;
  /** Inside the caller's transaction: cancels what waits of a run, and a call under way; `onSettled` hears of each. */
  cancelOfRun(runId: string): void;
  /** Looks for due jobs now. */
  wake(): void;
  /** At start: what a kill interrupted waits again; then sends. */
  resume(): void;
  /** Claims nothing more; calls under way get a moment and wait again where they need longer. */
  stop(): Promise<void>;
}
