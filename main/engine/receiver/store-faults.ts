// Whether calls can be stored at the moment: told once when it changes, so that a flood of refused calls neither fills the log
// nor wakes every window.
import { errorFacts, type Log } from '../../log/log.ts';
import { storeFaultOf } from '../store/store-fault.ts';

export function createStoreFaults(deps: { tell(fault: string | undefined): void; log: Log }) {
  let current: string | undefined;
  let refused = 0;

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
      deps.log('error', 'calls cannot be stored', { code: fault.code, ...errorFacts(error) });
      deps.tell(`${fault.what}, so calls are answered with 503 and their senders try again. ${fault.remedy}`);
    },
    /** A call was stored. */
    clear(): void {
      if (current === undefined) return;
      deps.log('info', 'calls can be stored again', { code: current, refused });
      current = undefined;
      refused = 0;
      deps.tell(undefined);
    },
  };
}

export type StoreFaults = ReturnType<typeof createStoreFaults>;
