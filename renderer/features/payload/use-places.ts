// Finds a text in the whole of a body, also where the tree has not fetched it; the engine looks, page by page.
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import type { FoundPlaces, PayloadPlace, Problem, UnwrapStep } from '#contract';
import { asProblem } from '../../api/call-cache.ts';
import { useClient } from '../../api/use-client.tsx';

export interface Places {
  found: readonly PayloadPlace[];
  /** More may follow behind those that are here. */
  hasMore: boolean;
  /** The answer to what is sought now is still to come. */
  isSeeking: boolean;
  /** `found` is what a JSONPath selects. */
  isPath: boolean;
  /** Why what looks like a JSONPath is none; it was sought as a text. */
  fault: FoundPlaces['fault'];
  problem: Problem | undefined;
}

const none: Places = {
  found: [],
  hasMore: false,
  isSeeking: false,
  isPath: false,
  fault: undefined,
  problem: undefined,
};
const seeking: Places = { ...none, isSeeking: true };
const seekAfterMs = 150;

/** Asks for the next places as soon as the last known one is shown. `sought` '' asks nothing. */
export function usePlaces(
  captureId: string,
  sought: string,
  at: number,
  unwrap: UnwrapStep[] | undefined,
): Places {
  const client = useClient();
  const [text] = useDebouncedValue(sought, seekAfterMs);
  const [answer, setAnswer] = useState<Places & { of: string; text: string; next: number | undefined }>();
  const of = `${captureId} ${JSON.stringify(unwrap ?? [])}`;
  const current = answer && answer.of === of && answer.text === sought && sought !== '' ? answer : undefined;
  const after = current?.next !== undefined && at >= current.found.length - 1 ? current.next : undefined;

  useEffect(() => {
    if (text === '' || (current && after === undefined)) return;
    const abort = new AbortController();
    client
      .call(
        'captures.find',
        { id: captureId, text, ...(after !== undefined && { after }), ...(unwrap && { unwrap }) },
        { signal: abort.signal },
      )
      .then(
        (page) =>
          setAnswer((before) => ({
            of,
            text,
            found: after === undefined ? page.found : [...(before?.found ?? []), ...page.found],
            hasMore: page.next !== undefined,
            next: page.next,
            isSeeking: false,
            isPath: page.isPath,
            fault: page.fault,
            problem: undefined,
          })),
        (error: unknown) => {
          if (!abort.signal.aborted)
            setAnswer({ ...none, of, text, next: undefined, problem: asProblem(error) });
        },
      );
    return () => abort.abort();
  }, [client, captureId, text, after, current, unwrap, of]);

  return current ?? (sought === '' ? none : seeking);
}
