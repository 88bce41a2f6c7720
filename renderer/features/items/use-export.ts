// One export of items at a time: asked for, brought to the user, followed to its end, cancelled.
import { useState } from 'react';
import type { CallInput, EventData, Problem } from '#contract';
import { asProblem } from '../../api/call-cache.ts';
import { useEvent } from '../../api/use-call.ts';
import { useClient } from '../../api/use-client.tsx';
import { saveDownload } from '../../host/save-download.ts';

export interface ItemExport {
  start(input: CallInput<'items.download'>): Promise<void>;
  cancel(): void;
  /** Forgets the last one. */
  clear(): void;
  fileName: string | undefined;
  news: EventData<'items.exported'> | undefined;
  problem: Problem | undefined;
}

export function useExport(): ItemExport {
  const client = useClient();
  const [current, setCurrent] = useState<{ ticket: string; fileName: string }>();
  const [news, setNews] = useState<EventData<'items.exported'>>();
  const [problem, setProblem] = useState<Problem>();

  useEvent('items.exported', (event) => {
    if (event.ticket === current?.ticket) setNews(event);
  });

  function clear() {
    setCurrent(undefined);
    setNews(undefined);
    setProblem(undefined);
  }
  function drop(ticket: string) {
    client.call('items.cancelDownload', { ticket }).catch((error: unknown) => setProblem(asProblem(error)));
  }

  return {
    async start(input) {
      clear();
      try {
        const prepared = await client.call('items.download', input);
        setCurrent(prepared);
        setNews({ ticket: prepared.ticket, done: 0, total: 0, state: 'running' });
        if (await saveDownload(prepared.ticket, prepared.fileName)) return;
        drop(prepared.ticket);
        clear();
      } catch (error) {
        setProblem(asProblem(error));
      }
    },
    cancel() {
      if (current) drop(current.ticket);
    },
    clear,
    fileName: current?.fileName,
    news,
    problem,
  };
}
