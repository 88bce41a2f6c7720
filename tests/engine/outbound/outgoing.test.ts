// The outgoing half of connections through the contract, against a real second server.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AuthorizationInput, DiagnosisStage, OutgoingInput } from '#contract';
import {
  headerOf,
  type SecondServer,
  startRawServer,
  startSecondServer,
} from '../../harness/second-server.ts';
import { startTestEngine, type TestEngine } from '../../harness/test-engine.ts';

let test: TestEngine;
let server: SecondServer;
let dataSourceId: string;
let id: string;

// One engine for all: each test has a source and a server of its own.
beforeAll(async () => {
  test = await startTestEngine();
});
afterAll(() => test.stop());
beforeEach(async () => {
  server = await startSecondServer();
  const { dataSource } = await test.call('dataSources.create', { kind: 'custom', name: 'CRM' });
  dataSourceId = dataSource.id;
  id = dataSource.connections[0]?.id ?? '';
});
afterEach(() => server.stop());

const outgoingTo = (
  authorization: AuthorizationInput = { kind: 'none' },
  more: Partial<OutgoingInput> = {},
) => ({
  baseUrl: `${server.url}/v1`,
  allowedTargets: [server.target],
  authorization,
  ...more,
});
const save = (outgoing: OutgoingInput, asDraft = false) =>
  test.call('connections.saveOutgoing', { id, outgoing, asDraft });
const problemOf = async (outgoing: OutgoingInput) => {
  const result = await test.engine.dispatch(
    'connections.saveOutgoing',
    { id, outgoing },
    new AbortController().signal,
  );
  return 'problem' in result ? result.problem : undefined;
};
const saved = async () => (await test.call('connections.outgoing', { id })).outgoing;

describe('connections of a data source', () => {
  it('are added, named and removed; each has a webhook URL of its own', async () => {
    const added = await test.call('connections.add', { dataSourceId, name: 'Second shop' });
    const [first, second] = added.dataSource.connections;
    expect(second).toMatchObject({ id: added.connectionId, name: 'Second shop' });
    expect(second?.localUrl).not.toBe(first?.localUrl);
    const url = second?.localUrl ?? '';
    const post = () =>
      fetch(url, { method: 'POST', body: '{"id":"a"}', headers: { 'content-type': 'application/json' } });
    expect((await post()).status).toBe(200);
    const { dataSource } = await test.call('connections.rename', { id: added.connectionId, name: 'Berlin' });
    expect(dataSource.connections[1]?.name).toBe('Berlin');
    const left = await test.call('connections.remove', { id: added.connectionId });
    expect(left.dataSource.connections.map((each) => each.id)).toEqual([id]);
    expect((await post()).status).toBe(404);
    const { captures } = await test.call('captures.list', { dataSourceId });
    expect(captures.map(({ connectionId }) => connectionId)).toEqual([added.connectionId]);
    expect((await test.call('captures.get', { id: captures[0]?.id ?? '' })).capture.connectionId).toBe(
      added.connectionId,
    );
    await expect(test.call('connections.outgoing', { id: added.connectionId })).rejects.toThrow(
      'connection.missing',
    );
    const { entries } = await test.call('audit.list', { dataSourceId });
    expect(entries.map(({ action }) => action).slice(0, 3)).toEqual([
      'connectionRemoved',
      'connectionRenamed',
      'connectionAdded',
    ]);
  });

  it('get a test of their own, or the first one where none is named', async () => {
    const added = await test.call('connections.add', { dataSourceId, name: 'Second shop' });
    const connectionOf = async (input: { id: string; connectionId?: string }) => {
      const { captureId = '', status } = await test.call('dataSources.sendTest', input);
      expect(status).toBe(200);
      return (await test.call('captures.get', { id: captureId })).capture.connectionId;
    };
    expect(await connectionOf({ id: dataSourceId })).toBe(id);
    expect(await connectionOf({ id: dataSourceId, connectionId: added.connectionId })).toBe(
      added.connectionId,
    );
    const { dataSource: other } = await test.call('dataSources.create', { kind: 'custom', name: 'Other' });
    await expect(
      test.call('dataSources.sendTest', { id: other.id, connectionId: added.connectionId }),
    ).rejects.toThrow('connection.missing');
  });

  it('keep their state over a restart, and the last one stays', async () => {
    const { connectionId } = await test.call('connections.add', { dataSourceId, name: 'B' });
    const third = await test.call('connections.add', { dataSourceId, name: 'C' });
    await test.call('connections.remove', { id: third.connectionId });
    await test.stop();
    test = await startTestEngine(test.dataDir);
    const { dataSource } = await test.call('dataSources.get', { id: dataSourceId });
    expect(dataSource.connections.map(({ name }) => name)).toEqual(['CRM', 'B']);
    await test.call('connections.remove', { id: connectionId });
    await expect(test.call('connections.remove', { id })).rejects.toThrow('connection.inUse');
  });
});

