// The audit log of a data source, newest first, live.
import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import type { AuditAction, AuditEntry, Caller } from '#contract';
import { createPagedList } from '../../api/paged-list.ts';
import { useEvent } from '../../api/use-call.ts';
import { useClient, useLinkState } from '../../api/use-client.tsx';

export interface AuditFilter {
  action: AuditAction | undefined;
  via: Caller | undefined;
}

export function useAudit(dataSourceId: string, { action, via }: AuditFilter) {
  const client = useClient();
  const link = useLinkState();
  const list = useMemo(
    () =>
      createPagedList<AuditEntry>(
        async (before, signal, limit) => {
          const input = { dataSourceId, action, via, before, limit };
          const page = await client.call('audit.list', input, { signal });
          return { rows: page.entries, next: page.next };
        },
        (entry) => entry.id,
      ),
    [client, dataSourceId, action, via],
  );
  useEffect(() => {
    if (link === 'open') list.refresh();
  }, [list, link]);
  useEffect(() => list.close, [list]);
  useEvent('audit.changed', (event) => {
    if (event.dataSourceId === dataSourceId) list.refresh();
  });
  const { rows, problem, isHeld } = useStore(list.store);
  return { rows, problem, isHeld, more: list.more, refresh: list.refresh, setAway: list.setAway };
}
