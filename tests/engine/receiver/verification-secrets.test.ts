// Secrets of verification in the running receiver: set, replaced, never told, and of another key unreadable.
import { describe, expect, it } from 'vitest';
import { startTestEngine } from '../../harness/test-engine.ts';
import {
  hmac,
  json,
  newest,
  newSource,
  post,
  prepareVerification,
  signed,
  signedSource,
  test,
} from './verification-stage.ts';

prepareVerification();

describe('setting secrets', () => {
  it('refuses what could protect nothing, and says what is wrong with it', async () => {
    const source = await newSource();
    const set = (key: string) => test.call('connections.setSecret', { id: source.connectionId, secret: key });
    await expect(set('anything')).rejects.toThrow(/secret\.invalid: Nothing here could use a secret/);
    await test.call('connections.setVerification', { id: source.connectionId, scheme: hmac });
    for (const empty of ['', '   ', '\n\t']) await expect(set(empty)).rejects.toThrow('secret.invalid');
    await test.call('connections.setVerification', {
      id: source.connectionId,
      scheme: { kind: 'standardWebhooks' },
    });
    await expect(set('whsec_')).rejects.toThrow('secret.invalid');
    await expect(set('whsec_not base64!')).rejects.toThrow(/base64/);
    await test.call('connections.setVerification', { id: source.connectionId, scheme: { kind: 'basic' } });
    await expect(set('no colon')).rejects.toThrow(/colon/);
    await expect(
      test.call('connections.setVerification', {
        id: source.connectionId,
        scheme: { ...hmac, header: 'X Y\r\nZ' },
      }),
    ).rejects.toThrow('input.invalid');
  });

  it('never gives a secret back: not in answers, events, the log or the store', async () => {
    const key = 'SECRET-THAT-MUST-NOT-LEAK-1f9a';
    const seen: unknown[] = [];
    const end = test.engine.subscribe((event, data) => seen.push(event, data));
    const source = await signedSource(key);
    const answers = [
      await test.call('connections.verification', { id: source.connectionId }),
      await test.call('connections.probe', { id: source.connectionId }),
      await test.call('dataSources.get', { id: source.id }),
      await post(source.url, '{"id":1}', signed('{"id":1}', 'wrong')),
      await newest(source),
    ];
    end();
    expect(JSON.stringify([answers, seen, test.logLines])).not.toContain(key);
    const { readFileSync } = await import('node:fs');
    for (const file of ['hookbench.db', 'hookbench.db-wal'])
      expect(readFileSync(`${test.dataDir}/${file}`).includes(key)).toBe(false);
  });

  it('writes into the audit log that it was set and removed, not what it is', async () => {
    const source = await signedSource('a secret for the audit log');
    const { verification } = await test.call('connections.verification', { id: source.connectionId });
    await test.call('connections.removeSecret', {
      id: source.connectionId,
      secretId: verification.secrets[0]?.id ?? '',
    });
    const { entries } = await test.call('audit.list', { dataSourceId: source.id });
    const changes = entries
      .filter(({ action }) => action === 'verificationChanged')
      .map((entry) => entry.changes[0]);
    expect(changes).toMatchObject([
      { what: 'secret', from: 'set' },
      { what: 'secret', to: 'set' },
      { what: 'scheme', to: expect.stringContaining('X-Signature') },
    ]);
    expect(JSON.stringify(entries)).not.toContain('a secret for the audit log');
  });

  it('names a connection that does not exist, and a secret that is gone', async () => {
    await expect(test.call('connections.verification', { id: 'con_none' })).rejects.toThrow(
      'connection.missing',
    );
    const source = await signedSource();
    await expect(
      test.call('connections.removeSecret', { id: source.connectionId, secretId: 'sec_none' }),
    ).rejects.toThrow('secret.missing');
  });

  it('takes a chosen scheme back with its secrets, and refuses a choice beside the application’s own', async () => {
    const source = await signedSource();
    const { verification } = await test.call('connections.setVerification', { id: source.connectionId });
    expect(verification).toMatchObject({ state: 'notCheckable', secrets: [] });
    expect((await post(source.url, '{"id":1}')).status).toBe(200);
    const github = await newSource('github');
    await expect(
      test.call('connections.setVerification', { id: github.connectionId, scheme: hmac }),
    ).rejects.toThrow('secret.invalid');
  });
});

describe('another key', () => {
  it('makes a set secret unreadable: 503, told to the user, and mended by setting it again', async () => {
    const first = await startTestEngine();
    const { id } = await first.createSource('github');
    const { dataSource } = await first.call('dataSources.get', { id });
    const connectionId = dataSource.connections[0]?.id ?? '';
    await first.call('connections.setSecret', { id: connectionId, secret: 'of the first key' });
    await first.stop();

    const second = await startTestEngine(first.dataDir, { vaultKey: new Uint8Array(32).fill(9) });
    const { dataSource: again } = await second.call('dataSources.get', { id });
    const url = again.connections[0]?.inboundUrl ?? '';
    expect((await second.call('connections.verification', { id: connectionId })).verification).toMatchObject({
      state: 'unreadable',
      secrets: [{ readable: false }],
    });
    const refused = await fetch(url, { method: 'POST', headers: json, body: '{"id":1}' });
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBeTruthy();
    const { captures } = await second.call('captures.list', { dataSourceId: id });
    expect(captures[0]?.verification?.code).toBe('secretUnreadable');
    const { verification } = await second.call('connections.setSecret', { id: connectionId, secret: 'new' });
    expect(verification).toMatchObject({ state: 'checked', secrets: [{ readable: true }] });
    await second.stop();
  });

  it('without any key nothing is kept, and everything else works', async () => {
    const engine = await startTestEngine(undefined, { vaultKey: new Uint8Array(0) });
    const { id, url } = await engine.createSource('github');
    const { dataSource } = await engine.call('dataSources.get', { id });
    const connectionId = dataSource.connections[0]?.id ?? '';
    await expect(engine.call('connections.setSecret', { id: connectionId, secret: 'x' })).rejects.toThrow(
      'vault.unavailable',
    );
    expect((await fetch(url, { method: 'POST', headers: json, body: '{"id":1}' })).status).toBe(200);
    await engine.stop();
  });
});
