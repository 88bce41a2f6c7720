// What of the calls that arrived can be used for a mapping, and if nothing: what was seen instead. Pure.
import type { CaptureSummary, DataSource } from '#contract';

export type Seen =
  | { kind: 'usable' }
  | { kind: 'nothing' }
  /** `refused` is the newest one where it was not answered as the application wants it. */
  | { kind: 'handshakeOnly'; refused?: CaptureSummary }
  | { kind: 'rejected'; last: CaptureSummary | undefined };

/** `captures` newest first; the counts know also what the list does not show. */
export function whatWasSeen(counts: DataSource['counts'], captures: readonly CaptureSummary[]): Seen {
  const isUsable = captures.some(({ outcome }) => outcome === 'accepted');
  if (isUsable || counts.captures > counts.rejected + counts.handshakes) return { kind: 'usable' };
  const last = captures.find(({ outcome }) => outcome === 'rejected');
  if (last || counts.rejected > 0) return { kind: 'rejected', last };
  if (counts.handshakes > 0 || captures.length > 0) {
    const [newest] = captures;
    return { kind: 'handshakeOnly', ...(newest && newest.status >= 300 && { refused: newest }) };
  }
  return { kind: 'nothing' };
}
