// What each flag does, against a running engine and a server that writes down what arrives.
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { begin } from '../harness/command-line.ts';
import { startTestEngine, type TestEngine } from '../harness/test-engine.ts';

interface Arrived {
  headers: NodeJS.Dict<string | string[]>;
  body: string;
}

let test: TestEngine;
let server: Server;
let to: string;
let arrived: Arrived[] = [];
let shop: string;
/** The calls, first come first. */
const ids: string[] = [];

async function hookbench(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await begin([...args, '--data-dir', test.dataDir]).ended;
  expect([code, stderr]).toEqual([0, '']);
  return stdout;
}

const json = async (...args: string[]) => JSON.parse(await hookbench(...args, '--json'));

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      arrived.push({ headers: request.headers, body });
      response.writeHead(200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  to = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  test = await startTestEngine();
  const { dataSource } = await test.call('dataSources.create', { kind: 'custom', name: 'Shop' });
  shop = dataSource.id;
  await test.call('dataSources.create', { kind: 'cloudApplication', applicationId: 'github', name: 'Git' });
  for (const id of [1, 2, 3]) {
    const body = JSON.stringify({ id, title: `Order ${id}`, lines: [{ sku: `sku-of-${id}` }] });
    const sent = await json('send', 'shop', '--data', body, '--type', 'application/vnd.shop+json');
    ids.push((JSON.parse(sent.body) as { id: string }).id);
  }
  await begin(['send', 'shop', '--data', '{broken', '--data-dir', test.dataDir]).ended;
  await hookbench('send', 'git');
});
beforeEach(() => {
  arrived = [];
});
afterAll(async () => {
  server.close();
  await test.stop();
});

const bodies = () => arrived.map(({ body }) => JSON.parse(body));

describe('flags of captures', () => {
  it('choose, and say how many', async () => {
    const list = async (...args: string[]) =>
      ((await json('captures', 'list', ...args)) as { id: string }[]).map(({ id }) => id);
    expect(await list('--source', 'shop', '--outcome', 'accepted')).toEqual([...ids].reverse());
    expect(await list('--source', shop, '--outcome', 'accepted', '--limit', '1')).toEqual([ids[2]]);
    expect(await list('--query', '"Order 2"')).toEqual([ids[1]]);
    expect(await list('--limit', '10000')).toHaveLength(5);
    const found = await json('captures', 'search', '"Order', '2"', '--source', 'shop', '--limit', '5');
    expect(found).toMatchObject([{ id: ids[1] }]);
    expect(await json('captures', 'search', 'status:rejected', '--outcome', 'accepted')).toEqual([]);
  });

  it('write what was chosen, masked or not, and take it into a source', async () => {
    const out = join(test.dataDir, 'calls.json');
    const written = await json(
      ...[
        'captures',
        'export',
        '--format',
        'json',
        '--out',
        out,
        '--source',
        'shop',
        '--outcome',
        'accepted',
      ],
      ...['--query', '"Order 3"', '--mask', 'lines[*].sku'],
    );
    expect(written).toEqual({ calls: 1, file: out });
    expect(readFileSync(out, 'utf8')).toMatch(/Order 3.*\[masked\]/);
    expect(readFileSync(out, 'utf8')).not.toContain('sku-of-3');
    expect(await hookbench('captures', 'export', '--source', 'shop', '--unmasked')).toMatch(
      /"\/in\/[\w-]{16,}"/,
    );
    const taken = await json('captures', 'import', out, '--source', 'git');
    expect(taken).toMatchObject({ calls: 1, dataSourceIds: [expect.not.stringMatching(shop)] });
  });
});

describe('flags of replay', () => {
  it('change what is sent', async () => {
    const args = ['--to', to, '--set', 'title= Tea ', '--set', 'lines', '--header', 'X-Run: nightly'];
    await hookbench('replay', String(ids[0]), ...args, '--header', 'content-type', '--keep-host');
    expect(bodies()).toEqual([{ id: 1, title: ' Tea ' }]);
    expect(arrived[0]?.headers).toMatchObject({ 'x-run': 'nightly' });
    expect(arrived[0]?.headers['content-type']).toBeUndefined();
    expect(arrived[0]?.headers.host).not.toBe(new URL(to).host);
  });

  it('choose and order what is sent, so often and so fast', async () => {
    const query = ['--query', 'order', '--source', 'shop', '--outcome', 'accepted', '--to', to];
    await hookbench('replay', ...query, '--order', 'reversed', '--repeat', '2', '--rate', '500');
    expect(bodies().map(({ id }) => id)).toEqual([3, 2, 1, 3, 2, 1]);
    arrived = [];
    await hookbench(
      'replay',
      ...query,
      '--burst',
      '--since',
      '2020-01-01',
      '--until',
      '2100-01-01T00:00:00Z',
    );
    expect(
      bodies()
        .map(({ id }) => id)
        .sort(),
    ).toEqual([1, 2, 3]);
    const none = await begin(['replay', ...query, '--since', '2100-01-01', '--data-dir', test.dataDir]).ended;
    expect(none).toMatchObject({ code: 1, stderr: expect.stringContaining('No call fits') });
  });

  it('sign again, repeat a delivery, and let modules run', async () => {
    const event = ['--event', 'pull_request', '--source', 'git', '--outcome', 'accepted'];
    await hookbench('replay', ...event, '--sign', '--modules');
    const twice = await json('replay', ...event, '--same-delivery');
    const { newCaptureId } = twice.attempts[0];
    expect((await json('captures', 'show', newCaptureId)).outcome).toBe('duplicate');
    const { jobs } = await test.call('replays.list', {});
    expect(jobs.map(({ options }) => options)).toEqual(
      expect.arrayContaining([expect.objectContaining({ signing: 'again', runsModules: true })]),
    );
  });
});

