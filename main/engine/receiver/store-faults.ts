// Whether calls can be stored at the moment: told once when it changes, so that a flood of refused calls neither fills the log
// nor wakes every window. While they cannot, tries by itself whether the store can be written again: the next call may be hours away.
import { errorFacts, type Log } from '../../log/log.ts';
import { storeFaultOf } from '../store/store-fault.ts';

const tryEveryMs = 5_000;

export function createStoreFaults(deps: {
  tell(fault: string | undefined): void;
  /** Throws while the store cannot be written. */
  tryWrite(): void;
  log: Log;
  tryEveryMs?: number | undefined;
}) {
  let current: string | undefined;
  let refused = 0;
  let timer: ReturnType<typeof setInterval> | undefined;

  function clear(): void {
    clearInterval(timer);
    timer = undefined;
    if (current === undefined) return;
    deps.log('info', 'calls can be stored again', { code: current, refused });
    current = undefined;
    refused = 0;
    deps.tell(undefined);
  }

  function tryAgain(): void {
    try {
      deps.tryWrite();
    } catch (error) {
      // Told already; it is tried again. Anything else than a fault of the store is news.
      if (!storeFaultOf(error)) deps.log('error', 'the store could not be tried', errorFacts(error));
      return;
    }
    clear();
  }

  return {
    /** A call was answered with 503 because of `error`. */
    refuse(error: unknown): void {
      const fault = storeFaultOf(error);
      if (!fault) {
        deps.log('error', 'a call could not be stored', errorFacts(error));
        return;
      }
      refused += 1;
      if (fault.code === current) return;
      current = fault.code;
      timer ??= setInterval(tryAgain, deps.tryEveryMs ?? tryEveryMs);
      deps.log('error', 'calls cannot be stored', { code: fault.code, ...errorFacts(error) });
      deps.tell(`${fault.what}, so calls are answered with 503 and their senders try again. ${fault.remedy}`);
    },
    /** A call was stored. */
    clear,
    stop: () => clearInterval(timer),
  };
}

export type StoreFaults = ReturnType<typeof createStoreFaults>;
