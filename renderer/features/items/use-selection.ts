// Several chosen items: they stay chosen while the list goes on. The same object until the choice changes, so that rows are left alone.
import { useMemo, useState } from 'react';
import type { Item } from '#contract';

export interface ItemSelection {
  ids: readonly string[];
  has(id: string): boolean;
  toggle(item: Item): void;
  clear(): void;
}

export function useSelection(): ItemSelection {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  return useMemo(
    () => ({
      ids: [...selected],
      has: (id) => selected.has(id),
      toggle: (item) =>
        setSelected((before) => {
          const next = new Set(before);
          if (!next.delete(item.id)) next.add(item.id);
          return next;
        }),
      clear: () => setSelected(new Set()),
    }),
    [selected],
  );
}
