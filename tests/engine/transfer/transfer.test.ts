// Captures as files: what is exported comes back byte for byte, nothing secret leaves unasked, and a file that is not ours changes nothing.
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallInput } from '#contract';
import { createCatalog } from '../../../main/engine/catalog/catalog.ts';
import { isSecretName } from '../../../main/engine/transfer/mask-record.ts';
import { startTestEngine, type TestEngine } from '../../harness/test-engine.ts';

const secret = 'whsec_very-secret-value';
let from: TestEngine;
let sourceId: string;
let token: string;
const bodies: Record<string, Buffer> = {
  json: Buffer.from(
    '{ "id": 12345678901234567890, "token": "abcd1234", "user": {"email": "ada@example.com"} }',
  ),
  form: Buffer.from('type=subscribe&data[email]=ada%40example.com&signature=f00dbabe'),
  xml: Buffer.from('<order><id>007</id><title>Tea &amp; cake</title></order>'),
  latin: Buffer.from([0x7b, 0x22, 0x69, 0x64, 0x22, 0x3a, 0x22, 0xfc, 0x22, 0x7d]),
  broken: Buffer.from('{"id": '),
};

async function post(url: string, body: Buffer, headers: Record<string, string>) {
  const answer = await fetch(`${url}?page=2&api_key=k-secret`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, ...headers },
    body: new Uint8Array(body),
  });
  await answer.text();
}

beforeAll(async () => {
  from = await startTestEngine();
  const { id, url } = await from.createSource();
  sourceId = id;
  token = url.split('/').at(-1) ?? '';
  await post(url, bodies['json'] as Buffer, { 'content-type': 'application/json' });
  await post(url, bodies['form'] as Buffer, { 'content-type': 'application/x-www-form-urlencoded' });
  await post(url, bodies['xml'] as Buffer, { 'content-type': 'application/xml' });
  await post(url, bodies['latin'] as Buffer, { 'content-type': 'application/json; charset=iso-8859-1' });
  await post(url, gzipSync(bodies['json'] as Buffer), {
    'content-type': 'application/json',
    'content-encoding': 'gzip',
  });
  await post(url, bodies['broken'] as Buffer, { 'content-type': 'application/json' });
});
afterAll(() => from.stop());

async function fileOf(input: CallInput<'captures.download'>): Promise<string> {
  const { ticket } = await from.call('captures.download', input);
  let text = '';
  for await (const part of from.engine.openDownload(ticket)?.parts ?? []) text += part;
  return text;
}

async function upload(to: TestEngine, fileName: string, content: string): Promise<string> {
  const bytes = Buffer.from(content);
  const { file } = await to.call('captureFiles.begin', { fileName, size: bytes.length });
  await to.call('captureFiles.append', { id: file.id, offset: 0, base64: bytes.toString('base64') });
  return file.id;
}

async function bodiesOf(engine: TestEngine, dataSourceId: string): Promise<string[]> {
  const { captures } = await engine.call('captures.list', { dataSourceId });
  const all = await Promise.all(captures.map(({ id }) => engine.call('captures.body', { id })));
  return all.map(({ base64 }) => base64).sort();
}

