// The live list of captures inside a component: fed by the engine's events, fetched again after a reconnect.
import { useEffect, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import { useEvent } from '../../api/use-call.ts';
import { useClient, useLinkState } from '../../api/use-client.tsx';
import { createCaptureList } from './capture-list.ts';

const statesAgainMs = 1_000;
const looksAt = 200;

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
    if (dataSourceId === undefined || event.dataSourceId === dataSourceId) list.arrived(event.count);
  });
  useEvent('captures.marked', ({ ids }) => list.refresh(ids));
  // Indexing changes what waiting rows say of their items; looked at again at most once a second.
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEvent('items.changed', () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      const rows = list.store.getState().rows?.slice(0, looksAt) ?? [];
      list.refresh(rows.filter(({ indexState }) => indexState === 'waiting').map(({ id }) => id));
    }, statesAgainMs);
  });
  return { ...useStore(list.store), list };
}
