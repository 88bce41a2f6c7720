// What the editor starts with: the saved mapping, the draft, the suggestion.
import { useEffect, useState } from 'react';
import type { CallOutput, Problem } from '#contract';
import { asProblem } from '../../api/call-cache.ts';
import { useClient } from '../../api/use-client.tsx';

export type MappingStart = CallOutput<'mapping.get'>;

/** Reads past the cache of answers: an editor must never start from an older draft than the engine has. */
export function useMappingStart(dataSourceId: string) {
  const client = useClient();
  const [request, setRequest] = useState({ dataSourceId });
  const [read, setRead] = useState<{ start: MappingStart; reading: number }>();
  const [problem, setProblem] = useState<Problem>();
  useEffect(() => {
    const abort = new AbortController();
    client.call('mapping.get', request, { signal: abort.signal }).then(
      (start) => setRead((before) => ({ start, reading: (before?.reading ?? 0) + 1 })),
      (error: unknown) => {
        if (!abort.signal.aborted) setProblem(asProblem(error));
      },
    );
    return () => abort.abort();
  }, [client, request]);
  return {
    start: read?.start,
    /** Counts the readings: an editor of a former one begins anew. */
    reading: read?.reading,
    problem,
    again() {
      setProblem(undefined);
      setRequest({ dataSourceId });
    },
  };
}
