// Saving a mapping: its progress while the history is indexed, then what came of it.
import { useState } from 'react';
import type { Mapping, Problem } from '#contract';
import { asProblem } from '../../api/call-cache.ts';
import { useAction } from '../../api/use-action.ts';
import { useEvent } from '../../api/use-call.ts';
import { useClient } from '../../api/use-client.tsx';

export interface SavedResult {
  /** Calls that yielded items. */
  indexed: number;
  items: number;
  needsAttention: number;
}

export interface Saving {
  save(mapping: Mapping): Promise<boolean>;
  /** Stops indexing: the mapping from before stays in use. */
  cancel(): void;
  running: boolean;
  progress: { done: number; total: number } | undefined;
  result: SavedResult | undefined;
  problem: Problem | undefined;
}

export function useSaving(dataSourceId: string): Saving {
  const client = useClient();
  const action = useAction('mapping.save');
  const [progress, setProgress] = useState<{ done: number; total: number }>();
  const [result, setResult] = useState<SavedResult>();
  const [readProblem, setReadProblem] = useState<Problem>();

  useEvent('mapping.indexed', (event) => {
    if (action.running && event.dataSourceId === dataSourceId) setProgress(event);
  });

  return {
    async save(mapping) {
      setProgress(undefined);
      setResult(undefined);
      setReadProblem(undefined);
      const output = await action.run({ dataSourceId, mapping });
      if (!output) return false;
      try {
        const { dataSource } = await client.call('dataSources.get', { id: dataSourceId });
        const { items, needsAttention } = dataSource.counts;
        setResult({ indexed: output.indexed, items, needsAttention });
      } catch (error) {
        setReadProblem(asProblem(error));
      }
      return true;
    },
    cancel() {
      client.call('mapping.cancelIndexing', { dataSourceId }).catch((error: unknown) => {
        setReadProblem(asProblem(error));
      });
    },
    running: action.running,
    progress,
    result,
    problem: action.problem ?? readProblem,
  };
}
