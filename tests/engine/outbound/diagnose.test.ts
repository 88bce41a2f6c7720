// The connection doctor against real servers that have one thing wrong each: which stage fails, as what, what is said and what to do.
import { afterEach, describe, expect, it } from 'vitest';
import type { DiagnosisStage } from '#contract';
import { type Diagnosed, diagnose } from '../../../main/engine/outbound/diagnose.ts';
import { createOAuthTokens } from '../../../main/engine/outbound/oauth-tokens.ts';
import type { ResolveName } from '../../../main/engine/outbound/resolve-name.ts';
import { connectFault } from '../../../main/engine/outbound/send-fault.ts';
import { createSendRequest, type SendRequest } from '../../../main/engine/outbound/send-request.ts';
import { createAuthority, createSelfSigned } from '../../harness/certificates.ts';
import { startRawServer, startSecondServer } from '../../harness/second-server.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

const authority = createAuthority('Trusted authority');
const stranger = createAuthority('Strange authority');
const day = 24 * 60 * 60 * 1000;

async function second(tls?: { cert: string; key: string }) {
  const server = await startSecondServer(tls);
  stops.push(server.stop);
  return server;
}

/** `api.example.com` leads to this computer here. */
const resolveName: ResolveName = async (host) => {
  if (host === 'nowhere.example.com') throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
  return [{ address: '127.0.0.1', family: 4 }];
};
const trusting = createSendRequest({ extraCa: [authority.cert], resolveName });

async function examine(
  baseUrl: string,
  sendRequest: SendRequest = trusting,
  timeoutMs = 5_000,
): Promise<Diagnosed & { stage(name: DiagnosisStage['stage']): DiagnosisStage | undefined }> {
  const { host } = new URL(baseUrl);
  const told: DiagnosisStage[] = [];
  const diagnosed = await diagnose(
    {
      settings: { baseUrl, authorization: { kind: 'none' }, headers: [], timeoutMs, allowedTargets: [host] },
      secrets: new Map(),
      unreadable: [],
    },
    { sendRequest, tokens: createOAuthTokens({ sendRequest }) },
    { connectionId: 'con_1', signal: new AbortController().signal, tell: (stage) => told.push(stage) },
  );
  const { stages } = diagnosed.diagnosis;
  // What is told on the way is what is given in the end, each stage once and in order.
  expect(told).toEqual(stages);
  expect(stages.map((each) => each.stage)).toEqual([
    'name',
    'connect',
    'tls',
    'redirect',
    'authorization',
    'status',
  ]);
  // Behind the first stage that failed nothing claims to have passed.
  const at = stages.findIndex(({ result }) => result === 'failed');
  if (at >= 0) expect(stages.slice(at + 1).every(({ result }) => result === 'skipped')).toBe(true);
  expect(diagnosed.failed).toEqual(at >= 0 ? stages[at] : undefined);
  expect(diagnosed.diagnosis.ok).toBe(at < 0);
  return { ...diagnosed, stage: (name) => stages.find((each) => each.stage === name) };
}

