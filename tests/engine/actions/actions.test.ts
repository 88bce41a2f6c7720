// Actions through the contract, against a real second server.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ActionInput } from '#contract';
import { headerOf, type SecondServer, startSecondServer } from '../../harness/second-server.ts';
import { startTestEngine, type TestEngine } from '../../harness/test-engine.ts';

let test: TestEngine;
let server: SecondServer;
let dataSourceId: string;
let connectionId: string;

const action: ActionInput = {
  name: 'Add person',
  effect: 'creating',
  method: 'POST',
  path: '/people/{{ item.id }}',
  query: [{ name: 'from', value: '{{ capture.headers.x-shop }}' }],
  headers: [{ name: 'X-Title', value: '{{ item.title }}' }],
  body: { kind: 'json', template: '{"big": {{ item.fields.big | json }}, "raw": {{ capture.body.n }}}' },
  answerFields: [
    { field: 'remoteId', path: 'data.id', type: 'text' },
    { field: 'state', path: 'data.none', type: 'text' },
  ],
};

beforeAll(async () => {
  test = await startTestEngine();
  server = await startSecondServer();
  const { dataSource } = await test.call('dataSources.create', { kind: 'custom', name: 'CRM' });
  dataSourceId = dataSource.id;
  connectionId = dataSource.connections[0]?.id ?? '';
  await fetch(dataSource.connections[0]?.localUrl ?? '', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-shop': 'berlin' },
    body: '{"id":"a b","title":"Ada","big":12345678901234567890,"n":1.10}',
  });
  await test.call('mapping.save', {
    dataSourceId,
    mapping: { id: 'id', title: 'title', fields: [{ name: 'big', path: 'big', type: 'number' }] },
  });
  await test.call('connections.saveOutgoing', {
    id: connectionId,
    outgoing: {
      baseUrl: `${server.url}/v1/`,
      allowedTargets: [server.target],
      authorization: { kind: 'other', headers: [{ name: 'X-Key', value: 'the-secret-key' }] },
      signingSecret: `whsec_${Buffer.from('a signing secret of ours').toString('base64')}`,
    },
  });
});
afterAll(async () => {
  await test.stop();
  await server.stop();
});

it('are made, changed, deleted and brought back', async () => {
  const { action: made } = await test.call('actions.create', { dataSourceId, action });
  expect(made).toMatchObject({ ...action, dataSourceId, usedBy: 0 });
  const { action: changed } = await test.call('actions.update', {
    id: made.id,
    action: { ...action, name: 'Add' },
  });
  expect(changed.name).toBe('Add');
  await test.call('actions.delete', { id: made.id });
  expect((await test.call('actions.list', { dataSourceId })).actions).toEqual([]);
  await expect(test.call('actions.get', { id: made.id })).rejects.toThrow('action.missing');
  await test.call('actions.undoDelete', { id: made.id });
  expect((await test.call('actions.list', { dataSourceId })).actions.map(({ name }) => name)).toEqual([
    'Add',
  ]);
  const { entries } = await test.call('audit.list', { dataSourceId });
  expect(entries.slice(0, 4).map((entry) => entry.action)).toEqual([
    'actionRestored',
    'actionDeleted',
    'actionChanged',
    'actionAdded',
  ]);
  const { connectionId: other } = await test.call('connections.add', { dataSourceId, name: 'Second' });
  await expect(test.call('connections.remove', { id: connectionId })).rejects.toThrow('«Add»');
  await test.call('connections.remove', { id: other });
});

it('are refused where a template does not parse, with the place', async () => {
  const result = await test.engine.dispatch(
    'actions.create',
    { dataSourceId, action: { ...action, headers: [{ name: 'X-A', value: 'ab {{ item.title | nope }}' }] } },
    new AbortController().signal,
  );
  expect(result).toMatchObject({ problem: { code: 'action.invalid', path: 'action.headers.0.value' } });
});

it('show the request that would be sent, secrets concealed, and what can be inserted', async () => {
  const { prepared, item, values } = await test.call('actions.preview', { dataSourceId, action });
  expect(prepared.faults).toEqual([]);
  expect(prepared.url).toBe(`${server.url}/v1/people/a%20b?from=berlin`);
  expect(prepared.headers).toContainEqual(['X-Key', '••••••••']);
  expect(prepared.body?.text).toBe('{"big": 12345678901234567890, "raw": 1.10}');
  expect(item).toMatchObject({ externalId: 'a b', title: 'Ada' });
  expect(values).toContainEqual({
    expression: 'item.fields.big',
    example: '12345678901234567890',
    type: 'number',
  });
});

