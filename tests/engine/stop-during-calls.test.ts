// Calls that are under way when the engine stops, and those that come after: told that it stops, never that something unexpected happened.
import { expect, it } from 'vitest';
import { startTestEngine } from '../harness/test-engine.ts';

it('answers calls during and after a stop with engine.stopping', async () => {
  const test = await startTestEngine();
  const { id, url } = await test.createSource();
  const body = JSON.stringify(
    Array.from({ length: 400 }, (_, index) => ({ id: index, text: 'x'.repeat(400) })),
  );
  for (let count = 0; count < 10; count += 1) {
    await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  }
  const mapping = { id: '$..id', title: 'text' };
  const { signal } = new AbortController();
  const asked = [
    test.engine.dispatch('mapping.save', { dataSourceId: id, mapping }, signal),
    test.engine.dispatch('mapping.dryRun', { dataSourceId: id, mapping }, signal),
    test.engine.dispatch('mapping.coverage', { dataSourceId: id, mapping }, signal),
  ];
  const stopping = test.stop();
  const late = await test.engine.dispatch('dataSources.list', {}, signal);
  await stopping;
  for (const answer of [...(await Promise.all(asked)), late]) {
    expect(answer).toMatchObject({ problem: { code: 'engine.stopping' } });
  }
  expect(test.logLines.filter((line) => line.includes('unexpectedly'))).toEqual([]);
});
