// Loops through our own receiver: a call that goes to it carries the number of its round; the third round is not sent.
import { type GuardedUrl, hostAndPort, readTargetUrl } from './target-guard.ts';

export const hopHeader = 'hookbench-hops';
const roundsStoppedAt = 3;

/** Rounds that led to a capture: what its headers say. */
export function hopsOf(headers: readonly (readonly [string, string])[]): number {
  const value = headers.find(([name]) => name.toLowerCase() === hopHeader)?.[1] ?? '';
  return /^\d{1,3}$/.test(value) ? Number(value) : 0;
}

export interface OwnAddresses {
  local: string;
  public: string | undefined;
  /** Private targets of the connection, `host:port`. */
  allowedTargets: readonly string[];
}

/** `hops` of the call that is about to go to `url`. Absent where it does not go to ourselves. */
export function nextHop(
  url: string,
  hops: number,
  own: OwnAddresses,
): { hop: number; isLoop: boolean } | undefined {
  const target = readTargetUrl(url);
  if ('fault' in target) return undefined;
  const isOwn = isLocal(target, own) || isPublic(target, own.public);
  return isOwn ? { hop: hops + 1, isLoop: hops + 1 >= roundsStoppedAt } : undefined;
}

/** Any name can lead to this computer: a private target on the port of the receiver is taken for the receiver. */
function isLocal(target: GuardedUrl, { local, allowedTargets }: OwnAddresses): boolean {
  const ours = readTargetUrl(local);
  if ('fault' in ours || ours.port !== target.port) return false;
  const place = hostAndPort(target.host, target.port);
  return (
    ours.host === target.host ||
    isThisComputer(target.host) ||
    allowedTargets.some((each) => each.trim().toLowerCase() === place)
  );
}

/** A tunnel answers on http and https alike. */
function isPublic(target: GuardedUrl, address: string | undefined): boolean {
  const ours = address === undefined ? undefined : readTargetUrl(address);
  if (!ours || 'fault' in ours || ours.host !== target.host) return false;
  return ours.port === target.port || (ours.url.port === '' && target.url.port === '');
}

const isThisComputer = (host: string) =>
  host === 'localhost' ||
  host.endsWith('.localhost') ||
  host === '::1' ||
  /^127\./.test(host) ||
  /^::ffff:7f/i.test(host);
