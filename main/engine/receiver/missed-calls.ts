// Counts the calls that named no webhook URL of ours, so that somebody who pasted a wrong or an old one gets to know. In memory only, one
// entry a kind. Threats: strangers choose what stands in a path, so it is cut, shaped and never stored; the note is taken after the answer
// was handed over, so that it says nothing by its time.
import type { MissedCalls } from '#contract';
import { inboundPath } from '../data-sources/data-sources.ts';

export interface MissedCall {
  method: string;
  /** With its query, as received. */
  url: string;
  /** False where the Host was a foreign one. */
  ownHost: boolean;
}

const maxSegments = 6;
/** A token has 22 characters; of anything that long, or that no word looks like, only the beginning is shown. */
const shownCharacters = 4;

function shapeOf(segment: string): string {
  const visible = segment.replace(/[^\x21-\x7e]/g, '?');
  const isWord = visible.length <= 20 && /^[a-z.-]*$/.test(visible);
  return isWord ? visible : `${visible.slice(0, shownCharacters)}…`;
}

/** The path without its query, every segment that may be a token cut. */
export function pathShape(url: string): string {
  const segments = (url.split('?', 1)[0] ?? '').slice(0, 2_000).split('/');
  const shown = segments.slice(0, maxSegments + 1).map(shapeOf);
  return `${shown.join('/')}${segments.length > shown.length ? '/…' : ''}`;
}

export function createMissedCalls(deps: {
  /** The data source of a token. */
  sourceOf(token: string): string | undefined;
  onNoted(): void;
}) {
  const byKind = new Map<MissedCalls['kind'], MissedCalls>();

  function kindOf({ url, ownHost }: MissedCall, dataSourceId: string | undefined): MissedCalls['kind'] {
    if (!ownHost) return 'otherHost';
    if (dataSourceId !== undefined) return 'otherPath';
    return url.startsWith(inboundPath) && url.length > inboundPath.length ? 'unknownToken' : 'elsewhere';
  }

  return {
    note(call: MissedCall): void {
      const tokens = (call.url.split('?', 1)[0] ?? '').split('/', maxSegments + 1);
      const dataSourceId = tokens.map(deps.sourceOf).find((id) => id !== undefined);
      const kind = kindOf(call, dataSourceId);
      byKind.set(kind, {
        kind,
        count: (byKind.get(kind)?.count ?? 0) + 1,
        lastAt: new Date().toISOString(),
        lastMethod: /^[A-Z]{1,10}$/.test(call.method) ? call.method : '?',
        lastPath: pathShape(call.url),
        ...(dataSourceId === undefined ? {} : { dataSourceId }),
      });
      deps.onNoted();
    },
    list: (): MissedCalls[] => [...byKind.values()],
  };
}

export type MissedCallsNotes = ReturnType<typeof createMissedCalls>;
