// Saving a mapping: its progress while the history is indexed, then what came of it.
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { CallOutput, Mapping, Problem } from '#contract';
import { asProblem } from '../../api/call-cache.ts';
import { useAction } from '../../api/use-action.ts';
import { useEvent } from '../../api/use-call.ts';
import { useClient } from '../../api/use-client.tsx';
import { text } from '../../text/en.ts';
import type { MappingStart } from './use-mapping-start.ts';

export interface SavedResult {
  /** Calls that yielded items; nobody counted them for this screen where another one began the save. */
  indexed: number | undefined;
  items: number;
  needsAttention: number;
}

export interface Saving {
  /** `basedOn`: the state of the mapping that this one was made from; `evenIfEmpty`: also where no item is left. Undefined where it failed. */
  save(
    mapping: Mapping,
    basedOn: string,
    evenIfEmpty: boolean,
  ): Promise<CallOutput<'mapping.save'> | undefined>;
  /** Stops indexing: the mapping from before stays in use. Undefined where that failed. */
  cancel(): Promise<CallOutput<'mapping.cancelIndexing'> | undefined>;
  running: boolean;
  progress: { done: number; total: number } | undefined;
  result: SavedResult | undefined;
  problem: Problem | undefined;
}

/** `indexing`: how far a save is that was begun before this screen was opened. */
export function useSaving(dataSourceId: string, indexing: MappingStart['indexing']): Saving {
  const client = useClient();
  const action = useAction('mapping.save');
  const [progress, setProgress] = useState<{ done: number; total: number }>();
  const [result, setResult] = useState<SavedResult>();
  const [readProblem, setReadProblem] = useState<Problem>();

  const [begun, setBegun] = useState(indexing !== undefined);
  const [asked, setAsked] = useState(indexing);
  const running = action.running || begun;
  /** Cancelled here: there is no result to read then. */
  const takenBack = useRef(false);

  useEvent('mapping.indexed', (event) => {
    if (event.dataSourceId !== dataSourceId) return;
    if (action.running) setProgress(event);
    else if (begun) setAsked(event);
  });
  // Nobody answers to this screen when a save that another one began is done.
  const lookAgain = useEffectEvent(async () => {
    try {
      const { indexing: left } = await client.call('mapping.get', { dataSourceId });
      if (left) return setAsked(left);
      setBegun(false);
      if (!takenBack.current) await readCounts(undefined);
    } catch (error) {
      setReadProblem(asProblem(error));
    }
  });
  useEvent('dataSources.changed', (event) => {
    if (begun && event.id === dataSourceId) void lookAgain();
  });
  useEffect(() => {
    if (begun) void lookAgain();
  }, [begun]);

  async function readCounts(indexed: number | undefined): Promise<void> {
    const { dataSource } = await client.call('dataSources.get', { id: dataSourceId });
    const { items, needsAttention } = dataSource.counts;
    setResult({ indexed, items, needsAttention });
  }

  return {
    async save(mapping, basedOn, evenIfEmpty) {
      takenBack.current = false;
      setBegun(false);
      setProgress(undefined);
      setResult(undefined);
      setReadProblem(undefined);
      const output = await action.run({
        dataSourceId,
        mapping,
        basedOn,
        ...(evenIfEmpty && { evenIfEmpty }),
      });
      if (!output) return undefined;
      try {
        await readCounts(output.indexed);
      } catch (error) {
        setReadProblem(asProblem(error));
      }
      return output;
    },
    async cancel() {
      takenBack.current = true;
      try {
        const output = await client.call('mapping.cancelIndexing', { dataSourceId });
        takenBack.current = output.cancelled;
        // A save of this screen is told so by its own answer.
        if (output.cancelled && begun) {
          setBegun(false);
          setReadProblem({ code: 'call.cancelled', message: text.mapping.cancelledWhy });
        }
        return output;
      } catch (error) {
        takenBack.current = false;
        setReadProblem(asProblem(error));
        return undefined;
      }
    },
    running,
    progress: action.running ? progress : begun ? asked : undefined,
    result,
    problem: action.problem ?? readProblem,
  };
}
