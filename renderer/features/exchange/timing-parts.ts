// The parts of a call's time, in order, and what is left for reading the answer. Pure.
import type { Exchange } from '#contract';

export type TimingPart = 'name' | 'connect' | 'tls' | 'wait' | 'read';

/** Each part with its share of the whole, from 0 to 1; parts that did not happen are left out. */
export function timingParts({ nameMs, connectMs, tlsMs, firstByteMs, totalMs }: Exchange['timing']): {
  part: TimingPart;
  ms: number;
  share: number;
}[] {
  const known: [TimingPart, number | undefined][] = [
    ['name', nameMs],
    ['connect', connectMs],
    ['tls', tlsMs],
    ['wait', firstByteMs],
  ];
  const measured = known.filter((each): each is [TimingPart, number] => each[1] !== undefined);
  const before = measured.reduce((sum, [, ms]) => sum + ms, 0);
  const rest = Math.max(0, totalMs - before);
  if (firstByteMs !== undefined && rest > 0) measured.push(['read', rest]);
  const whole = Math.max(totalMs, before);
  return measured.map(([part, ms]) => ({ part, ms, share: whole === 0 ? 0 : ms / whole }));
}
