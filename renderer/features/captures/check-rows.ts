// Looks again at calls of a list that may have changed or gone, wherever they stand in it: some at a time, with rests, so that a long list
// costs neither the engine nor the screen a moment.
import type { CaptureSummary } from '#contract';

/** waiting: those that are not indexed yet · all: after calls were deleted, or all were indexed anew. */
export type CheckedRows = 'waiting' | 'all';

/** One query takes no more values. */
const checkedAtOnce = 50;
/** A rest lasts this many times as long as the work before it. */
const restFactor = 5;

export interface RowChecks {
  /** All rows of the kind once more; while a pass is under way, once more after it. */
  check(which: CheckedRows): void;
  /** These, at once. */
  look(ids: readonly string[]): void;
}

export function createRowChecks(options: {
  rows(): readonly CaptureSummary[];
  /** Those of these calls that exist. */
  fetch(ids: readonly string[]): Promise<readonly CaptureSummary[]>;
  /** What is told of them now, by id; and those that are not there any more. */
  apply(fresh: ReadonlyMap<string, CaptureSummary>, gone: ReadonlySet<string>): void;
  onFault(error: unknown): void;
  signal: AbortSignal;
  restMs?: number;
}): RowChecks {
  const { signal, restMs = 100 } = options;
  let wanted: CheckedRows | undefined;
  let isRunning = false;

  async function lookAt(ids: readonly string[]): Promise<void> {
    const found = await options.fetch(ids);
    const fresh = new Map(found.map((capture) => [capture.id, capture]));
    options.apply(fresh, new Set(ids.filter((id) => !fresh.has(id))));
  }

  async function inParts(ids: readonly string[], rests: boolean): Promise<void> {
    for (let from = 0; from < ids.length && !signal.aborted; from += checkedAtOnce) {
      const start = performance.now();
      await lookAt(ids.slice(from, from + checkedAtOnce));
      if (!rests) continue;
      const rest = Math.max(restMs, restFactor * (performance.now() - start));
      await new Promise((resolve) => setTimeout(resolve, rest));
    }
  }

  async function run(): Promise<void> {
    while (wanted !== undefined && !signal.aborted) {
      const isAll = wanted === 'all';
      wanted = undefined;
      const rows = options.rows().filter(({ indexState }) => isAll || indexState === 'waiting');
      await inParts(
        rows.map(({ id }) => id),
        true,
      );
    }
  }

  return {
    check(which) {
      if (wanted !== 'all') wanted = which;
      if (isRunning) return;
      isRunning = true;
      run()
        .catch(options.onFault)
        .finally(() => {
          isRunning = false;
        });
    },
    look(ids) {
      inParts(ids, false).catch(options.onFault);
    },
  };
}
