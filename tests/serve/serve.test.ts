// The serve host from outside: its ready line, its exit codes, and who may use its control server.
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { localSocketPath } from '../../main/link/local-socket.ts';
import { failToStart, type Program, startProgram, testToken } from '../harness/program.ts';
import { newDataDir } from '../harness/test-engine.ts';

describe('starting', () => {
  it('says why and ends with a code of its own when a port is taken', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const { port } = holder.address() as AddressInfo;
    const receiver = await failToStart({ dataDir: newDataDir(), receiverPort: port });
    const control = await failToStart({ dataDir: newDataDir(), controlPort: port });
    holder.close();
    expect(receiver).toMatchObject({ code: 10, stderr: expect.stringContaining('--receiver-port') });
    expect(control).toMatchObject({ code: 10, stderr: expect.stringContaining('--control-port') });
  });

  it('says why and ends with a code of its own when the folder is not writable or the store is damaged', async () => {
    const file = join(newDataDir(), 'file');
    writeFileSync(file, '');
    expect(await failToStart({ dataDir: join(file, 'data') })).toMatchObject({ code: 12 });
    const damaged = newDataDir();
    writeFileSync(
      join(damaged, 'hookbench.db'),
      'this is no store at all, but long enough to be one'.repeat(40),
    );
    const ended = await failToStart({ dataDir: damaged });
    expect(ended).toMatchObject({ code: 13, stderr: expect.stringContaining('left as it is') });
    expect(ended.stderr.trim().split('\n')).toHaveLength(1);
  });
});

describe('a running serve host', () => {
  let program: Program;
  const dataDir = newDataDir();

  beforeAll(async () => {
    mkdirSync(dataDir, { recursive: true });
    program = await startProgram({ dataDir });
  });
  afterAll(async () => void (await program.kill()));

  const launchToken = () => new URL(program.url).hash.slice('#launch='.length);
  const post = (path: string, init: RequestInit = {}) =>
    fetch(program.control + path, { method: 'POST', ...init });

  async function cookie(): Promise<string> {
    const response = await post('/session', { body: JSON.stringify({ token: launchToken() }) });
    return response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  }

  function openLink(headers: Record<string, string>): Promise<number | 'open'> {
    return new Promise((resolve) => {
      const socket = new WebSocket(`${program.control.replace('http', 'ws')}/link`, { headers });
      socket.once('open', () => {
        socket.close();
        resolve('open');
      });
      socket.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
      socket.once('error', () => undefined);
    });
  }

  it('refuses a second program on the same folder', async () => {
    expect(await failToStart({ dataDir })).toMatchObject({
      code: 11,
      stderr: expect.stringContaining(dataDir),
    });
  });

  it('answers calls with the bearer token only', async () => {
    const call = (authorization?: string) =>
      post('/api/status.get', { body: '{}', headers: authorization ? { authorization } : {} });
    expect((await call()).status).toBe(401);
    expect((await call('Bearer wrong')).status).toBe(401);
    const right = await call(`Bearer ${testToken}`);
    expect(right.status).toBe(200);
    expect(await right.json()).toMatchObject({ receiver: { url: program.receiver } });
  });

  it('answers problems with their status', async () => {
    const headers = { authorization: `Bearer ${testToken}` };
    const unknown = await post('/api/no.suchCall', { headers });
    expect([unknown.status, await unknown.json()]).toEqual([
      404,
      { code: 'call.unknown', message: expect.any(String) },
    ]);
    const broken = await post('/api/status.get', { headers, body: '{' });
    expect([broken.status, ((await broken.json()) as { code: string }).code]).toEqual([400, 'input.invalid']);
    const wrong = await post('/api/dataSources.create', { headers, body: '{"kind":"custom","name":"  "}' });
    expect([wrong.status, ((await wrong.json()) as { path: string }).path]).toEqual([400, 'name']);
    const turned = await post('/api/dataSources.create', {
      headers,
      body: '{"kind":"custom","name":"a\\u202eb"}',
    });
    expect([turned.status, await turned.json()]).toMatchObject([
      400,
      { message: expect.stringContaining('invisible') },
    ]);
    const missing = await post('/api/dataSources.get', { headers, body: '{"id":"ds_none"}' });
    expect(missing.status).toBe(404);
  });

  it('trades the launch token for an HttpOnly, SameSite=Strict cookie', async () => {
    expect((await post('/session', { body: '{"token":"wrong"}' })).status).toBe(401);
    const right = await post('/session', { body: JSON.stringify({ token: launchToken() }) });
    expect(right.status).toBe(204);
    expect(right.headers.getSetCookie()[0]).toMatch(/; HttpOnly; SameSite=Strict$/);
  });

  it('opens the link for a signed-in page of its own origin only', async () => {
    const signedIn = await cookie();
    const origin = program.control;
    expect(await openLink({ cookie: signedIn, origin })).toBe('open');
    expect(await openLink({ origin })).toBe(401);
    expect(await openLink({ cookie: signedIn, origin: 'https://evil.example' })).toBe(403);
    expect(await openLink({ cookie: signedIn })).toBe(403);
  });

  it('refuses a foreign Host or Origin on every path', async () => {
    const { port } = new URL(program.control);
    const foreign = await new Promise<number>((resolve) => {
      request({ port, host: '127.0.0.1', path: '/', headers: { host: 'rebound.example' } }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      }).end();
    });
    expect(foreign).toBe(403);
    expect((await post('/session', { headers: { origin: 'https://evil.example' } })).status).toBe(403);
  });

  it('takes the same calls over a socket that is private to the user', async () => {
    const socketPath = localSocketPath(dataDir);
    expect(statSync(socketPath).mode & 0o777).toBe(0o600);
    const answer = await new Promise<string>((resolve, reject) => {
      const call = request({ socketPath, path: '/api/status.get', method: 'POST' }, async (response) => {
        let text = '';
        for await (const chunk of response) text += chunk;
        resolve(`${response.statusCode} ${text}`);
      });
      call.once('error', reject);
      call.end('{}');
    });
    expect(answer).toMatch(/^200 .*"receiver"/);
  });

  it('never shows its own calls or pages on the receiver', async () => {
    for (const path of ['/', '/api/status.get', '/session', '/link', '/index.html']) {
      const response = await fetch(program.receiver + path, {
        headers: { authorization: `Bearer ${testToken}` },
      });
      expect(response.status).toBe(404);
    }
  });

  it('keeps tokens out of the log', () => {
    const log = readFileSync(join(dataDir, 'hookbench.log'), 'utf8');
    expect(log).toContain('the engine is ready');
    expect(log).not.toContain(testToken);
    expect(log).not.toContain(launchToken());
  });
});

describe('stopping', () => {
  it('ends with 0 on SIGTERM and leaves the folder free', async () => {
    const dataDir = newDataDir();
    const first = await startProgram({ dataDir });
    expect(await first.stop()).toBe(0);
    const second = await startProgram({ dataDir });
    expect(await second.stop()).toBe(0);
  });
});
