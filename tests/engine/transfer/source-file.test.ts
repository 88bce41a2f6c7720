// A data source as a file: what it holds, that no secret is in it, and that a file that is not whole makes nothing.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SourceFile } from '#contract';
import { startTestEngine, type TestEngine } from '../../harness/test-engine.ts';

let from: TestEngine;
let to: TestEngine;
let id: string;
let text: string;
let file: SourceFile;
const secrets = ['s3cret-of-signatures', 's3cret-of-basic', 's3cret-in-header', 's3cret-of-a-sample'];

beforeAll(async () => {
  from = await startTestEngine();
  to = await startTestEngine();
  const source = await from.createSource();
  id = source.id;
  await from.call('dataSources.update', { id, name: 'Web shop', description: 'Orders' });
  const answer = await fetch(source.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-token': 's3cret-in-header' },
    body: '{"id": 12345678901234567890, "title": "Tea"}',
  });
  const { id: captureId } = (await answer.json()) as { id: string };
  await from.call('mapping.save', {
    dataSourceId: id,
    mapping: { id: 'id', title: 'title', fields: [{ name: 'what', path: 'title', type: 'text' }] },
  });
  await from.call('samples.save', { captureId, name: 'An order' });
  const typed = 's3cret-of-a-sample';
  await from.call('samples.add', {
    dataSourceId: id,
    name: 'With secrets',
    method: 'POST',
    query: `run=1&api_key=${typed}`,
    headers: [
      ['Authorization', `Bearer ${typed}`],
      ['X-Auth-Token', typed],
      ['X-Run', 'nightly'],
    ],
    base64: Buffer.from(`{"id": 12345678901234567890, "access_token": "${typed}"}`).toString('base64'),
  });
  const { dataSource } = await from.call('dataSources.get', { id });
  const connectionId = dataSource.connections[0]?.id ?? '';
  await from.call('connections.setVerification', {
    id: connectionId,
    scheme: { kind: 'hmac', header: 'X-Signature', algorithm: 'sha256', encoding: 'hex' },
  });
  await from.call('connections.setSecret', { id: connectionId, secret: 's3cret-of-signatures' });
  await from.call('connections.setReceiving', {
    id: connectionId,
    receiving: {
      answer: {
        status: 202,
        headers: [
          { name: 'X-Shop', value: '7' },
          { name: 'X-Api-Key', value: 's3cret-in-header' },
        ],
        body: 'taken',
      },
      callsPerMinute: 600,
    },
  });
  await from.call('connections.saveOutgoing', {
    id: connectionId,
    asDraft: true,
    outgoing: {
      baseUrl: 'https://shop.example',
      authorization: { kind: 'basic', username: 'ada', password: 's3cret-of-basic' },
      headers: [
        { name: 'X-Shop', value: '7' },
        { name: 'X-Api-Key', value: 's3cret-in-header' },
      ],
    },
  });
  const { action } = await from.call('actions.create', {
    dataSourceId: id,
    action: {
      name: 'Ship',
      effect: 'custom',
      connectionId,
      method: 'POST',
      path: '/orders/{{ item.id }}/ship',
      query: [],
      headers: [],
      body: { kind: 'json', template: '{"title": {{ item.title | json }}}' },
    },
  });
  const { solution } = await from.call('solutions.create', { name: 'Logistics' });
  await from.call('dataSources.setAccess', { id, solutionId: solution.id, allowed: true });
  await from.call('modules.create', {
    solutionId: solution.id,
    enabled: true,
    module: {
      name: 'Ship new orders',
      dataSourceId: id,
      trigger: { kind: 'itemAdded' },
      conditions: { mode: 'all', conditions: [] },
      fields: [],
      steps: [{ id: 'one', dataSourceId: id, connectionId, actionId: action.id, stopOnFailure: true }],
    },
  });
  ({ text } = await from.call('dataSources.exportFile', { id }));
  file = JSON.parse(text) as SourceFile;
}, 60_000);
afterAll(async () => {
  await Promise.all([from.stop(), to.stop()]);
});

