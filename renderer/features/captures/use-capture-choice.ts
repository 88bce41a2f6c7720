// Several chosen calls: they stay chosen while the list goes on.
import { useMemo, useState } from 'react';
import type { CaptureChoice } from './capture-columns.tsx';

const most = 1_000;

export function useCaptureChoice(): CaptureChoice & { ids: readonly string[]; clear(): void } {
  const [ids, setIds] = useState<readonly string[]>([]);
  return useMemo(() => {
    const chosen = new Set(ids);
    return {
      ids,
      has: (id) => chosen.has(id),
      toggle: (id) =>
        setIds((before) =>
          before.includes(id) ? before.filter((each) => each !== id) : [...before, id].slice(-most),
        ),
      clear: () => setIds([]),
    };
  }, [ids]);
}
