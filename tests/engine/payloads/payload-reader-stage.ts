// What tests of the payload reader share: readers that end behind each test, payloads, and what a refusal says.
import { afterEach } from 'vitest';
import { ProblemError } from '#contract';
import {
  createPayloadReader,
  type PayloadReader,
  type PayloadReaderOptions,
  type PayloadSource,
} from '../../../main/engine/payloads/payload-reader.ts';

const readers: PayloadReader[] = [];
export function newReader(options?: PayloadReaderOptions): PayloadReader {
  const reader = createPayloadReader(options);
  readers.push(reader);
  return reader;
}

export function source(body: string | Uint8Array, more: Partial<PayloadSource> = {}): PayloadSource {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  return { key: '', body: bytes, contentType: 'application/json', headers: [], query: '', ...more };
}
export async function problemOf(promise: Promise<unknown>): Promise<ProblemError['problem']> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  throw new Error('did not fail');
}
export const mapping = { id: 'id', title: 'name' };

/** A JSON list of about `megabytes`, of flat objects with digits that a double would lose. */
export function largeJson(megabytes: number): Uint8Array {
  const pad = 'x'.repeat(500);
  const rows: string[] = [];
  for (let i = 0, size = 0; size < megabytes * 1024 * 1024; i++) {
    const row = `{"id":1234567890123456${1000 + (i % 9000)}${i},"price":1.10,"name":"Item ${i}","note":"${pad}"}`;
    rows.push(row);
    size += row.length + 1;
  }
  return new TextEncoder().encode(`[${rows.join(',')}]`);
}

/** Ends the readers behind each test. Call it once in a file. */
export function preparePayloadReaders(): void {
  afterEach(async () => {
    await Promise.all(readers.splice(0).map((reader) => reader.stop()));
  });
}
