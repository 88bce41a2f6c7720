// How many modules use each data source: for its items, or by calling it.
import { useMemo } from 'react';
import { useCall, useEvent } from '../../api/use-call.ts';

export function useModuleUsers(): ReadonlyMap<string, number> {
  const list = useCall('modules.list', {});
  useEvent('modules.changed', list.refetch);
  useEvent('solutions.changed', list.refetch);
  const modules = list.data?.modules;
  return useMemo(() => {
    const users = new Map<string, number>();
    for (const { dataSourceId, steps } of modules ?? []) {
      for (const id of new Set([dataSourceId, ...steps.map((step) => step.dataSourceId)])) {
        users.set(id, (users.get(id) ?? 0) + 1);
      }
    }
    return users;
  }, [modules]);
}