describe('flags of forward', () => {
  it('make the rule that they say', async () => {
    const rule = await json(
      ...['forward', 'add', '--name', 'All of it', '--source', 'shop', '--to', to, '--to', `${to}2`],
      ...['--event', 'push', '--event', 'ping', '--outcome', 'accepted', '--header', 'X-A: b'],
      ...['--replace-headers', '--keep-host', '--replays'],
    );
    expect(rule).toMatchObject({
      name: 'All of it',
      dataSourceId: shop,
      urls: [to, `${to}2`],
      filter: { eventTypes: ['push', 'ping'], outcomes: ['accepted'] },
      headers: { mode: 'replaced', set: [{ name: 'X-A', value: 'b' }], keepHost: true },
      includesReplays: true,
    });
    expect(await json('forward', 'list', '--source', 'git')).toEqual([]);
    expect(await json('forward', 'pause', 'all of it')).toMatchObject({ enabled: false });
    expect(await json('forward', 'resume', rule.id)).toMatchObject({ enabled: true });
    expect(await json('forward', 'results', 'All of it')).toEqual([]);
    expect(await json('forward', 'remove', 'All of it')).toEqual({ id: rule.id });
  });
});

describe('flags of the rest', () => {
  it('name one of several connections', async () => {
    const { dataSource } = await test.call('dataSources.create', { kind: 'custom', name: 'Chain' });
    await test.call('connections.add', { dataSourceId: dataSource.id, name: 'Second shop' });
    const urls = [
      await hookbench('url', 'chain'),
      await hookbench('url', 'chain', '--connection', 'second SHOP'),
    ];
    expect(new Set(urls).size).toBe(2);
    const sent = await json('send', 'chain', '--data', '{}', '--connection', 'Second shop');
    const { id } = JSON.parse(sent.body) as { id: string };
    const { connectionId } = await json('captures', 'show', id);
    expect(connectionId).toBe((await json('url', 'chain', '--connection', 'Second shop')).id);
    await hookbench('send', 'chain', '--connection', 'Second shop');
    expect((await json('captures', 'list', '--limit', '1'))[0].connectionId).toBe(connectionId);
    const none = await begin(['url', 'chain', '--connection', 'x', '--data-dir', test.dataDir]).ended;
    expect(none).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(
        /"Chain" has no connection "x"\. It has "Chain" \(con_\w+\), "Second shop"/,
      ),
    });
  });

  it('fire a sample at a URL', async () => {
    await test.call('samples.save', { captureId: String(ids[1]), name: 'The second' });
    const fired = await json('send', 'shop', '--sample', 'The second', '--to', to);
    expect(fired).toMatchObject({ job: { state: 'done' }, attempt: { status: 200 } });
    expect(bodies()).toMatchObject([{ id: 2 }]);
  });

  it('start and stop the tunnel', async () => {
    await test.call('settings.update', { tunnel: { provider: 'fixed', fixedUrl: 'http://127.0.0.1:9' } });
    const refused = await begin(['tunnel', 'start', '--data-dir', test.dataDir]).ended;
    expect(refused).toMatchObject({ code: 1, stdout: expect.stringMatching(/^\w+ .+\n$/) });
    expect(await json('tunnel', 'stop')).toMatchObject({ status: 'off' });
  });

  it('list names, items and the tunnel', async () => {
    expect((await hookbench('sources', '--names')).trim().split('\n').sort()).toEqual([
      'Chain',
      'Git',
      'Shop',
    ]);
    await test.call('mapping.save', {
      dataSourceId: shop,
      mapping: { id: 'id', title: 'title', fields: [] },
    });
    await expect.poll(() => json('items', 'shop')).toHaveLength(3);
    expect(await json('items', 'shop', '--limit', '1')).toHaveLength(1);
    expect(await json('items', 'shop', '--search', 'order 2')).toMatchObject([{ externalId: '2' }]);
    expect(await json('tunnel')).toMatchObject({ status: 'off' });
    expect(await json('captures', 'body', String(ids[0]))).toEqual({ base64: expect.any(String) });
    expect(await json('url', 'shop')).toMatchObject({ name: 'Shop', reach: 'computer' });
  });

  it('of wait and assert reach headers, every depth and lists', async () => {
    const after = ['--source', 'shop', '--after', '0', '--outcome', 'accepted'];
    const path = [
      '$headers["content-type"]=application/vnd.shop+json',
      '$..sku=sku-of-2',
      'lines[*].sku=sku-of-2',
    ];
    for (const each of path) {
      const waited = await json('wait', ...after, '--match', each, '--timeout', '0');
      expect(waited.id).toBe(each.includes('sku') ? ids[1] : ids[0]);
    }
    const shops = path[0] ?? '';
    expect(
      await hookbench('assert', ...after, '--query', 'order', '--every', shops, '--some', path[1] ?? ''),
    ).toBe(`holds  every ${shops}: 3 of 3 calls\nholds  some ${path[1]}: 1 of 3 calls\n`);
    expect(await json('assert', ...after, '--max', '3')).toMatchObject({ held: true, calls: 3 });
    const { code } = await begin([
      'assert',
      ...after,
      '--none',
      '$..sku=sku-of-2',
      '--data-dir',
      test.dataDir,
    ]).ended;
    expect(code).toBe(1);
  });
});
