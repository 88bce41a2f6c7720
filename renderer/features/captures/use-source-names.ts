// The names of all data sources by id: the same map until a name changes, however often their counts do.
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { useEvent } from '../../api/use-call.ts';
import { useCallCache } from '../../api/use-client.tsx';

/** Undefined where nobody wants them. */
export function useSourceNames(isWanted: boolean): ReadonlyMap<string, string> | undefined {
  const entry = useCallCache().entry('dataSources.list', {});
  useEffect(() => (isWanted ? entry.retain() : undefined), [entry, isWanted]);
  useEvent('dataSources.changed', () => {
    if (isWanted) entry.refetch();
  });
  const names = useStore(
    entry.store,
    useShallow(({ data }) => new Map(data?.dataSources.map(({ id, name }) => [id, name] as const))),
  );
  return isWanted ? names : undefined;
}
