// What tests of the receiver share: one real engine with a source, and how a call is sent to it and found in its store.
import { afterAll, beforeAll, expect } from 'vitest';
import { startTestEngine, type TestEngine } from '../../harness/test-engine.ts';

export let test: TestEngine;
export let source: { id: string; url: string };

interface Answer {
  status: number;
  body: { ok?: boolean; id?: string; items?: number; error?: { code: string; message: string; at?: object } };
  headers: Headers;
}

export async function send(
  body: string | Uint8Array | undefined,
  headers: Record<string, string> = {},
  method = 'POST',
  url = source.url,
): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers,
    ...(body === undefined ? {} : { body: body as string }),
  });
  const text = await response.text();
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1024);
  return { status: response.status, body: text === '' ? {} : JSON.parse(text), headers: response.headers };
}

export const json = { 'content-type': 'application/json' };
export const captureOf = async (answer: Answer) =>
  (await test.call('captures.get', { id: answer.body.id ?? '' })).capture;
export const newest = async () => {
  const { captures } = await test.call('captures.list', { dataSourceId: source.id, limit: 1 });
  return (await test.call('captures.get', { id: captures[0]?.id ?? '' })).capture;
};

/** Call it once in a file. */
export function prepareReceiver(): void {
  beforeAll(async () => {
    test = await startTestEngine();
    source = await test.createSource();
  });
  afterAll(() => test.stop());
}