describe('saving an outgoing configuration', () => {
  it('checks by a real call, says so stage by stage, and keeps what passed', async () => {
    const stages: DiagnosisStage[] = [];
    const ignore = test.engine.subscribe((event, data) => {
      if (event === 'connections.diagnosed') stages.push((data as { stage: DiagnosisStage }).stage);
    });
    const { outgoing, diagnosis } = await save(outgoingTo());
    expect(server.calls).toMatchObject([{ method: 'GET', url: '/v1' }]);
    expect(outgoing).toMatchObject({ state: 'passed', timeoutMs: 15_000, signingSecretSet: false });
    expect(Date.parse(outgoing.passedAt ?? '')).toBeGreaterThan(0);
    expect(diagnosis?.ok).toBe(true);
    expect(diagnosis?.stages.map(({ stage, result }) => [stage, result])).toEqual([
      ['name', 'skipped'],
      ['connect', 'passed'],
      ['tls', 'skipped'],
      ['redirect', 'passed'],
      ['authorization', 'skipped'],
      ['status', 'passed'],
    ]);
    ignore();
    expect(stages).toEqual(diagnosis?.stages);
    expect(await saved()).toEqual(outgoing);
  });

  it.each([
    ['', 'baseUrl'],
    ['api.example.com', 'baseUrl'],
    ['ftp://example.com', 'baseUrl'],
    ['https://user:secret@example.com', 'baseUrl'],
    ['https://example.com/?a=1', 'baseUrl'],
  ])('refuses the Base Url %j and saves nothing', async (baseUrl, path) => {
    const problem = await problemOf(outgoingTo({ kind: 'none' }, { baseUrl }));
    expect(problem).toMatchObject({ code: 'outgoing.invalid', path: `outgoing.${path}` });
    expect(await saved()).toBeUndefined();
  });

  it('refuses what lacks a secret, names twice, or headers that are ours', async () => {
    expect(await problemOf(outgoingTo({ kind: 'bearer' }))).toMatchObject({
      path: 'outgoing.authorization.token',
    });
    expect(
      await problemOf(
        outgoingTo({
          kind: 'other',
          headers: [
            { name: 'X-A', value: '1' },
            { name: 'x-a', value: '2' },
          ],
        }),
      ),
    ).toMatchObject({ path: 'outgoing.authorization.headers.1.name' });
    expect(
      await problemOf(outgoingTo({ kind: 'none' }, { headers: [{ name: 'Host', value: 'x' }] })),
    ).toMatchObject({
      path: 'outgoing.headers.0.name',
    });
    expect(await problemOf(outgoingTo({ kind: 'none' }, { signingSecret: 'not base64!' }))).toMatchObject({
      path: 'outgoing.signingSecret',
    });
    expect(server.calls).toEqual([]);
    expect(await saved()).toBeUndefined();
  });

  it.each([
    [401, 'authorization'],
    [403, 'authorization'],
    [404, 'baseUrl'],
    [503, 'baseUrl'],
    [302, 'baseUrl'],
  ])('refuses an answer of %i with what and why', async (status, path) => {
    server.answer((_request, response) =>
      response.writeHead(status, { location: 'https://new.example/' }).end(),
    );
    const problem = await problemOf(outgoingTo());
    expect(problem).toMatchObject({ code: 'outgoing.refused', path: `outgoing.${path}` });
    expect(problem?.message).toContain(String(status));
    if (status === 302) expect(problem?.message).toContain('https://new.example/');
    expect(await saved()).toBeUndefined();
  });

  it('takes 405 for a sign of life', async () => {
    server.answer((_request, response) => response.writeHead(405).end());
    const { diagnosis } = await save(outgoingTo());
    expect(diagnosis?.stages.at(-1)).toMatchObject({ stage: 'status', result: 'warning' });
  });

  it('names the private target to allow, and what refuses or hangs', async () => {
    const problem = await problemOf(outgoingTo({ kind: 'none' }, { allowedTargets: [] }));
    expect(problem?.code).toBe('outgoing.refused');
    expect(problem?.message).toContain(server.target);
    const { diagnosis } = await test.call('connections.testOutgoing', {
      id,
      outgoing: outgoingTo({ kind: 'none' }, { allowedTargets: [] }),
      runId: 'r1',
    });
    expect(diagnosis.stages.find(({ stage }) => stage === 'connect')).toMatchObject({
      result: 'failed',
      code: 'targetForbidden',
      allowTarget: server.target,
    });
    expect(diagnosis.stages.at(-1)).toMatchObject({ result: 'skipped' });
    const silent = await startRawServer(() => undefined);
    const hangs = await problemOf({
      baseUrl: `http://${silent.target}`,
      allowedTargets: [silent.target],
      authorization: { kind: 'none' },
      timeoutMs: 1_000,
    });
    expect(hangs?.message).toContain('within 1 s');
    await silent.stop();
    const gone = await problemOf({
      baseUrl: `http://${silent.target}`,
      allowedTargets: [silent.target],
      authorization: { kind: 'none' },
    });
    expect(gone?.message).toContain('nothing listens');
  });

  it('keeps a draft without a call when it is asked to, and calls it so', async () => {
    const { outgoing, diagnosis } = await save(
      { baseUrl: 'https://not-there.invalid', authorization: { kind: 'bearer' } },
      true,
    );
    expect(outgoing.state).toBe('draft');
    expect(outgoing.passedAt).toBeUndefined();
    expect(diagnosis).toBeUndefined();
    expect(server.calls).toEqual([]);
  });
});

