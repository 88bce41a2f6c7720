// The mapping as it is edited: edits, undo, redo, and what the engine is asked to keep.
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Mapping } from '#contract';
import {
  draftOf,
  type Edit,
  edited,
  mappingOf,
  redone,
  startHistory,
  undone,
} from '../../../../renderer/features/mapping/mapping-draft.ts';
import { createMappingEditorStore } from '../../../../renderer/features/mapping/mapping-editor-store.ts';

const initial: Mapping = { id: 'id', title: '' };
const field = { name: 'price', path: 'price', type: 'number' as const };

const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ row: fc.constantFrom('id' as const, 'title' as const, 'split' as const), path: fc.string() }),
  fc.record({ row: fc.constant('fields.0' as const), name: fc.string() }),
  fc.constant({ addField: true as const }),
  fc.constant({ removeField: 0 }),
  fc.constant({ take: { ...initial, split: '$.a[*]' } }),
);

test('a mapping comes back from its draft as it was', () => {
  const whole: Mapping = { id: 'a', title: 'b', split: '$.x[*]', fields: [field] };
  expect(mappingOf(draftOf(whole))).toEqual(whole);
  expect(mappingOf(draftOf(initial))).toEqual(initial);
});

test('undo goes back to every step, redo forth again', () => {
  fc.assert(
    fc.property(fc.array(anyEdit, { maxLength: 30 }), (edits) => {
      const start = startHistory(draftOf(initial));
      const end = edits.reduce((history, edit, index) => edited(history, edit, index * 5000), start);
      const back = edits.reduce(undone, end);
      expect(back.draft).toEqual(start.draft);
      expect(edits.reduce(redone, back).draft).toEqual(end.draft);
    }),
  );
});

test('typing in one place is one step', () => {
  let history = startHistory(draftOf(initial));
  for (const [index, path] of ['d', 'da', 'dat'].entries())
    history = edited(history, { row: 'title', path }, index * 100);
  history = edited(history, { row: 'id', path: 'x' }, 300);
  expect(undone(history).draft.title).toBe('dat');
  expect(undone(undone(history)).draft.title).toBe('');
});

test('a picked value names a new field and leaves a named one its name', () => {
  const pick = { path: 'data.price', name: 'price', type: 'number' as const };
  let history = edited(startHistory(draftOf(initial)), { addField: true }, 0);
  history = edited(history, { row: 'fields.0', pick }, 0);
  expect(mappingOf(history.draft).fields).toEqual([{ name: 'price', path: 'data.price', type: 'number' }]);
  history = edited(history, { row: 'fields.0', pick: { ...pick, path: 'other', name: 'other' } }, 0);
  expect(mappingOf(history.draft).fields).toEqual([{ name: 'price', path: 'other', type: 'number' }]);
});

test('a field keeps its key while others go', () => {
  let history = startHistory(draftOf({ ...initial, fields: [field, { ...field, name: 'second' }] }));
  const [, second] = history.draft.fields;
  history = edited(history, { removeField: 0 }, 0);
  expect(history.draft.fields).toEqual([second]);
});

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('the engine keeps the last draft, once typing pauses or the screen is left', async () => {
  const kept: Mapping[] = [];
  const editor = createMappingEditorStore(initial, async (mapping) => {
    kept.push(mapping);
    return 'kept';
  });
  expect(editor.store.getState().focused).toBe('title');
  editor.edit({ row: 'title', path: 'd' });
  editor.edit({ row: 'title', path: 'data' });
  expect(editor.store.getState().kept).toBe('keeping');
  await vi.advanceTimersByTimeAsync(1000);
  expect(kept).toEqual([{ id: 'id', title: 'data' }]);
  expect(editor.store.getState().kept).toBe('kept');
  editor.undo();
  editor.flush();
  expect(kept.at(-1)).toEqual(initial);
});

test('a draft that the engine could not keep is told, and kept when the engine is back', async () => {
  let isUp = false;
  const editor = createMappingEditorStore(initial, async () => {
    if (!isUp) throw new Error('away');
    return 'kept';
  });
  editor.edit({ row: 'title', path: 'd' });
  await vi.advanceTimersByTimeAsync(1000);
  expect(editor.store.getState().kept).toBe('failed');
  isUp = true;
  editor.keepAgain();
  await vi.advanceTimersByTimeAsync(0);
  expect(editor.store.getState().kept).toBe('kept');
});

test('a draft that another window has changed is held until somebody chooses', async () => {
  const sent: string[] = [];
  const editor = createMappingEditorStore(initial, async (mapping, how) => {
    sent.push(`${how} ${mapping.title}`);
    return how === 'always' ? 'kept' : 'conflict';
  });
  editor.edit({ row: 'title', path: 'mine' });
  await vi.advanceTimersByTimeAsync(1000);
  expect(editor.store.getState().kept).toBe('conflict');
  editor.edit({ row: 'title', path: 'mine.too' });
  editor.flush();
  await vi.advanceTimersByTimeAsync(1000);
  expect(sent).toEqual(['checked mine']);
  editor.insist();
  await vi.advanceTimersByTimeAsync(0);
  expect(sent).toEqual(['checked mine', 'always mine.too']);
  expect(editor.store.getState().kept).toBe('kept');
});

test('a removed field gives the focus to a row that is there', () => {
  const editor = createMappingEditorStore(initial, async () => 'kept');
  editor.edit({ addField: true });
  expect(editor.store.getState().focused).toBe('fields.0');
  editor.edit({ removeField: 0 });
  expect(editor.store.getState().focused).toBe('title');
  editor.flush();
});
