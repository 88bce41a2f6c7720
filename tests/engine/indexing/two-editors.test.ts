// Two windows on one mapping: who writes on an older state is told, and nothing is overwritten.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startTestEngine, type TestEngine } from '../../harness/test-engine.ts';

let test: TestEngine;
let dataSourceId: string;

beforeEach(async () => {
  test = await startTestEngine();
  dataSourceId = (await test.createSource()).id;
});
afterEach(() => test.stop());

const get = () => test.call('mapping.get', { dataSourceId });
const keep = (title: string, basedOn?: string) =>
  test.call('mapping.keepDraft', { dataSourceId, mapping: { id: 'id', title }, ...(basedOn && { basedOn }) });

it('refuses a draft and a save on an older state, and takes them without one', async () => {
  const { stamp } = await get();
  const mine = await keep('mine', stamp);
  await expect(keep('theirs', stamp)).rejects.toThrow(/mapping.conflict.*Nothing was overwritten/);
  const mapping = { id: 'id', title: 'theirs' };
  await expect(test.call('mapping.save', { dataSourceId, mapping, basedOn: stamp })).rejects.toThrow(
    /mapping.conflict/,
  );
  expect((await get()).draft).toMatchObject({ title: 'mine' });
  const saved = await test.call('mapping.save', { dataSourceId, mapping, basedOn: mine.stamp });
  expect(await get()).toMatchObject({ mapping, stamp: saved.stamp });
  await expect(keep('late', mine.stamp)).rejects.toThrow(/mapping.conflict/);
  await keep('on purpose');
  expect((await get()).draft).toMatchObject({ title: 'on purpose' });
});

it('tells every change with the state that it leads to', async () => {
  const told: string[] = [];
  test.engine.subscribe((event, data) => {
    if (event === 'mapping.changed') told.push((data as { stamp: string }).stamp);
  });
  const { stamp } = await keep('one');
  const saved = await test.call('mapping.save', { dataSourceId, mapping: { id: 'id', title: 'two' } });
  expect(told).toEqual([stamp, (await get()).stamp]);
  expect(saved).toEqual({ indexed: 0 });
});