describe('authorization', () => {
  const sentTo = (index = -1) => server.calls.at(index);

  it('is sent in each kind', async () => {
    await save(outgoingTo({ kind: 'basic', username: 'ada', password: 'pa:ss wörd' }));
    expect(headerOf(sentTo(), 'authorization')).toBe(
      `Basic ${Buffer.from('ada:pa:ss wörd').toString('base64')}`,
    );
    // Many APIs take their key as the user name, with an empty password.
    await save(outgoingTo({ kind: 'basic', username: 'key-1', password: '' }));
    expect(headerOf(sentTo(), 'authorization')).toBe(`Basic ${Buffer.from('key-1:').toString('base64')}`);
    expect(await saved()).toMatchObject({ authorization: { kind: 'basic', passwordSet: false } });
    await save(outgoingTo({ kind: 'basic', username: 'key-2' }));
    expect(headerOf(sentTo(), 'authorization')).toBe(`Basic ${Buffer.from('key-2:').toString('base64')}`);
    await save(outgoingTo({ kind: 'bearer', token: 'tok-123456\n' }));
    expect(headerOf(sentTo(), 'authorization')).toBe('Bearer tok-123456');
    await save(outgoingTo({ kind: 'apiKey', in: 'header', name: 'X-Api-Key', value: 'key-1' }));
    expect(headerOf(sentTo(), 'x-api-key')).toBe('key-1');
    await save(outgoingTo({ kind: 'apiKey', in: 'query', name: 'api key', value: 'k&1' }));
    expect(sentTo()?.url).toBe('/v1?api%20key=k%261');
    await save(
      outgoingTo(
        {
          kind: 'other',
          headers: [
            { name: 'X-One', value: 'first-1' },
            { name: 'X-Two', value: 'second-2' },
          ],
        },
        { headers: [{ name: 'X-Plain', value: 'seen' }] },
      ),
    );
    expect([headerOf(sentTo(), 'x-one'), headerOf(sentTo(), 'x-two'), headerOf(sentTo(), 'x-plain')]).toEqual(
      ['first-1', 'second-2', 'seen'],
    );
  });

  it('is shown as dots where it stands in a call, however short the secret is', async () => {
    const look = async (authorization: AuthorizationInput) => {
      await save(outgoingTo(authorization));
      const { exchange } = await test.call('actions.try', {
        dataSourceId,
        action: {
          name: 'Look',
          effect: 'custom',
          method: 'GET',
          path: '/look?a=1',
          query: [],
          headers: [],
          body: { kind: 'none' },
        },
      });
      const header = (name: string) => exchange.request.headers.find(([each]) => each === name)?.[1];
      return { url: exchange.request.url, header };
    };
    expect((await look({ kind: 'bearer', token: 'abc' })).header('Authorization')).toBe('Bearer ••••••••');
    expect(headerOf(sentTo(), 'authorization')).toBe('Bearer abc');
    const basic = await look({ kind: 'basic', username: 'u', password: 'p' });
    expect(basic.header('Authorization')).toBe('Basic ••••••••');
    const inQuery = await look({ kind: 'apiKey', in: 'query', name: 'key', value: 'k&1' });
    expect(inQuery.url).toBe(`${server.url}/v1/look?a=1&key=••••••••`);
    expect(sentTo()?.url).toBe('/v1/look?a=1&key=k%261');
    const other = await look({ kind: 'other', headers: [{ name: 'X-Pin', value: '1234' }] });
    expect(other.header('X-Pin')).toBe('••••••••');
  });

  it('keeps a secret that is left out, drops it with its kind, and never gives it back', async () => {
    await save(outgoingTo({ kind: 'other', headers: [{ name: 'X-One', value: 'first-secret' }] }));
    await save(
      outgoingTo(
        { kind: 'other', headers: [{ name: 'x-one' }, { name: 'X-Two', value: 'second-secret' }] },
        { timeoutMs: 5_000 },
      ),
    );
    expect(headerOf(sentTo(), 'x-one')).toBe('first-secret');
    expect(await saved()).toMatchObject({
      timeoutMs: 5_000,
      authorization: {
        kind: 'other',
        headers: [
          { name: 'x-one', valueSet: true },
          { name: 'X-Two', valueSet: true },
        ],
      },
    });
    await save(outgoingTo({ kind: 'none' }));
    expect(await problemOf(outgoingTo({ kind: 'other', headers: [{ name: 'X-One' }] }))).toMatchObject({
      code: 'outgoing.invalid',
    });
    await save(outgoingTo({ kind: 'bearer', token: 'bearer-secret' }));
    await test.stop();
    test = await startTestEngine(test.dataDir);
    await save(outgoingTo({ kind: 'bearer' }));
    expect(headerOf(sentTo(), 'authorization')).toBe('Bearer bearer-secret');
    const shown = JSON.stringify([
      await saved(),
      (await test.call('audit.list', { dataSourceId })).entries,
      test.logLines,
    ]);
    for (const secret of ['first-secret', 'second-secret', 'bearer-secret'])
      expect(shown).not.toContain(secret);
    for (const file of readdirSync(test.dataDir, { recursive: true, encoding: 'utf8' })) {
      if (!/hookbench.*\.(db|sqlite)|wal/.test(file)) continue;
      const bytes = readFileSync(join(test.dataDir, file)).toString('latin1');
      for (const secret of ['first-secret', 'second-secret', 'bearer-secret'])
        expect(bytes).not.toContain(secret);
    }
  });

  it('says that a secret cannot be opened with another key', async () => {
    await save(outgoingTo({ kind: 'bearer', token: 'tok-123456' }));
    await test.stop();
    test = await startTestEngine(test.dataDir, { vaultKey: new Uint8Array(32).fill(9) });
    expect(await problemOf(outgoingTo({ kind: 'bearer' }))).toMatchObject({
      code: 'outgoing.invalid',
      path: 'outgoing.authorization.token',
    });
    await save(outgoingTo({ kind: 'bearer', token: 'tok-new' }));
  });

  it('fetches, keeps and renews an OAuth 2.0 token', async () => {
    let tokens = 0;
    let refuse = '';
    server.answer((request, response) => {
      if (request.url === '/token') {
        tokens += 1;
        response.setHeader('content-type', 'application/json');
        return response.end(
          JSON.stringify({ access_token: `token-number-${tokens}`, token_type: 'Bearer', expires_in: 3600 }),
        );
      }
      const isRefused = headerOf(request, 'authorization') === refuse;
      return response.writeHead(isRefused ? 401 : 200).end();
    });
    const oauth = {
      kind: 'oauth2' as const,
      tokenUrl: `${server.url}/token`,
      clientId: 'client one',
      clientSecret: 's&cret-of-client',
      scope: 'a b',
      audience: 'https://aud',
      clientAuthentication: 'basic' as const,
    };
    await save(outgoingTo(oauth));
    expect(server.calls[0]?.body).toBe('grant_type=client_credentials&scope=a+b&audience=https%3A%2F%2Faud');
    expect(headerOf(server.calls[0], 'authorization')).toBe(
      `Basic ${Buffer.from('client+one:s%26cret-of-client').toString('base64')}`,
    );
    expect(headerOf(server.calls[1], 'authorization')).toBe('Bearer token-number-1');
    await test.call('connections.testOutgoing', { id });
    // Saving forgets the token that was fetched for the check.
    const before = tokens;
    await test.call('connections.testOutgoing', { id });
    expect(tokens).toBe(before);
    refuse = `Bearer token-number-${tokens}`;
    const body = await test.call('connections.testOutgoing', { id });
    expect(body.diagnosis.ok).toBe(true);
    expect(tokens).toBe(before + 1);
    await save(outgoingTo({ ...oauth, clientAuthentication: 'body' }));
    const asked = server.calls.findLast(({ url }) => url === '/token');
    expect(new URLSearchParams(asked?.body).get('client_secret')).toBe('s&cret-of-client');
  });

  it('says why no token was given, without the secret', async () => {
    server.answer((request, response) => {
      if (request.url !== '/token') return response.end();
      return response
        .writeHead(400)
        .end(JSON.stringify({ error: 'invalid_client', error_description: 'no s3cret-value here' }));
    });
    const problem = await problemOf(
      outgoingTo({
        kind: 'oauth2',
        tokenUrl: `${server.url}/token`,
        clientId: 'c',
        clientSecret: 's3cret-value',
        clientAuthentication: 'body',
      }),
    );
    expect(problem).toMatchObject({ code: 'outgoing.refused', path: 'outgoing.authorization' });
    expect(problem?.message).toContain('invalid_client');
    expect(problem?.message).not.toContain('s3cret-value');
  });
});
