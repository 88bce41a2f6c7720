// A held rule goes with its caller, also where the store cannot be written at that moment.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createHeldRules } from '../../../main/engine/forwarding/held-rules.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it.each(['nobody has held', 'its caller has left'])(
  'a rule that %s is given up, and tried again where that fails',
  async (how) => {
    const giveUp = vi.fn(() => {
      if (giveUp.mock.calls.length === 1) throw new Error('the store is locked');
    });
    const onFault = vi.fn();
    const held = createHeldRules({ giveUp, onFault });
    held.begin('fwd_1');
    if (how === 'its caller has left') await held.hold('fwd_1', AbortSignal.abort());
    else vi.advanceTimersByTime(10_000);
    expect(giveUp).toHaveBeenCalledTimes(1);
    expect(onFault).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(60_000);
    expect(giveUp.mock.calls).toEqual([['fwd_1'], ['fwd_1']]);
    held.stop();
  },
);
