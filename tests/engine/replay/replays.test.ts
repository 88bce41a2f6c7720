// Replays into the mapping through a real engine, and the jobs that they are.
import { describe, expect, it } from 'vitest';
import { startTestEngine } from '../../harness/test-engine.ts';
import { indexed, mapping, post, prepareReplays, replay, server, test } from './replay-stage.ts';

prepareReplays();

describe('into the mapping', () => {
  it('indexes the stored bytes again as a new capture that points at the old one', async () => {
    const { id: dataSourceId, url } = await test.createSource();
    const body = '{ "id": 12345678901234567890, "name": "Ada" }';
    const original = await post(url, body);
    await test.call('mapping.save', { dataSourceId, mapping });
    await expect
      .poll(async () => (await test.call('captures.get', { id: original })).capture.answeredInMs)
      .toBeDefined();
    const before = (await test.call('captures.get', { id: original })).capture;
    const { job, attempts } = await replay({ captures: { ids: [original] }, target: { kind: 'mapping' } });
    expect(job).toMatchObject({ state: 'done', total: 1, done: 1, failed: 0 });
    const made = attempts[0]?.newCaptureId ?? '';
    const { capture } = await test.call('captures.get', { id: made });
    expect(capture).toMatchObject({ replayOf: original, origin: 'replay', runsModules: false });
    const { base64 } = await test.call('captures.body', { id: made });
    expect(Buffer.from(base64, 'base64').toString()).toBe(body);
    await indexed(dataSourceId, made);
    const { items } = await test.call('items.list', { dataSourceId });
    expect(items).toMatchObject([{ externalId: '12345678901234567890', title: 'Ada' }]);
    // History is as it was.
    expect((await test.call('captures.get', { id: original })).capture).toEqual(before);
  });

  it('takes an edited body, and says why a broken one makes nothing', async () => {
    const { id: dataSourceId, url } = await test.createSource();
    const original = await post(url, '{"id":1,"name":"Ada"}');
    await test.call('mapping.save', { dataSourceId, mapping });
    const edited = await replay({
      captures: { ids: [original] },
      target: { kind: 'mapping' },
      edit: { body: { text: '{"id":2,"name":"Grace"}' } },
      options: { runsModules: true },
    });
    const made = edited.attempts[0]?.newCaptureId ?? '';
    await indexed(dataSourceId, made);
    expect((await test.call('captures.get', { id: made })).capture.runsModules).toBe(true);
    const { items } = await test.call('items.list', { dataSourceId });
    expect(items.map((item) => item.title).sort()).toEqual(['Ada', 'Grace']);

    const broken = await replay({
      captures: { ids: [original] },
      target: { kind: 'mapping' },
      edit: { body: { text: '{"id":' } },
    });
    expect(broken.job.failed).toBe(1);
    expect(broken.attempts[0]).toMatchObject({ state: 'failed' });
    expect(broken.attempts[0]?.failure).toContain('There is nothing to map');
    expect(broken.attempts[0]?.newCaptureId).toBeUndefined();
  });
});

describe('jobs', () => {
  it('are still there after a restart; one that ran is stopped and says so', async () => {
    const own = await startTestEngine();
    const { url } = await own.createSource();
    await fetch(url, { method: 'POST', body: '{"id":1}', headers: { 'content-type': 'application/json' } });
    const { captures } = await own.call('captures.list', { limit: 1 });
    server.next({ status: 200 }, { status: 500 });
    server.always('hang');
    const { job } = await own.call('replays.start', {
      captures: { ids: [captures[0]?.id ?? ''] },
      target: { kind: 'url', url: server.url },
      options: { repeat: 10 },
    });
    await server.waitFor(3);
    await own.stop();
    const again = await startTestEngine(own.dataDir);
    const after = (await again.call('replays.get', { id: job.id })).job;
    expect(after).toMatchObject({ state: 'stopped', total: 10, done: 3, failed: 2 });
    expect(after.note).toBe('Hookbench ended while this ran. 7 of 10 were not sent.');
    const { attempts } = await again.call('replays.attempts', { id: job.id });
    expect(attempts.map(({ state, status }) => [state, status])).toEqual([
      ['answered', 200],
      ['answered', 500],
      ['unknown', undefined],
    ]);
    const { attempts: failed } = await again.call('replays.attempts', { id: job.id, only: 'failed' });
    expect(failed.map(({ number }) => number)).toEqual([2, 3]);
    const { jobs } = await again.call('replays.list', {});
    expect(jobs.map(({ id }) => id)).toEqual([job.id]);
    await again.call('replays.remove', { id: job.id });
    await expect(again.call('replays.get', { id: job.id })).rejects.toThrow('replay.missing');
    await again.stop();
  });

  it('skip a call that was deleted meanwhile, and go with their data source', async () => {
    const { id: dataSourceId, url } = await test.createSource();
    const original = await post(url, '{"id":1}');
    const { attempts } = await replay({
      captures: { ids: [original, 'cap_gone'] },
      target: { kind: 'receiver' },
    });
    expect(attempts.map(({ state }) => state)).toEqual(['answered', 'skipped']);
    expect(attempts[1]?.failure).toContain('deleted');
    await expect(
      test.call('replays.start', { captures: { ids: ['cap_gone'] }, target: { kind: 'receiver' } }),
    ).rejects.toThrow('capture.missing');
    await test.call('dataSources.delete', { id: dataSourceId });
    const dead = await replay({ captures: { ids: [original] }, target: { kind: 'receiver' } });
    expect(dead.attempts[0]).toMatchObject({ state: 'failed' });
    expect(dead.attempts[0]?.failure).toContain('data source');
  });
});