describe('over https', () => {
  it('a good certificate passes, with its facts and its time', async () => {
    const server = await second(authority.issue(['api.example.com']));
    const { stage } = await examine(`https://api.example.com:${server.port}`);
    expect(stage('name')).toMatchObject({ result: 'passed', text: 'api.example.com was found.' });
    expect(stage('tls')).toMatchObject({ result: 'passed', ms: expect.any(Number) });
    expect(stage('tls')?.text).toMatch(/good for (29|30) more days/);
    expect(stage('tls')?.facts).toContainEqual({
      name: 'Chain',
      value: 'api.example.com, issued by Trusted authority',
    });
    expect(stage('tls')?.facts).toContainEqual({ name: 'Protocol', value: 'TLSv1.3' });
    expect(stage('status')?.result).toBe('passed');
  });

  it('one that ends soon is a warning', async () => {
    const server = await second(
      authority.issue(['api.example.com'], { to: new Date(Date.now() + 3.5 * day) }),
    );
    const { stage, diagnosis } = await examine(`https://api.example.com:${server.port}`);
    expect(stage('tls')).toMatchObject({
      result: 'warning',
      text: 'The certificate is good, and expires in 3 days.',
      toDo: expect.any(String),
    });
    expect(diagnosis.ok).toBe(true);
  });

  const past = new Date(Date.now() - day);
  const chained = { ...stranger.issue(['api.example.com']) };
  it.each([
    [
      'expired',
      authority.issue(['api.example.com'], { from: new Date(Date.now() - 9 * day), to: past }),
      'tlsExpired',
      'has expired',
      'renewed',
    ],
    [
      'not valid yet',
      authority.issue(['api.example.com'], { from: new Date(Date.now() + day) }),
      'tlsExpired',
      'not valid yet',
      'clock of this computer',
    ],
    [
      'for another name',
      authority.issue(['www.example.org']),
      'tlsWrongName',
      'for another name',
      'Use the name for which',
    ],
    [
      'self-signed',
      createSelfSigned(['api.example.com']),
      'tlsUntrusted',
      'self-signed',
      'authority that this computer trusts',
    ],
    [
      'of a root that is not trusted',
      { ...chained, cert: chained.cert + stranger.cert },
      'tlsUntrusted',
      'ends at a self-signed certificate that is not trusted',
      'authority that this computer trusts',
    ],
    ['whose issuer is left out', chained, 'tlsUntrusted', 'leaves out', 'send its whole chain'],
  ])('one that is %s fails at TLS, is shown, and nothing is sent', async (_what, tls, code, why, toDo) => {
    const server = await second(tls);
    const { stage } = await examine(`https://api.example.com:${server.port}`);
    expect(stage('connect')?.result).toBe('passed');
    expect(stage('tls')).toMatchObject({ result: 'failed', code, ms: expect.any(Number) });
    expect(stage('tls')?.text).toContain(why);
    expect(stage('tls')?.text).toContain('api.example.com');
    expect(stage('tls')?.toDo).toContain(toDo);
    expect(stage('tls')?.facts.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Certificate for', 'Valid until', 'SHA-256', 'Chain']),
    );
    expect(server.calls).toEqual([]);
  });

  it('a port without TLS, and one that hangs up or says nothing, fail there', async () => {
    const plain = await second();
    const { stage } = await examine(`https://127.0.0.1:${plain.port}`);
    expect(stage('tls')).toMatchObject({ result: 'failed', code: 'tlsFailed' });
    expect(stage('tls')?.text).toContain('http://');
    const silent = await startRawServer(() => undefined);
    stops.push(silent.stop);
    const waits = await examine(`https://${silent.target}`, trusting, 300);
    expect(waits.stage('tls')).toMatchObject({ result: 'failed', code: 'timeout' });
    // Without TLS it is the answer that never comes, which says nothing of a redirect or of the authorization.
    const mute = await examine(`http://${silent.target}`, trusting, 300);
    expect(mute.stage('status')).toMatchObject({ result: 'failed', code: 'timeout' });
    for (const name of ['redirect', 'authorization'] as const)
      expect(mute.stage(name)).toMatchObject({ result: 'skipped', text: 'No answer came.' });
  });
});

describe('before that', () => {
  it('a name that is not found fails there', async () => {
    const { stage } = await examine('https://nowhere.example.com');
    expect(stage('name')).toMatchObject({
      result: 'failed',
      code: 'nameNotFound',
      ms: expect.any(Number),
      toDo: expect.stringContaining('spelling'),
    });
  });

  it('nothing that listens is a refusal; an address without a way to it is told as such', async () => {
    const server = await startSecondServer();
    await server.stop();
    const { stage } = await examine(`http://api.example.com:${server.port}`);
    expect(stage('connect')).toMatchObject({ result: 'failed', code: 'refused' });

    const { failure } = connectFault('192.0.2.1:443', Object.assign(new Error(), { code: 'EHOSTUNREACH' }));
    expect(failure).toEqual({
      code: 'unreachable',
      message: '192.0.2.1:443 cannot be reached (EHOSTUNREACH).',
    });
    const several = new AggregateError([Object.assign(new Error(), { code: 'ENETUNREACH' })]);
    expect(connectFault('x:443', several).failure.code).toBe('unreachable');
    const away = await examine('http://192.168.1.1', async () => ({
      failure,
      addresses: ['192.168.1.1'],
      timing: { totalMs: 1 },
    }));
    expect(away.stage('connect')).toMatchObject({
      result: 'failed',
      code: 'unreachable',
      toDo: expect.stringContaining('firewalls'),
    });
  });

  it('an address of the metadata service is refused, without the offer to allow it', async () => {
    const { stage } = await examine('http://169.254.169.254');
    expect(stage('connect')).toMatchObject({ result: 'failed', code: 'targetForbidden' });
    expect(stage('connect')?.allowTarget).toBeUndefined();
  });
});

it('http to another computer is a warning, and an answer that is no HTTP fails at the status', async () => {
  const server = await second();
  const { stage } = await examine(`http://api.example.com:${server.port}`, async (request, options) => ({
    ...(await trusting(request, options)),
    address: '93.184.216.34:80',
  }));
  expect(stage('tls')).toMatchObject({ result: 'warning', toDo: expect.stringContaining('https://') });
  const odd = await startRawServer((socket) => socket.once('data', () => socket.end('SSH-2.0-x\r\n')));
  stops.push(odd.stop);
  const broken = await examine(`http://${odd.target}`);
  expect(broken.stage('status')).toMatchObject({ result: 'failed', code: 'answerBroken' });
});
