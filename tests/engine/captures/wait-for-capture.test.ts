// `captures.wait` over a real engine: what it looks at, what it passes by, what it refuses.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaptureSummary } from '#contract';
import type { Captures } from '../../../main/engine/captures/captures.ts';
import { createWaitForCapture } from '../../../main/engine/captures/wait-for-capture.ts';
import type { PayloadReader } from '../../../main/engine/payloads/payload-reader.ts';
import { startTestEngine, type TestEngine } from '../../harness/test-engine.ts';

let test: TestEngine;
let source: { id: string; url: string };

beforeAll(async () => {
  test = await startTestEngine();
  source = await test.createSource();
});
afterAll(async () => await test.stop());

async function post(body: string): Promise<number> {
  const headers = { 'content-type': 'application/json' };
  return (await fetch(source.url, { method: 'POST', body, headers })).status;
}

const at = (id: string) => ({ match: [{ path: 'id', equals: id }] });

describe('captures.wait', () => {
  it('passes by a call whose body cannot be read', async () => {
    const waiting = test.call('captures.wait', { ...at('wanted'), after: 0, timeoutMs: 20_000 });
    expect(await post('{broken')).toBe(400);
    expect(await post('{"id": "wanted"}')).toBe(200);
    expect((await waiting).capture).toMatchObject({ outcome: 'accepted' });
  });

  it('finds the oldest call that fits, however many came behind it', async () => {
    const wanted = (await test.call('captures.wait', { ...at('wanted'), after: 0, timeoutMs: 0 })).capture;
    const bodies = Array.from({ length: 210 }, (_, i) => `{"id": "later ${i}"}`);
    for (let from = 0; from < bodies.length; from += 30) {
      await Promise.all(bodies.slice(from, from + 30).map(post));
    }
    await post('{"id": "wanted"}');
    const found = await test.call('captures.wait', { ...at('wanted'), after: 0, timeoutMs: 0 });
    expect(found.capture?.id).toBe(wanted?.id);
    const first = await test.call('captures.wait', { after: 0, timeoutMs: 0 });
    expect(first.capture?.sequence).toBe(1);
  });

  it('looks at calls of other data sources once, however often one comes', async () => {
    let newest = 1_000;
    const looked: number[] = [];
    const list: Captures['list'] = ({ limit, after = 0 }) => {
      if (limit === 1) return { captures: [{ sequence: newest } as CaptureSummary] };
      looked.push(after);
      return { captures: [] };
    };
    let tell = () => undefined as unknown;
    const wait = createWaitForCapture({
      captures: { list } as Captures,
      reader: {} as PayloadReader,
      subscribe(listener) {
        tell = () => listener('captures.received', {});
        return () => undefined;
      },
    });
    const waiting = wait(
      { dataSourceId: source.id, after: 0, timeoutMs: 1_500 },
      new AbortController().signal,
    );
    await expect.poll(() => looked).toEqual([0, 200, 400, 600, 800]);
    newest += 1;
    tell();
    expect(await waiting).toBeUndefined();
    expect(looked).toEqual([0, 200, 400, 600, 800, 1_000]);
  });

  it('refuses a path that is none, at once', async () => {
    const match = [
      { path: 'id', equals: '1' },
      { path: 'a[', equals: '1' },
    ];
    await expect(test.call('captures.wait', { match, timeoutMs: 20_000 })).rejects.toThrow(
      /input\.invalid: "a\[" is no path: .+/,
    );
  });
});
