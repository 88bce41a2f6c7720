// The simulator and the library of samples through a real engine, its real receiver and a real second server.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ReplayAttempt, ReplayJob } from '#contract';
import { applicationList } from '../../../main/engine/catalog/application-list.ts';
import { secretFault } from '../../../main/engine/verification/secret-fault.ts';
import { type FailingServer, startFailingServer } from '../../harness/failing-server.ts';
import { newDataDir, startTestEngine, type TestEngine } from '../../harness/test-engine.ts';

let test: TestEngine;
let server: FailingServer;
beforeAll(async () => {
  test = await startTestEngine(undefined, { undoMs: 60_000 });
});
afterAll(() => test.stop());
beforeEach(async () => {
  server = await startFailingServer();
});
afterEach(() => server.stop());

async function ended({ job }: { job: ReplayJob }): Promise<{ job: ReplayJob; attempts: ReplayAttempt[] }> {
  const after = await test.call('replays.wait', { id: job.id, timeoutMs: 20_000 });
  const { attempts } = await test.call('replays.attempts', { id: job.id, limit: 500 });
  return { job: after.job, attempts };
}

async function sourceOf(applicationId: string, secret?: string): Promise<string> {
  const { id } = await test.createSource(applicationId);
  const { dataSource } = await test.call('dataSources.get', { id });
  if (secret !== undefined)
    await test.call('connections.setSecret', { id: dataSource.connections[0]?.id ?? '', secret });
  return id;
}

const secrets = [
  'a-secret-of-32-characters-0123456789',
  `whsec_${Buffer.alloc(24, 7).toString('base64')}`,
  Buffer.alloc(32, 7).toString('base64'),
  'user:password-of-the-test',
];
const signing = applicationList.filter(({ signatureSchemes }) =>
  signatureSchemes.some(({ kind }) => !['none', 'notCheckable', 'publicKey'].includes(kind)),
);

describe('simulated events', () => {
  it('are verified by the receiver for every application of the catalog that signs, as new deliveries', async () => {
    expect(signing.length).toBeGreaterThan(20);
    const { applications } = await test.call('simulator.applications', {});
    for (const definition of signing) {
      expect(applications.find(({ id }) => id === definition.id)?.signs, definition.id).toBe(true);
      const secret = secrets.find((each) => secretFault(definition.signatureSchemes, each) === undefined);
      const dataSourceId = await sourceOf(definition.id, secret);
      const { attempts } = await ended(
        await test.call('simulator.stream', { dataSourceId, target: { kind: 'receiver' }, count: 2 }),
      );
      expect(
        attempts.map(({ status, signed }) => [status, signed]),
        definition.id,
      ).toEqual([
        [200, true],
        [200, true],
      ]);
      for (const { newCaptureId } of attempts) {
        const { capture } = await test.call('captures.get', { id: newCaptureId ?? '' });
        expect(capture, definition.id).toMatchObject({ outcome: 'accepted', origin: 'simulation' });
        expect(capture.verification?.result, definition.id).toBe('valid');
      }
    }
  }, 60_000);

  it('take other event types in turn, and other items', async () => {
    const dataSourceId = await sourceOf('stripe');
    const { applications } = await test.call('simulator.applications', {});
    const eventTypes = applications.find(({ id }) => id === 'stripe')?.eventTypes.slice(0, 2) ?? [];
    expect(eventTypes).toHaveLength(2);
    const { attempts } = await ended(
      await test.call('simulator.stream', {
        dataSourceId,
        target: { kind: 'receiver' },
        count: 4,
        eventTypes,
        newItems: true,
      }),
    );
    const types = await Promise.all(
      attempts.map(
        async ({ newCaptureId }) =>
          (await test.call('captures.get', { id: newCaptureId ?? '' })).capture.eventType,
      ),
    );
    expect(types).toEqual([...eventTypes, ...eventTypes]);
    await expect(
      test.call('simulator.stream', {
        dataSourceId: await sourceOf('mailchimp'),
        target: { kind: 'url', url: 'nowhere' },
        count: 1,
      }),
    ).rejects.toThrow('replay.invalid');
  });

  it('go to any URL signed with a secret that is not kept', async () => {
    const secret = 'the-secret-that-is-not-kept';
    const { attempts } = await ended(
      await test.call('simulator.stream', {
        applicationId: 'gitlab',
        secret,
        target: { kind: 'url', url: server.url },
        count: 1,
      }),
    );
    expect(server.calls[0]?.header('x-gitlab-token')).toBe(secret);
    const { attempt } = await test.call('replays.attempt', { id: attempts[0]?.jobId ?? '', number: 1 });
    expect(JSON.stringify(attempt)).not.toContain(secret);
  });
});

