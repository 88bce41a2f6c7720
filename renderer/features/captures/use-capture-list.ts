// The live list of captures inside a component: fed by the engine's events, fetched again after a reconnect.
import { useEffect, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import { useEvent } from '../../api/use-call.ts';
import { useClient, useLinkState } from '../../api/use-client.tsx';
import { createCaptureList } from './capture-list.ts';

const statesAgainMs = 1_000;
const settledMs = 2_000;

export function useCaptureList(dataSourceId: string | undefined, query: string) {
  const client = useClient();
  const link = useLinkState();
  const list = useMemo(
    () =>
      createCaptureList({
        fetchPage: (input, signal) => client.call('captures.list', input, { signal }),
        filter: { ...(dataSourceId !== undefined && { dataSourceId }), ...(query !== '' && { query }) },
      }),
    [client, dataSourceId, query],
  );
  useEffect(() => {
    if (link === 'open') list.start();
  }, [list, link]);
  useEffect(() => list.close, [list]);
  useEvent('captures.received', (event) => {
    if (dataSourceId !== undefined && event.dataSourceId !== dataSourceId) return;
    list.arrived(event.count);
    // One that was listed in the moment before had no answer time yet.
    list.refresh(event.ids);
  });
  useEvent('captures.marked', ({ ids }) => list.refresh(ids));
  const isShown = (id: string) => dataSourceId === undefined || id === dataSourceId;
  // Indexing changes what waiting rows say of their items; looked at again at most once a second.
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEvent('items.changed', (event) => {
    if (!isShown(event.dataSourceId)) return;
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      list.check('waiting');
    }, statesAgainMs);
  });
  // A new mapping may say something else of every call; once, when nothing more is told of it.
  const settling = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(settling.current), []);
  useEvent('mapping.indexed', (event) => {
    if (!isShown(event.dataSourceId)) return;
    clearTimeout(settling.current);
    settling.current = setTimeout(() => list.check('all'), settledMs);
  });
  useEvent('retention.swept', (event) => {
    if (isShown(event.dataSourceId) && event.done && event.calls > 0) list.check('all');
  });
  return { ...useStore(list.store), list };
}
