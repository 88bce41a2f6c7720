// One call in depth, through the real receiver and store: what was answered, when, what came of it; a body of 25 MB opens fast and without
// holding the loop, also after a restart.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { longestTurnMs } from '../../harness/longest-turn.ts';
import { newDataDir, startTestEngine, type TestEngine } from '../../harness/test-engine.ts';

let test: TestEngine;
let source: { id: string; url: string };
const json = { 'content-type': 'application/json' };
const post = async (body: string, headers: Record<string, string> = {}) => {
  const response = await fetch(source.url, { method: 'POST', headers: { ...json, ...headers }, body });
  return { status: response.status, text: await response.text(), headers: response.headers };
};
const newest = async () => (await test.call('captures.list', { limit: 1 })).captures[0]?.id ?? '';

beforeAll(async () => {
  test = await startTestEngine();
  source = await test.createSource();
  await test.call('mapping.save', { dataSourceId: source.id, mapping: { id: 'id', title: 'name' } });
});
afterAll(() => test.stop());

/** Answer times are written and calls are indexed a moment behind the answer. */
async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
const relatedOf = (id: string) =>
  until(async () => {
    const { related } = await test.call('captures.related', { id });
    const { capture } = await test.call('captures.get', { id });
    return related.timeline.answeredInMs !== undefined && capture.indexState !== 'waiting'
      ? related
      : undefined;
  });

it('keeps what was answered, and tells when and what came of it', async () => {
  const first = await post('{"id":1,"name":"Ada"}');
  const firstId = await newest();
  const second = await post('{"id":1,"name":"Ada Lovelace"}');
  const secondId = await newest();
  const related = await relatedOf(secondId);
  expect(related.answer?.body).toBe(second.text);
  expect(related.answer?.status).toBe(200);
  for (const [name, value] of related.answer?.headers ?? []) expect(second.headers.get(name)).toBe(value);
  expect(related.timeline.storedInMs).toBeGreaterThan(0);
  expect(related.timeline.answeredInMs).toBeGreaterThanOrEqual(related.timeline.storedInMs ?? 0);
  expect(related.items).toMatchObject([
    { externalId: '1', title: 'Ada Lovelace', version: 2, changed: ['title'] },
  ]);
  expect(related.sameItems.map(({ id }) => id)).toEqual([firstId]);
  expect((await relatedOf(firstId)).answer?.body).toBe(first.text);

  const refused = await post('{"broken": ');
  const kept = (await relatedOf(await newest())).answer;
  expect([kept?.status, kept?.body]).toEqual([400, refused.text]);
});

it('tells repeats of a delivery, and what each of them was answered', async () => {
  const github = await test.createSource('github');
  const send = async () => {
    const headers = { ...json, 'X-GitHub-Event': 'push', 'X-GitHub-Delivery': 'delivery-1' };
    return await (
      await fetch(github.url, { method: 'POST', headers, body: '{"repository":{"id":7}}' })
    ).text();
  };
  await send();
  const repeat = await send();
  const { captures } = await test.call('captures.list', { dataSourceId: github.id });
  expect(captures.map(({ outcome }) => outcome)).toEqual(['duplicate', 'accepted']);
  const related = await relatedOf(captures[0]?.id ?? '');
  expect(related.answer?.body).toBe(repeat);
  expect(related.duplicates.map(({ id }) => id)).toEqual([captures[1]?.id]);
});

it('claims no body of the answer to HEAD, which has none', async () => {
  const { status } = await fetch(source.url, { method: 'HEAD' });
  const { answer } = await relatedOf(await newest());
  expect(answer).toMatchObject({ status, body: '' });
  expect(answer?.headers.length).toBeGreaterThan(0);
});

it('copies a call to its present address, without a secret', async () => {
  await post('{"id":2,"name":"x"}', { 'X-Trace': 'abc' });
  const id = await newest();
  const { text, masked } = await test.call('captures.copyAs', { id, as: 'curl' });
  expect(text).toContain(`'${source.url}'`);
  expect(text).toContain("-H 'X-Trace: abc'");
  expect(masked).toEqual([]);
  await expect(test.call('captures.copyAs', { id: 'cap_none', as: 'curl' })).rejects.toThrow(
    /capture.missing/,
  );
});