describe('an export and its import', () => {
  it.each(['ndjson', 'json', 'har'] as const)(
    '%s: every byte, header and fact comes back',
    async (format) => {
      const file = await fileOf({ format, dataSourceId: sourceId, unmasked: true });
      const to = await startTestEngine();
      try {
        const id = await upload(to, `calls.${format}`, file);
        const { file: checked } = await to.call('captureFiles.check', { id });
        expect(checked.content).toMatchObject({
          calls: 6,
          masked: 0,
          sources: [{ name: 'Test source', calls: 6 }],
        });
        const applied = await to.call('captureFiles.apply', { id });
        expect(applied.calls).toBe(6);
        const [dataSourceId = ''] = applied.dataSourceIds;
        expect((await to.call('dataSources.get', { id: dataSourceId })).dataSource.name).toBe(
          'Test source (imported)',
        );
        expect(await bodiesOf(to, dataSourceId)).toEqual(await bodiesOf(from, sourceId));
        const { captures } = await to.call('captures.list', { dataSourceId });
        const before = await from.call('captures.list', { dataSourceId: sourceId });
        const facts = (list: typeof captures) =>
          list
            .map((each) => [
              each.receivedAt,
              each.method,
              each.path,
              each.outcome,
              each.status,
              each.format,
              each.rejection?.code,
            ])
            .sort();
        expect(facts(captures)).toEqual(facts(before.captures));
        // In the order in which they came: the last one decides what an item is.
        expect(captures.map(({ size }) => size)).toEqual(before.captures.map(({ size }) => size));
        expect(captures.every(({ origin, runsModules }) => origin === 'import' && !runsModules)).toBe(true);
        const [newest] = captures.filter(({ outcome }) => outcome === 'accepted');
        const twin = before.captures.find(
          ({ receivedAt, size }) => receivedAt === newest?.receivedAt && size === newest.size,
        );
        const headers = async (engine: TestEngine, captureId = '') =>
          (await engine.call('captures.get', { id: captureId })).capture;
        expect((await headers(to, newest?.id)).headers).toEqual((await headers(from, twin?.id)).headers);
        expect((await headers(to, newest?.id)).query).toBe('page=2&api_key=k-secret');
      } finally {
        await to.stop();
      }
    },
  );

  it('makes items of what was taken in, under a mapping that is saved later', async () => {
    const to = await startTestEngine();
    try {
      const id = await upload(
        to,
        'calls.ndjson',
        await fileOf({ format: 'ndjson', dataSourceId: sourceId, unmasked: true }),
      );
      const { dataSourceIds } = await to.call('captureFiles.apply', { id });
      const dataSourceId = dataSourceIds[0] ?? '';
      await to.call('mapping.save', { dataSourceId, mapping: { id: 'id', title: 'user.email' } });
      const { items } = await to.call('items.list', { dataSourceId });
      expect(items.map(({ externalId }) => externalId)).toContain('12345678901234567890');
    } finally {
      await to.stop();
    }
  });

  it('is a HAR 1.2 that other tools read', async () => {
    const { log } = JSON.parse(await fileOf({ format: 'har', dataSourceId: sourceId }));
    expect(log).toMatchObject({ version: '1.2', creator: { name: 'Hookbench' } });
    expect(log.entries).toHaveLength(6);
    for (const entry of log.entries) {
      expect(entry).toMatchObject({
        startedDateTime: expect.stringMatching(/^\d{4}-/),
        time: expect.any(Number),
        request: { method: 'POST', httpVersion: 'HTTP/1.1', cookies: [], headersSize: -1 },
        response: { status: expect.any(Number), content: { mimeType: expect.any(String) }, redirectURL: '' },
        cache: {},
        timings: { send: 0, wait: expect.any(Number), receive: 0 },
      });
      expect(URL.canParse(entry.request.url)).toBe(true);
    }
  });

  it('takes the requests of a HAR of another tool', async () => {
    const har = {
      log: {
        version: '1.2',
        creator: { name: 'Another', version: '1' },
        entries: [
          {
            startedDateTime: '2026-11-24T09:00:00.000Z',
            time: 5,
            request: {
              method: 'POST',
              url: 'https://shop.example/hooks?x=1',
              headers: [
                { name: ':authority', value: 'shop.example' },
                { name: 'content-type', value: 'application/json' },
              ],
              postData: { mimeType: 'application/json', text: '{"id":1}' },
            },
            response: { status: 204 },
          },
        ],
      },
    };
    const to = await startTestEngine();
    try {
      const { dataSourceIds } = await to.call('captureFiles.apply', {
        id: await upload(to, 'x.har', JSON.stringify(har)),
      });
      const { captures } = await to.call('captures.list', { dataSourceId: dataSourceIds[0] });
      expect(captures).toMatchObject([
        { method: 'POST', path: '/hooks', outcome: 'accepted', format: 'json', itemCount: 1 },
      ]);
    } finally {
      await to.stop();
    }
  });
});