it('are tried once, signed, with the whole exchange and what the answer would bring', async () => {
  server.calls.length = 0;
  server.answer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end('{"data":{"id":98765432109876543210},"echo":"the-secret-key"}');
  });
  const { exchange, answerValues } = await test.call('actions.try', { dataSourceId, action });
  expect(server.calls).toHaveLength(1);
  expect(server.calls[0]).toMatchObject({
    method: 'POST',
    url: '/v1/people/a%20b?from=berlin',
    body: '{"big": 12345678901234567890, "raw": 1.10}',
  });
  expect(headerOf(server.calls[0], 'x-key')).toBe('the-secret-key');
  expect(headerOf(server.calls[0], 'webhook-signature')).toMatch(/^v1,/);
  expect(exchange.answer?.status).toBe(200);
  expect(JSON.stringify(exchange)).not.toContain('the-secret-key');
  expect(answerValues).toEqual([
    { field: 'remoteId', text: '98765432109876543210' },
    { field: 'state', problem: 'The path yields nothing in this answer.' },
  ]);
});

it('read a cURL command into the form, and leave secrets out', async () => {
  const read = (command: string) => test.call('actions.readCurl', { command });
  const posted = await read(
    `curl -X PUT 'https://api.example.com/v2/people?x=1&y=a%20b' \\\n  -H 'Authorization: Bearer abc' -H "X-Trace: a b" --json '{"a": "it'\\''s"}'`,
  );
  expect(posted.baseUrl).toBe('https://api.example.com');
  expect(posted.action).toMatchObject({
    method: 'PUT',
    effect: 'updating',
    path: '/v2/people',
    query: [
      { name: 'x', value: '1' },
      { name: 'y', value: 'a b' },
    ],
    body: { kind: 'json', template: `{"a": "it's"}` },
  });
  expect(posted.action.headers).toEqual([
    { name: 'X-Trace', value: 'a b' },
    { name: 'Accept', value: 'application/json' },
  ]);
  expect(posted.notes.join()).toContain('Authorization was left out');
  expect(JSON.stringify(posted)).not.toContain('abc');

  const form = await read(
    `curl https://u:pw@api.example.com/f -u me:secret -d a=1 --data-urlencode 'b=x & y' -b sid=9 -sSL`,
  );
  expect(form.action).toMatchObject({
    method: 'POST',
    body: {
      kind: 'form',
      fields: [
        { name: 'a', value: '1' },
        { name: 'b', value: 'x & y' },
      ],
    },
  });
  expect(JSON.stringify(form)).not.toMatch(/secret(?!s of)|pw@|sid=9/);

  const got = await read(`curl -G api.example.com/search -d q=a --url-query p=2`);
  expect(got.action).toMatchObject({
    method: 'GET',
    query: [
      { name: 'q', value: 'a' },
      { name: 'p', value: '2' },
    ],
    body: { kind: 'none' },
  });

  const ansi = await read(
    `curl https://api.example.com -H 'content-type: text/plain' --data-raw $'a\\'b\\u00e4\\n{{ x }}'`,
  );
  expect(ansi.action.body).toEqual({ kind: 'text', template: "{% raw %}a'bä\n{{ x }}{% endraw %}" });

  const windows = await read(
    `curl "https://api.example.com/w" ^\r\n  -H "X-A: 1" ^\r\n  --data-raw "{^\\^"a^\\^":1}"`,
  );
  expect(windows.action).toMatchObject({
    path: '/w',
    headers: [{ name: 'X-A', value: '1' }],
    body: { kind: 'json', template: '{"a":1}' },
  });

  await expect(read('wget https://x')).rejects.toThrow('action.invalid');
  await expect(read(`curl 'https://x`)).rejects.toThrow('ends inside');
  await expect(read('curl -v')).rejects.toThrow('no URL');
});

it('stop a loop through our own receiver at the third round', async () => {
  const { dataSource } = await test.call('dataSources.create', { kind: 'custom', name: 'Loop' });
  const [own] = dataSource.connections;
  const url = new URL(own?.localUrl ?? '');
  await test.call('connections.saveOutgoing', {
    id: own?.id ?? '',
    outgoing: { baseUrl: url.href, allowedTargets: [url.host], authorization: { kind: 'none' } },
  });
  const sent = await test.call('actions.try', {
    dataSourceId: dataSource.id,
    action: {
      name: 'Loop',
      effect: 'custom',
      method: 'POST',
      path: '',
      query: [],
      headers: [],
      body: { kind: 'json', template: '{"id": "x"}' },
    },
  });
  expect(sent.exchange.failure).toBeUndefined();
  const { captures } = await test.call('captures.list', { dataSourceId: dataSource.id, outcome: 'accepted' });
  const { capture } = await test.call('captures.get', { id: captures[0]?.id ?? '' });
  expect(capture.headers).toContainEqual(['hookbench-hops', '1']);
});