it('copies a call with a long body as a command that reads it from a file; as raw HTTP it says what to do', async () => {
  await post(JSON.stringify({ id: 4, fill: 'z'.repeat(2 * 1024 * 1024) }));
  const id = await newest();
  const { text, bodyFile } = await test.call('captures.copyAs', { id, as: 'curl' });
  expect(bodyFile).toBe(`${id}.body`);
  expect(text).toContain(`--data-binary '@${id}.body'`);
  expect(text?.length).toBeLessThan(1000);
  await expect(test.call('captures.copyAs', { id, as: 'raw' })).rejects.toThrow(
    /at most 2,097,152 are copied with a call. Copy it as cURL, fetch, Python or HTTPie/,
  );
});

it('compares calls and versions of an item, and remembers what is left out', async () => {
  await post('{"id":3,"name":"one","at":1}');
  const left = { captureId: await newest() };
  await post('{"at":2,"name":"two","id":3}');
  const right = { captureId: await newest() };
  const { comparison } = await test.call('captures.compare', { left, right });
  expect(comparison.rows.filter(({ kind }) => kind !== 'same').map(({ path }) => path)).toEqual([
    'name',
    'at',
  ]);
  await test.call('captures.ignore', { dataSourceId: source.id, paths: ['$.at', 'header:date'] });
  await expect(test.call('captures.ignore', { dataSourceId: source.id, paths: ['$.a['] })).rejects.toThrow(
    /no path/,
  );
  expect((await test.call('captures.ignored', { dataSourceId: source.id })).paths).toEqual([
    '$.at',
    'header:date',
  ]);
  const { items } = (await relatedOf(right.captureId)) as unknown as { items: { id: string }[] };
  const itemId = items[0]?.id ?? '';
  const versions = await test.call('captures.compare', {
    left: { itemId, version: 1 },
    right: { itemId, version: 2 },
  });
  expect(versions.comparison).toMatchObject({ differences: 1, headers: [] });
  await expect(test.call('captures.compare', { left, right: { captureId: 'cap_none' } })).rejects.toThrow(
    /capture.missing/,
  );
});

it('shows a body of 25 MB in under a second without holding the loop, also after a restart', async () => {
  const dataDir = newDataDir();
  const before = await startTestEngine(dataDir);
  const { url } = await before.createSource();
  const row = (i: number) => ({
    id: i,
    name: `Person ${i}`,
    email: `person${i}@example.com`,
    score: i * 1.5,
    note: 'x'.repeat(730),
  });
  const body = JSON.stringify(Array.from({ length: 30_000 }, (_, i) => row(i)));
  expect(body.length).toBeGreaterThan(24_000_000);
  expect((await fetch(url, { method: 'POST', headers: json, body })).status).toBe(200);
  const { captures } = await before.call('captures.list', {});
  const id = captures[0]?.id ?? '';
  await before.stop();

  const after = await startTestEngine(dataDir);
  try {
    let openedMs = 0;
    const longest = await longestTurnMs(async () => {
      const began = performance.now();
      const { start } = await after.call('captures.start', { id });
      openedMs = performance.now() - began;
      expect(start).toEqual({ text: body.slice(0, 65_536), cut: true });
    });
    expect(longest).toBeLessThan(50);
    expect(openedMs).toBeLessThan(1_000);
    // The tree and the pretty text come behind it, from a worker.
    const { view } = await after.call('captures.view', { id });
    expect(view.pretty.text.startsWith('[\n  {\n    "id": 0,')).toBe(true);
    expect(view.root?.size).toBe(30_000);
    const piece = await after.call('captures.bytes', { id, offset: 24_000_000, length: 64 });
    expect(Buffer.from(piece.base64, 'base64').toString()).toBe(body.slice(24_000_000, 24_000_064));
    expect(piece.total).toBe(body.length);
  } finally {
    await after.stop();
  }
}, 120_000);