describe('a retry schedule', () => {
  it('is the published one in compressed time, until the answer is a success', async () => {
    const dataSourceId = await sourceOf('clerk', secrets[1]);
    server.next({ status: 500 }, { status: 503 }, { status: 200 });
    const { job, attempts } = await ended(
      await test.call('simulator.retries', {
        dataSourceId,
        target: { kind: 'url', url: server.url },
        speed: 3000,
      }),
    );
    expect(job).toMatchObject({ kind: 'retries', state: 'done', total: 3, done: 3, failed: 2 });
    expect(attempts.map(({ status, dueMs }) => [status, dueMs])).toEqual([
      [500, 0],
      [503, 5_000],
      [200, 305_000],
    ]);
    // 5 minutes at 3000 times the speed are 100 ms; the same delivery each time.
    expect((server.calls[2]?.at ?? 0) - (server.calls[1]?.at ?? 0)).toBeGreaterThanOrEqual(95);
    expect(new Set(server.calls.map((call) => call.header('svix-id'))).size).toBe(1);
  });

  it('meets an outage of the receiver, and is stored once', async () => {
    const dataSourceId = await sourceOf('slack', secrets[0]);
    const { attempts } = await ended(
      await test.call('simulator.retries', {
        dataSourceId,
        target: { kind: 'receiver' },
        speed: 1000,
        outages: 2,
      }),
    );
    expect(attempts.map(({ status }) => status)).toEqual([503, 503, 200]);
    const { captures } = await test.call('captures.list', { dataSourceId });
    expect(captures.map(({ outcome }) => outcome)).toEqual(['accepted']);
  });

  it('is said of nobody who publishes none', async () => {
    const dataSourceId = await sourceOf('trello');
    await expect(
      test.call('simulator.retries', { dataSourceId, target: { kind: 'receiver' }, speed: 100 }),
    ).rejects.toThrow('publishes no exact schedule');
    const { applications } = await test.call('simulator.applications', {});
    expect(applications.find(({ id }) => id === 'trello')?.schedule).toBeUndefined();
    expect(applications.find(({ id }) => id === 'github')?.schedule).toEqual([]);
  });
});