describe('a data source as a file', () => {
  it('holds how it is set up, and no secret', () => {
    expect(file).toMatchObject({
      kind: 'hookbench.dataSource',
      dataSource: { name: 'Web shop', description: 'Orders' },
      mapping: { id: 'id', title: 'title' },
      connections: [
        {
          verification: { kind: 'hmac' },
          receiving: { answer: { status: 202, headers: [{ name: 'X-Shop', value: '7' }], body: 'taken' } },
          outgoing: { baseUrl: 'https://shop.example' },
        },
      ],
      actions: [{ name: 'Ship' }],
      modules: [{ solution: 'Logistics', module: { name: 'Ship new orders' } }],
      samples: [
        { name: 'An order' },
        { name: 'With secrets', query: 'run=1&api_key=[masked]', headers: [['X-Run', 'nightly']] },
      ],
    });
    expect(Buffer.from(file.samples[1]?.base64 ?? '', 'base64').toString()).toBe(
      '{"id":12345678901234567890,"access_token":"[masked]"}',
    );
    for (const secret of secrets) expect(text).not.toContain(secret);
  });

  it('is made anew elsewhere: drafts, modules switched off, and what is left to do', async () => {
    const { dataSource, notes } = await to.call('dataSources.importFile', { text });
    expect(dataSource).toMatchObject({ name: 'Web shop', description: 'Orders', hasMapping: true });
    expect(notes.join('\n')).toMatch(/set the secret with which its calls are signed/);
    expect(notes.join('\n')).toMatch(/switched off/);
    const [connection] = dataSource.connections;
    const { outgoing } = await to.call('connections.outgoing', { id: connection?.id ?? '' });
    expect(outgoing).toMatchObject({
      baseUrl: 'https://shop.example',
      state: 'draft',
      authorization: { kind: 'basic', username: 'ada', passwordSet: false },
      headers: [{ name: 'X-Shop', value: '7' }],
    });
    const { receiving } = await to.call('connections.receiving', { id: connection?.id ?? '' });
    expect(receiving).toMatchObject({ answer: { status: 202, body: 'taken' }, callsPerMinute: 600 });
    const { modules } = await to.call('modules.list', { dataSourceId: dataSource.id });
    const { actions } = await to.call('actions.list', { dataSourceId: dataSource.id });
    expect(actions).toMatchObject([
      { name: 'Ship', connectionId: connection?.id, path: '/orders/{{ item.id }}/ship' },
    ]);
    expect(modules).toMatchObject([
      {
        enabled: false,
        dataSourceId: dataSource.id,
        steps: [{ actionId: actions[0]?.id, connectionId: connection?.id }],
      },
    ]);
    const { samples } = await to.call('samples.list', { dataSourceId: dataSource.id });
    const { sample } = await to.call('samples.get', { id: samples[0]?.id ?? '' });
    expect(sample.bodyText).toBe('{"id": 12345678901234567890, "title": "Tea"}');
    // Once more beside it: the solution is there already.
    await to.call('dataSources.importFile', { text });
    expect((await to.call('solutions.list', {})).solutions).toHaveLength(1);
  });

  it.each([
    ['no JSON', () => 'hello', /not valid JSON/],
    ['something else', () => '{"id":1}', /no data source that Hookbench exported/],
    [
      'a mapping without a title',
      () => JSON.stringify({ ...file, mapping: { id: 'id' } }),
      /"mapping\.title"/,
    ],
    [
      'an action that cannot be made',
      () => JSON.stringify({ ...file, actions: [{ ...file.actions[0], path: '/{{ item.id' }] }),
      /Nothing was taken in/,
    ],
  ])('%s: refused, and nothing is left', async (_what, make, reason) => {
    const before = (await to.call('dataSources.list', {})).dataSources.length;
    await expect(to.call('dataSources.importFile', { text: make() })).rejects.toThrow(reason);
    expect((await to.call('dataSources.list', {})).dataSources).toHaveLength(before);
  });
});
