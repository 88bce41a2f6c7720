// Keeps what calls did, before anything else happens: with `synchronous=FULL`, in groups, so that one wait for the disk serves many. A result
// that cannot be kept stays in memory and is tried again; the store has its job as being sent until then.
import { errorFacts, type Log } from '../../log/log.ts';
import { type Database, transact } from '../store/database.ts';
import { storeFaultOf } from '../store/store-fault.ts';
import type { Clock } from './clock.ts';
import { hold, type Lane, noteFailure, noteSuccess } from './lane.ts';
import type { Settlement, Settling, Tried } from './settle.ts';

/** Results wait for company: twice as long as the disk took last, within these. A slow disk serves more of them at once then. */
const minTogetherMs = 5;
const maxTogetherMs = 50;
const atOnce = 32;
/** A result that only its listener refuses is tried again after so long. */
const setAsideMs = 30_000;

interface Result {
  lane: Lane;
  tried: Tried;
}

export function createResults(deps: {
  database: Database;
  settling: Settling;
  clock: Clock;
  log: Log;
  laneOf(destination: string): Lane;
  /** The store cannot be written: `settleNow` must be called again. */
  onStoreFault(error: unknown): void;
  /** After the transaction: deliveries of these data sources changed. */
  tellChanged(dataSourceIds: Set<string>, destinationsToo: boolean): void;
  /** There may be room for another call. */
  lookSoon(): void;
}) {
  const { database, settling, clock, log, laneOf, onStoreFault, tellChanged, lookSoon } = deps;
  let results: Result[] = [];
  let dropTimer: (() => void) | undefined;
  let togetherMs = minTogetherMs;

  function settleSoon(): void {
    if (results.length >= atOnce) settleNow();
    else dropTimer ??= clock.after(togetherMs, settleNow);
  }

  function settleNow(): void {
    dropTimer?.();
    dropTimer = undefined;
    const batch = results;
    results = [];
    settle(batch);
  }

  function settle(batch: Result[]): void {
    if (batch.length === 0) return;
    let settlements: Array<Settlement | undefined>;
    const start = performance.now();
    try {
      settlements = transact(database, () => batch.map(({ tried }) => settling.settle(tried)));
    } catch (error) {
      if (storeFaultOf(error)) {
        results.push(...batch);
        onStoreFault(error);
      } else if (batch.length > 1) {
        for (const result of batch) settle([result]);
      } else {
        setAside(batch, error);
      }
      return;
    }
    const tookMs = performance.now() - start;
    togetherMs = Math.min(Math.max(2 * tookMs, minTogetherMs), maxTogetherMs);
    const sources = new Set<string>();
    let destinationsToo = false;
    batch.forEach(({ lane, tried }, index) => {
      const settlement = settlements[index];
      lane.settling -= 1;
      lane.stale = true;
      sources.add(tried.job.data_source_id);
      if (!settlement) return;
      laneOf(settlement.destination).stale = true;
      noteVerdict(lane, settlement);
      destinationsToo ||= settlement.breakerChanged;
    });
    tellChanged(sources, destinationsToo);
    lookSoon();
  }

  /** One result that cannot be kept, by a fault of whoever listens, must not hold up the others. */
  function setAside(batch: Result[], error: unknown): void {
    for (const { lane, tried } of batch) {
      lane.settling -= 1;
      const facts = { deliveryId: tried.job.id, ...errorFacts(error) };
      log('error', 'a result cannot be kept and is tried again', facts);
    }
    lookSoon();
    clock.after(setAsideMs, () => {
      for (const { lane } of batch) lane.settling += 1;
      results.push(...batch);
      settleSoon();
    });
  }

  function noteVerdict(lane: Lane, { verdict }: Settlement): void {
    if (verdict?.destination === 'healthy') noteSuccess(lane);
    if (verdict?.destination === 'failing') noteFailure(lane);
    if (verdict?.kind === 'later' && verdict.holdMs !== undefined) hold(lane, clock.now(), verdict.holdMs);
  }

  return {
    add(lane: Lane, tried: Tried): void {
      lane.open -= 1;
      lane.settling += 1;
      results.push({ lane, tried });
      settleSoon();
    },
    settleNow,
  };
}
