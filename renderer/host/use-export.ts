// One export at a time, of items or of calls: asked for, brought to the user, followed to its end, cancelled.
import { useState } from 'react';
import type { EventData, Problem } from '#contract';
import { asProblem } from '../api/call-cache.ts';
import { useEvent } from '../api/use-call.ts';
import { useClient } from '../api/use-client.tsx';
import { saveDownload } from './save-download.ts';

export interface Export {
  /** `prepare` asks the engine for the file; its ticket brings it. */
  start(prepare: () => Promise<{ ticket: string; fileName: string }>): Promise<void>;
  cancel(): void;
  /** Forgets the last one. */
  clear(): void;
  fileName: string | undefined;
  news: EventData<'items.exported' | 'captures.exported'> | undefined;
  problem: Problem | undefined;
}

export function useExport(of: 'items' | 'captures'): Export {
  const client = useClient();
  const [current, setCurrent] = useState<{ ticket: string; fileName: string }>();
  const [news, setNews] = useState<Export['news']>();
  const [problem, setProblem] = useState<Problem>();

  useEvent(`${of}.exported`, (event) => {
    if (event.ticket === current?.ticket) setNews(event);
  });

  function clear() {
    setCurrent(undefined);
    setNews(undefined);
    setProblem(undefined);
  }
  function drop(ticket: string) {
    client.call(`${of}.cancelDownload`, { ticket }).catch((error: unknown) => setProblem(asProblem(error)));
  }

  return {
    async start(prepare) {
      clear();
      try {
        const prepared = await prepare();
        setCurrent(prepared);
        setNews({ ticket: prepared.ticket, done: 0, total: 0, state: 'running' });
        if (await saveDownload(prepared.ticket, prepared.fileName)) return;
        // The user closed the dialog.
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
