// The names of all data sources by id: the same map until a name changes, however often their counts do.
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { useEvent } from '../../api/use-call.ts';
import { useCallCache } from '../../api/use-client.tsx';
import type { CaptureList } from './capture-list.ts';

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

/** Calls of a data source that is deleted leave the list; they are back when the deletion is undone. */
export function useRemovedSources(names: ReadonlyMap<string, string> | undefined, list: CaptureList): void {
  const known = useRef(new Set<string>());
  const removed = useRef(new Set<string>());
  useEffect(() => {
    if (!names || names.size + known.current.size === 0) return;
    const lost = [...known.current].filter((id) => !names.has(id));
    const isBack = [...removed.current].some((id) => names.has(id));
    known.current = new Set(names.keys());
    removed.current = new Set([...removed.current, ...lost].filter((id) => !names.has(id)));
    if (isBack) list.start();
    else if (lost.length > 0) list.check('all');
  }, [names, list]);
}
