// One export of calls at a time: asked for, brought to the user, followed to its end, cancelled.
import { useState } from 'react';
import type { CallInput, EventData, Problem } from '#contract';
import { asProblem } from '../../api/call-cache.ts';
import { useEvent } from '../../api/use-call.ts';
import { useClient } from '../../api/use-client.tsx';
import { saveDownload } from '../../host/save-download.ts';

export function useCallsExport() {
  const client = useClient();
  const [current, setCurrent] = useState<{ ticket: string; fileName: string }>();
  const [news, setNews] = useState<EventData<'captures.exported'>>();
  const [problem, setProblem] = useState<Problem>();

  useEvent('captures.exported', (event) => {
    if (event.ticket === current?.ticket) setNews(event);
  });

  function clear() {
    setCurrent(undefined);
    setNews(undefined);
    setProblem(undefined);
  }
  function drop(ticket: string) {
    client
      .call('captures.cancelDownload', { ticket })
      .catch((error: unknown) => setProblem(asProblem(error)));
  }

  return {
    fileName: current?.fileName,
    news,
    problem,
    clear,
    cancel(): void {
      if (current) drop(current.ticket);
    },
    async start(input: CallInput<'captures.download'>): Promise<void> {
      clear();
      try {
        const prepared = await client.call('captures.download', input);
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
  };
}
