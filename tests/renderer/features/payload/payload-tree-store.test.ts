// The lazy tree: each page is fetched once, places are found again, rows and keys follow what is open.
import { expect, test } from 'vitest';
import type { PayloadNode } from '#contract';
import {
  childrenPerPage,
  createPayloadTree,
} from '../../../../renderer/features/payload/payload-tree-store.ts';
import {
  moveFor,
  rowStartingWith,
  rowsHolding,
  rowsOf,
} from '../../../../renderer/features/payload/tree-model.ts';

type Value = string | number | null | Value[] | { [key: string]: Value };

function nodeOf(key: string, path: string, value: Value): PayloadNode {
  if (Array.isArray(value)) return { key, path, type: 'list', text: '', size: value.length };
  if (value === null) return { key, path, type: 'null', text: 'null', size: 0 };
  if (typeof value === 'object')
    return { key, path, type: 'object', text: '', size: Object.keys(value).length };
  return { key, path, type: typeof value === 'number' ? 'number' : 'text', text: String(value), size: 0 };
}

/** A tree over a real value, and the pages that it asked for. */
function treeOver(value: Value) {
  const asked: string[] = [];
  const values = new Map<string, Value>([['$', value]]);
  const tree = createPayloadTree(nodeOf('', '$', value), async (path, offset, limit) => {
    asked.push(`${path} ${offset}`);
    const parent = values.get(path);
    const entries: [string, Value][] = Array.isArray(parent)
      ? parent.map((each, index) => [String(index), each])
      : Object.entries((parent ?? {}) as { [key: string]: Value });
    const nodes = entries.slice(offset, offset + limit).map(([key, each]) => {
      const childPath = Array.isArray(parent) ? `${path}[${key}]` : `${path}.${key}`;
      values.set(childPath, each);
      return nodeOf(key, childPath, each);
    });
    return { nodes, total: entries.length };
  });
  const rows = () => rowsOf(tree.store.getState().tree);
  return { tree, asked, rows, keys: () => rows().map((row) => row.node?.key) };
}

const large = { title: 'x', rows: Array.from({ length: 1000 }, (_, id) => ({ id })) };

test('a small payload opens whole, a large list stays closed', async () => {
  const small = treeOver({ a: { b: { c: 1 } }, d: [1, 2] });
  await small.tree.openUpper();
  expect(small.keys()).toEqual(['a', 'b', 'c', 'd', '0', '1']);
  const { tree, keys } = treeOver(large);
  await tree.openUpper();
  expect(keys()).toEqual(['title', 'rows']);
});

test('a list of a thousand has a thousand rows after one page, and each page is fetched once', async () => {
  const { tree, rows, asked } = treeOver(large);
  await tree.openUpper();
  tree.setOpen('$.rows', true, true);
  await expect.poll(() => rows().length).toBe(1002);
  expect(rows()[2 + childrenPerPage]?.node).toBeUndefined();
  tree.need('$.rows', 950);
  tree.need('$.rows', 951);
  await expect.poll(() => rows()[2 + 951]?.node?.key).toBe('951');
  tree.need('$.rows', 952);
  expect(asked).toEqual(['$ 0', '$.rows 0', '$.rows 900']);
});

test('a place deep in a list is opened; one that is not there is not', async () => {
  const { tree, keys } = treeOver(large);
  expect(await tree.reveal(['rows', 700, 'id'])).toBe('$.rows[700].id');
  expect(keys()).toContain('id');
  expect(await tree.reveal(['rows', 7000])).toBeUndefined();
  expect(await tree.reveal(['nothing', 'here'])).toBeUndefined();
});

test('a page that fails is told and can be asked for again', async () => {
  let isUp = false;
  const tree = createPayloadTree({ key: '', path: '$', type: 'object', text: '', size: 1 }, async () => {
    if (!isUp) throw new Error('away');
    return { nodes: [nodeOf('a', '$.a', 1)], total: 1 };
  });
  await tree.openUpper();
  expect(tree.store.getState().fault).toBeInstanceOf(Error);
  isUp = true;
  tree.need('$', 0);
  await expect.poll(() => tree.store.getState().fault).toBeUndefined();
  expect(rowsOf(tree.store.getState().tree)[0]?.node?.key).toBe('a');
});

test('keys move, open, close and pick', async () => {
  const { tree, rows } = treeOver({ a: { b: 1 }, z: 'word' });
  await tree.openUpper();
  const at = (key: string) => rows().findIndex((row) => row.node?.key === key);
  expect(moveFor('ArrowDown', rows(), at('a'), 10)).toEqual({ to: at('b') });
  expect(moveFor('ArrowUp', rows(), 0, 10)).toEqual({ to: 0 });
  expect(moveFor('ArrowLeft', rows(), at('b'), 10)).toEqual({ to: at('a') });
  expect(moveFor('ArrowLeft', rows(), at('a'), 10)).toEqual({ open: '$.a', isOpen: false });
  expect(moveFor('ArrowRight', rows(), at('z'), 10)).toBeUndefined();
  expect(moveFor('End', rows(), 0, 10)).toEqual({ to: at('z') });
  expect(moveFor('Enter', rows(), at('b'), 10)).toEqual({ pick: '$.a.b' });
  tree.closeAll();
  expect(moveFor('ArrowRight', rows(), at('a'), 10)).toEqual({ open: '$.a', isOpen: true });
  expect(rowStartingWith(rows(), 'Z', 0)).toBe(at('z'));
  expect(rowStartingWith(rows(), 'q', 0)).toBe(-1);
  expect(rowsHolding(rows(), 'WOR')).toEqual([at('z')]);
});

test('a long text is a row that opens', () => {
  const { tree, rows } = treeOver({ a: 1 });
  expect(rowsOf({ ...tree.store.getState().tree, root: nodeOf('', '$', 'word') })).toHaveLength(1);
  const long = { ...nodeOf('a', '$.a', 'x'.repeat(500)), type: 'text' as const };
  const row = { parent: '$', position: 0, siblings: 1, depth: 0, node: long, isOpen: false };
  expect(moveFor('ArrowRight', [row], 0, 10)).toEqual({ open: '$.a', isOpen: true });
  expect(rows()).toHaveLength(1);
});
