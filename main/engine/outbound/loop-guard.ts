// Loops through our own receiver: a call that goes to it carries the number of its round; the third round is not sent.
import { readTargetUrl } from './target-guard.ts';

export const hopHeader = 'hookbench-hops';
const roundsStoppedAt = 3;

/** Rounds that led to a capture: what its headers say. */
export function hopsOf(headers: readonly (readonly [string, string])[]): number {
  const value = headers.find(([name]) => name.toLowerCase() === hopHeader)?.[1] ?? '';
  return /^\d{1,3}$/.test(value) ? Number(value) : 0;
}

/** `hops` of the call that is about to go to `url`. Absent where it does not go to ourselves. */
export function nextHop(
  url: string,
  hops: number,
  own: { local: string; public: string | undefined },
): { hop: number; isLoop: boolean } | undefined {
  const target = readTargetUrl(url);
  if ('fault' in target) return undefined;
  const isOwn = [own.local, own.public].some((address) => {
    const ours = address === undefined ? undefined : readTargetUrl(address);
    if (!ours || 'fault' in ours || ours.port !== target.port) return false;
    return ours.host === target.host || (isThisComputer(ours.host) && isThisComputer(target.host));
  });
  return isOwn ? { hop: hops + 1, isLoop: hops + 1 >= roundsStoppedAt } : undefined;
}

const isThisComputer = (host: string) =>
  host === 'localhost' ||
  host.endsWith('.localhost') ||
  host === '::1' ||
  /^127\./.test(host) ||
  /^::ffff:7f/i.test(host);
