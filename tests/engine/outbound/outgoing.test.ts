// The outgoing half of connections through the contract, against a real second server.
import { describe, expect, it } from 'vitest';
import type { DiagnosisStage } from '#contract';
import { startRawServer } from '../../harness/second-server.ts';
import {
  dataSourceId,
  id,
  outgoingTo,
  prepareOutgoing,
  problemOf,
  restart,
  save,
  saved,
  server,
  test,
} from './outgoing-stage.ts';

prepareOutgoing();

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
    await restart();
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
