// What tests of verification in the running receiver share: one real engine, sources whose calls are signed, signatures.
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll } from 'vitest';
import { startTestEngine, type TestEngine } from '../../harness/test-engine.ts';

export let test: TestEngine;

export const secret = 'correct horse battery';
export const json = { 'content-type': 'application/json' };
export const hmac = {
  kind: 'hmac',
  header: 'X-Signature',
  algorithm: 'sha256',
  encoding: 'hex',
  prefix: 'sha256=',
} as const;

export function signatureOf(body: string | Uint8Array, key = secret, encoding: 'hex' | 'base64' = 'hex') {
  return `sha256=${createHmac('sha256', key).update(body).digest(encoding)}`;
}

export interface Source {
  id: string;
  url: string;
  connectionId: string;
}

export async function newSource(applicationId?: string): Promise<Source> {
  const { id, url } = await test.createSource(applicationId);
  const { dataSource } = await test.call('dataSources.get', { id });
  return { id, url, connectionId: dataSource.connections[0]?.id ?? '' };
}

/** A custom source whose calls are signed with HMAC. */
export async function signedSource(key = secret): Promise<Source> {
  const source = await newSource();
  await test.call('connections.setVerification', { id: source.connectionId, scheme: hmac });
  await test.call('connections.setSecret', { id: source.connectionId, secret: key });
  return source;
}

export async function post(url: string, body: string | Uint8Array, headers: [string, string][] = []) {
  const response = await fetch(url, {
    method: 'POST',
    headers: [['content-type', 'application/json'], ...headers],
    body: body as string,
  });
  return { status: response.status, text: await response.text() };
}

export const signed = (body: string | Uint8Array, key = secret): [string, string][] => [
  ['x-signature', signatureOf(body, key)],
];

export async function newest(source: Source) {
  const { captures } = await test.call('captures.list', { dataSourceId: source.id, limit: 1 });
  const [capture] = captures;
  if (!capture) throw new Error('No call was stored.');
  return capture;
}

/** Call it once in a file. */
export function prepareVerification(): void {
  beforeAll(async () => {
    test = await startTestEngine();
  });
  afterAll(() => test.stop());
}