describe('samples', () => {
  it('keep a capture under a name, without its secret, and are fired by that name', async () => {
    const secret = 'gitlab-token-of-the-sample';
    const dataSourceId = await sourceOf('gitlab', secret);
    const { dataSource } = await test.call('dataSources.get', { id: dataSourceId });
    await fetch(dataSource.connections[0]?.localUrl ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'X-Gitlab-Token': secret, 'X-Kept': 'yes' },
      body: '{"object_kind":"push","n":12345678901234567890}',
    });
    const { captures } = await test.call('captures.list', { dataSourceId });
    const { sample } = await test.call('samples.save', { captureId: captures[0]?.id ?? '', name: 'A push' });
    const { sample: detail } = await test.call('samples.get', { id: sample.id });
    expect(detail.headers).toContainEqual({ name: 'X-Kept', value: 'yes', concealed: false });
    expect(JSON.stringify(detail)).not.toContain(secret);
    await expect(
      test.call('samples.save', { captureId: captures[0]?.id ?? '', name: 'a PUSH' }),
    ).rejects.toThrow('sample.taken');

    const { attempts } = await ended(await test.call('samples.fire', { dataSourceId, name: 'a push' }));
    expect(attempts[0]).toMatchObject({ status: 200, signed: true });
    const made = attempts[0]?.newCaptureId ?? '';
    expect((await test.call('captures.get', { id: made })).capture).toMatchObject({
      origin: 'sample',
      runsModules: true,
      outcome: 'accepted',
    });
    const { base64 } = await test.call('captures.body', { id: made });
    expect(Buffer.from(base64, 'base64').toString()).toContain('12345678901234567890');

    await test.call('samples.update', {
      id: sample.id,
      name: 'Renamed',
      edit: { body: { text: '{"object_kind":"push","n":1}' } },
    });
    await expect(test.call('samples.fire', { dataSourceId, name: 'A push' })).rejects.toThrow(
      'sample.missing',
    );
    await test.call('samples.delete', { id: sample.id });
    expect((await test.call('samples.list', { dataSourceId })).samples).toEqual([]);
    await test.call('samples.restore', { id: sample.id });
    expect((await test.call('samples.list', { dataSourceId })).samples).toMatchObject([
      { name: 'Renamed', size: 28 },
    ]);
  });

  it('seal a secret header that was typed: it is sent, and shown, stored and told nowhere', async () => {
    const dataDir = newDataDir();
    let own = await startTestEngine(dataDir);
    const told: unknown[] = [];
    own.engine.subscribe((...event) => told.push(event));
    const { id: dataSourceId } = await own.createSource();
    const { sample } = await own.call('samples.add', {
      dataSourceId,
      name: 'Authorized',
      method: 'POST',
      query: '',
      headers: [['Content-Type', 'application/json']],
      base64: Buffer.from('{"id":1}').toString('base64'),
    });
    const secret = 'typed-into-a-sample';
    const header = { name: 'Authorization', value: `Bearer ${secret}` };
    const edit = (headers: { name: string; value?: string; received?: number }[]) =>
      own.call('samples.update', { id: sample.id, edit: { headers } });
    await edit([{ name: 'Content-Type', received: 0 }, header]);
    // Untouched in a later edit it stays what it is.
    await edit([
      { name: 'Content-Type', received: 0 },
      { name: 'X-Run', value: '7' },
      { name: 'Authorization', received: 1 },
    ]);
    await expect(edit([{ name: 'X-Shown', received: 2 }])).rejects.toThrow('Type the value of X-Shown');
    server.always((call) => ({
      status: 200,
      headers: { 'x-echo': header.value },
      body: call.header('authorization') ?? '',
    }));
    const target = { kind: 'url' as const, url: server.url };
    const fire = async () => {
      const { job } = await own.call('samples.fire', { dataSourceId, name: 'Authorized', target });
      await own.call('replays.wait', { id: job.id, timeoutMs: 20_000 });
      return (await own.call('replays.attempt', { id: job.id, number: 1 })).attempt;
    };
    const attempt = await fire();
    expect(server.calls[0]?.header('authorization')).toBe(header.value);
    expect(attempt.sentHeaders).toContainEqual(['Authorization', '••••••••']);
    expect(attempt.answer?.body.text).toBe('********');
    const { sample: shown } = await own.call('samples.get', { id: sample.id });
    expect(shown.headers[2]).toEqual({ name: 'Authorization', value: '••••••••', concealed: true });
    expect(JSON.stringify([attempt, shown, told, own.logLines])).not.toContain(secret);
    await own.stop();
    const stored = readdirSync(dataDir).filter((name) => statSync(join(dataDir, name)).isFile());
    expect(stored.length).toBeGreaterThan(0);
    for (const name of stored) expect(readFileSync(join(dataDir, name)).includes(secret), name).toBe(false);

    own = await startTestEngine(dataDir, { vaultKey: new Uint8Array(32).fill(8) });
    await expect(fire()).rejects.toThrow('The header Authorization of this sample cannot be read');
    await edit([{ name: 'Content-Type', received: 0 }, header]);
    await fire();
    expect(server.calls[1]?.header('authorization')).toBe(header.value);
    await own.stop();
  });
});