describe('masks', () => {
  it.each(['ndjson', 'json', 'har', 'csv'] as const)(
    '%s: nothing secret leaves unless it is asked for',
    async (format) => {
      const masked = await fileOf({
        format,
        dataSourceId: sourceId,
        maskPaths: ['user.email', 'data.email'],
      });
      for (const text of [
        secret,
        token,
        'k-secret',
        'abcd1234',
        'f00dbabe',
        'ada@example.com',
        'ada%40example.com',
      ]) {
        expect(masked).not.toContain(text);
      }
      // What is no secret stays, with its digits.
      expect(masked).toContain('12345678901234567890');
      expect(await fileOf({ format: 'ndjson', dataSourceId: sourceId, unmasked: true })).toContain(secret);
    },
  );

  it('know the header of every signature of the catalog', () => {
    const catalog = createCatalog();
    const headers = catalog.list().flatMap(({ id }) => catalog.get(id)?.signature?.header ?? []);
    expect(headers.length).toBeGreaterThan(30);
    expect(headers.filter((name) => !isSecretName(name))).toEqual([]);
  });

  it('refuse a path that would mask nothing by mistake, and take one that starts at the root', async () => {
    for (const path of ['user[', '$headers["x-email"]']) {
      const input = { maskPaths: ['user.email', path] };
      await expect(from.call('captures.export', input)).rejects.toThrow('cannot be masked');
      await expect(from.call('captures.download', { format: 'har', ...input })).rejects.toThrow(
        `input.invalid: "${path}" cannot be masked`,
      );
    }
    const { ndjson } = await from.call('captures.export', { maskPaths: ['$root.user.email'] });
    expect(ndjson).toContain(String.raw`"user\":{\"email\":\"[masked]\"}`);
    expect(ndjson).not.toContain(String.raw`"email\":\"ada@example.com`);
  });

  it('leave a body that holds nothing secret as it came', async () => {
    const { ndjson } = await from.call('captures.export', { dataSourceId: sourceId });
    const xml = ndjson.split('\n').find((line) => line.includes('"format":"xml"')) ?? '{}';
    expect(JSON.parse(xml).text).toBe((bodies['xml'] as Buffer).toString());
  });
});

describe('an export', () => {
  it('of chosen calls, of a search, page by page', async () => {
    const { captures } = await from.call('captures.list', { dataSourceId: sourceId });
    const ids = captures.slice(0, 2).map(({ id }) => id);
    expect((await fileOf({ format: 'ndjson', ids })).trimEnd().split('\n')).toHaveLength(2);
    const rejected = await from.call('captures.export', { dataSourceId: sourceId, outcome: 'rejected' });
    expect(rejected.count).toBe(1);
    const first = await from.call('captures.export', { dataSourceId: sourceId, limit: 4 });
    expect(first).toMatchObject({ count: 4, next: expect.any(String) });
    const rest = await from.call('captures.export', { dataSourceId: sourceId, limit: 4, before: first.next });
    expect(rest.count).toBe(2);
  });

  it('defuses what a spreadsheet would take for a formula', async () => {
    const { id, url } = await from.createSource();
    await fetch(url, { method: 'POST', body: '=1+1', headers: { 'content-type': 'text/plain' } });
    expect(await fileOf({ format: 'csv', dataSourceId: id })).toContain("'=1+1");
  });
});

describe('a file that is not ours', () => {
  it.each([
    ['nothing', 'a.json', ' ', /empty/],
    ['a text', 'a.txt', 'hello', /no file of calls/],
    ['an object of somebody else', 'a.ndjson', '{"hello":1}\n', /Line 1 is no call that Hookbench exported/],
    ['a broken line', 'a.ndjson', '{"kind":\n', /Line 1 is not valid JSON/],
    ['a list of something else', 'a.json', '[{"id":1}]', /Element 1 is no call/],
    ['a HAR without entries', 'a.har', '{"log":{"version":"1.2"}}', /log\.entries is missing/],
    [
      'a HAR with a broken entry',
      'a.har',
      '{"log":{"entries":[{"request":{"method":"GET"}}]}}',
      /Entry 1: request\.url/,
    ],
  ])('%s: refused with the place, and nothing is made', async (_what, fileName, content, reason) => {
    const to = await startTestEngine();
    try {
      const id = await upload(to, fileName, content);
      await expect(to.call('captureFiles.apply', { id })).rejects.toThrow(reason);
      expect((await to.call('dataSources.list', {})).dataSources).toEqual([]);
    } finally {
      await to.stop();
    }
  });

  it('a good line behind which a bad one stands changes nothing either', async () => {
    const to = await startTestEngine();
    try {
      const good = await fileOf({ format: 'ndjson', dataSourceId: sourceId });
      const { id: dataSourceId } = await to.createSource();
      const id = await upload(to, 'calls.ndjson', `${good}{"kind":"hookbench.capture","version":1}\n`);
      await expect(to.call('captureFiles.apply', { id, dataSourceId })).rejects.toThrow(/Line 7: "id"/);
      expect((await to.call('captures.list', { dataSourceId })).captures).toEqual([]);
      await expect(to.call('captureFiles.apply', { id: 'fil_unknown' })).rejects.toThrow(
        'captureFile.missing',
      );
    } finally {
      await to.stop();
    }
  });
});
