// The state of one payload tree on the screen: open nodes and fetched children, a hundred at a time, each page once.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { PayloadNode } from '#contract';
import { isParent, type Tree, withChildren, withOpen } from './tree-model.ts';

export const childrenPerPage = 100;
/** `openUpper` stops when it has opened so many rows. */
const rowsOpenedAtOnce = 80;
/** How many pages of one object `reveal` looks through for a name. */
const mostPagesForName = 20;

export interface ChildrenPage {
  nodes: PayloadNode[];
  total: number;
}
export type FetchChildren = (path: string, offset: number, limit: number) => Promise<ChildrenPage>;

export interface PayloadTreeState {
  tree: Tree;
  /** The last fetch that failed; fetching again clears it. */
  fault?: unknown;
}

export interface PayloadTree {
  store: StoreApi<PayloadTreeState>;
  /** Opens or closes a row; opening one with children fetches the first of them. */
  setOpen(path: string, isOpen: boolean, hasChildren: boolean): void;
  /** Fetches the page in which a child stands, unless it is here or under way. */
  need(parent: string, position: number): void;
  /** Opens what stands over a place and resolves to its path, or to undefined where there is no such place. */
  reveal(segments: readonly (string | number)[]): Promise<string | undefined>;
  closeAll(): void;
  /** Opens nodes level by level as long as that stays easy to survey. */
  openUpper(): Promise<void>;
}

export function createPayloadTree(root: PayloadNode, fetchChildren: FetchChildren): PayloadTree {
  const store = createStore<PayloadTreeState>(() => ({
    tree: { root, open: new Set([root.path]), children: new Map() },
  }));
  const underWay = new Map<string, Promise<void>>();
  const update = (change: (tree: Tree) => Tree) => store.setState(({ tree }) => ({ tree: change(tree) }));

  function fetchPage(parent: string, page: number): Promise<void> {
    const offset = page * childrenPerPage;
    if (store.getState().tree.children.get(parent)?.nodes.has(offset)) return Promise.resolve();
    const key = `${page} ${parent}`;
    const running = underWay.get(key);
    if (running) return running;
    const fetching = fetchChildren(parent, offset, childrenPerPage)
      .then(
        ({ nodes, total }) => {
          update((tree) => withChildren(tree, parent, offset, nodes, total));
          store.setState({ fault: undefined });
        },
        (fault: unknown) => store.setState({ fault }),
      )
      .finally(() => underWay.delete(key));
    underWay.set(key, fetching);
    return fetching;
  }

  async function childAt(parent: string, segment: string | number): Promise<PayloadNode | undefined> {
    const known = () => store.getState().tree.children.get(parent);
    if (typeof segment === 'number') {
      await fetchPage(parent, Math.floor(segment / childrenPerPage));
      const node = known()?.nodes.get(segment);
      return node?.key === String(segment) || node?.key === `[${segment}]` ? node : undefined;
    }
    for (let page = 0; page < mostPagesForName; page += 1) {
      await fetchPage(parent, page);
      const found = [...(known()?.nodes.values() ?? [])].find((node) => node.key === segment);
      if (found) return found;
      if ((page + 1) * childrenPerPage >= (known()?.total ?? 0)) return undefined;
    }
    return undefined;
  }

  return {
    store,
    setOpen(path, isOpen, hasChildren) {
      update((tree) => withOpen(tree, path, isOpen));
      if (isOpen && hasChildren) void fetchPage(path, 0);
    },
    need(parent, position) {
      void fetchPage(parent, Math.floor(position / childrenPerPage));
    },
    async reveal(segments) {
      let node = root;
      for (const [depth, segment] of segments.entries()) {
        const child = await childAt(node.path, segment);
        if (!child) return undefined;
        if (depth > 0) {
          const opened = node.path;
          update((tree) => withOpen(tree, opened, true));
        }
        node = child;
      }
      return node.path;
    },
    closeAll() {
      update((tree) => ({ ...tree, open: new Set([root.path]) }));
    },
    async openUpper() {
      let budget = rowsOpenedAtOnce;
      let level = [root];
      while (level.length > 0) {
        const next: PayloadNode[] = [];
        for (const parent of level) {
          if (!isParent(parent) || (parent !== root && parent.size > budget)) continue;
          budget -= parent.size;
          await fetchPage(parent.path, 0);
          update((tree) => withOpen(tree, parent.path, true));
          next.push(...(store.getState().tree.children.get(parent.path)?.nodes.values() ?? []));
        }
        level = next;
      }
    },
  };
}
