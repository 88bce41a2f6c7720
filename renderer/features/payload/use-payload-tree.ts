// Makes the tree of one call's body; its children come from the engine, as soon as it is shown.
import { useEffect, useMemo, useRef } from 'react';
import type { PayloadNode, UnwrapStep } from '#contract';
import { useClient } from '../../api/use-client.tsx';
import { createPayloadTree, type PayloadTree } from './payload-tree-store.ts';

export function usePayloadTree(
  captureId: string,
  root: PayloadNode | undefined,
  unwrap: UnwrapStep[] | undefined,
  isShown: boolean,
): PayloadTree | undefined {
  const client = useClient();
  const tree = useMemo(
    () =>
      root &&
      createPayloadTree(root, (path, offset, limit) =>
        client.call('captures.children', { id: captureId, path, offset, limit, ...(unwrap && { unwrap }) }),
      ),
    [client, captureId, root, unwrap],
  );
  const opened = useRef<PayloadTree>(undefined);
  useEffect(() => {
    if (!isShown || !tree || opened.current === tree) return;
    opened.current = tree;
    void tree.openUpper();
  }, [tree, isShown]);
  return tree;
}
