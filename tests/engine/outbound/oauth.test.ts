// OAuth 2.0 client credentials against a real token endpoint: kept, renewed before it expires, renewed once after a 401 in a real call; and
// never seen anywhere.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOAuthTokens, type OAuthTokens } from '../../../main/engine/outbound/oauth-tokens.ts';
import { createSendRequest } from '../../../main/engine/outbound/send-request.ts';
import { type ModuleStage, setModuleStage } from '../../harness/module-stage.ts';
import {
  headerOf,
  type Recorded,
  type SecondServer,
  startSecondServer,
} from '../../harness/second-server.ts';

const clientSecret = 'secret-of-the-client';
const tokenNamed = (number: number) => `token-${number}-of-a-life`;

let server: SecondServer;
let given: number;
/** How the token endpoint answers. */
let grant: () => { status: number; body: object };
/** Whether the API takes a call. */
let accepts: (call: Recorded) => boolean;

beforeEach(async () => {
  server = await startSecondServer();
  given = 0;
  grant = () => {
    given += 1;
    return { status: 200, body: { access_token: tokenNamed(given), token_type: 'Bearer', expires_in: 3600 } };
  };
  accepts = () => true;
  server.answer((call, response) => {
    response.setHeader('content-type', 'application/json');
    if (call.url === '/token') {
      const { status, body } = grant();
      return response.writeHead(status).end(JSON.stringify(body));
    }
    const bearer = headerOf(call, 'authorization') ?? '';
    const isAccepted = accepts(call);
    // An API that gives back what it refused.
    return response.writeHead(isAccepted ? 200 : 401).end(JSON.stringify({ seen: bearer }));
  });
});
afterEach(() => server.stop());

const apiCalls = () => server.calls.filter(({ url }) => url !== '/token');
const bearers = () => apiCalls().map((call) => headerOf(call, 'authorization')?.replace('Bearer ', ''));

describe('the keeper of tokens', () => {
  let now: number;
  let tokens: OAuthTokens;
  const ask = (refused?: string, more: { clientId?: string; signal?: AbortSignal } = {}) =>
    tokens.get({
      connectionId: 'con_1',
      settings: {
        kind: 'oauth2',
        tokenUrl: `${server.url}/token`,
        clientId: more.clientId ?? 'client',
        clientAuthentication: 'basic',
      },
      clientSecret,
      timeoutMs: 5_000,
      allowedTargets: [server.target],
      signal: more.signal ?? new AbortController().signal,
      refused,
    });

  beforeEach(() => {
    now = Date.UTC(2026, 0, 1);
    tokens = createOAuthTokens({ sendRequest: createSendRequest(), now: () => now });
  });

  it.each([
    [3600, 3_540_000],
    [100, 90_000],
    ['3600', 3_540_000],
    // Nothing that tells a life: five minutes.
    [undefined, 270_000],
    [-1, 270_000],
    ['soon', 270_000],
  ])('keeps one that lives for %s s, and renews it before its end', async (life, renewedAfterMs) => {
    grant = () => {
      given += 1;
      return { status: 200, body: { access_token: tokenNamed(given), expires_in: life } };
    };
    expect(await ask()).toEqual({ token: tokenNamed(1), fromCache: false });
    now += renewedAfterMs - 1;
    expect(await ask()).toEqual({ token: tokenNamed(1), fromCache: true });
    now += 1;
    expect(await ask()).toEqual({ token: tokenNamed(2), fromCache: false });
    expect(given).toBe(2);
  });

  it('asks once for calls that want it at the same time, after a refusal too', async () => {
    const first = await Promise.all([ask(), ask(), ask()]);
    expect(given).toBe(1);
    expect(new Set(first.map((result) => JSON.stringify(result))).size).toBe(1);
    await Promise.all([ask(tokenNamed(1)), ask(tokenNamed(1))]);
    // Who was refused the first one later gets the second.
    expect(await ask(tokenNamed(1))).toEqual({ token: tokenNamed(2), fromCache: true });
    expect(given).toBe(2);
  });

  it('gives a token to nobody whose settings differ, and forgets it when told', async () => {
    await ask();
    await ask(undefined, { clientId: 'another' });
    expect(given).toBe(2);
    tokens.forget('con_1');
    await ask(undefined, { clientId: 'another' });
    expect(given).toBe(3);
  });

  it('lets go who does not want to wait, and goes on for the others', async () => {
    const stopper = new AbortController();
    const impatient = ask(undefined, { signal: stopper.signal });
    const patient = ask();
    stopper.abort();
    expect(await impatient).toMatchObject({ failure: { code: 'cancelled' } });
    expect(await patient).toMatchObject({ token: tokenNamed(1) });
  });

  it.each([
    [{ status: 400, body: { error: 'invalid_client', error_description: `no ${clientSecret} here` } }],
    [{ status: 200, body: { nothing: 1 } }],
    [{ status: 200, body: { access_token: 'mac-token', token_type: 'mac' } }],
    [{ status: 503, body: {} }],
  ])('says why none was given, and asks again the next time: %j', async (refusal) => {
    const before = grant;
    grant = () => refusal;
    const result = await ask();
    expect(result).toMatchObject({ failure: { code: 'authorizationFailed' } });
    expect(JSON.stringify(result)).toContain('No token from the token URL.');
    expect(JSON.stringify(result)).not.toContain(clientSecret);
    grant = before;
    expect(await ask()).toMatchObject({ token: tokenNamed(1) });
  });
});

describe('a call by a module', () => {
  let stage: ModuleStage;
  let connectionId: string;
  beforeEach(async () => {
    stage = await setModuleStage();
    const { dataSource } = await stage.test.call('dataSources.get', { id: stage.targetId });
    connectionId = dataSource.connections[0]?.id ?? '';
    await stage.test.call('connections.saveOutgoing', {
      id: connectionId,
      outgoing: {
        baseUrl: `${server.url}/v1`,
        allowedTargets: [server.target],
        authorization: {
          kind: 'oauth2',
          tokenUrl: `${server.url}/token`,
          clientId: 'client',
          clientSecret,
          clientAuthentication: 'body',
        },
      },
    });
    server.calls.length = 0;
    given = 0;
    await stage.addModule();
  });
  afterEach(() => stage.stop());

  const send = async (id: number) => {
    await stage.send({ id, name: `N${id}`, email: `n${id}@example.com` });
    await stage.runs((runs) => runs.length === id && runs.every(({ endedAt }) => endedAt !== undefined));
    const { deliveries } = await stage.test.call('deliveries.list', {});
    const { attempts, delivery } = await stage.test.call('deliveries.get', { id: deliveries[0]?.id ?? '' });
    return { attempts, delivery };
  };

  it('uses one token for all, renews it once after a 401 within the same try, and shows it nowhere', async () => {
    await send(1);
    await send(2);
    expect(given).toBe(1);
    expect(bearers()).toEqual([tokenNamed(1), tokenNamed(1)]);

    // It ends before its time.
    accepts = (call) => headerOf(call, 'authorization') !== `Bearer ${tokenNamed(1)}`;
    const { attempts, delivery } = await send(3);
    expect(bearers().slice(2)).toEqual([tokenNamed(1), tokenNamed(2)]);
    expect(given).toBe(2);
    expect(delivery).toMatchObject({ state: 'succeeded', attempts: 1, lastStatus: 200 });
    const [refused, taken] = apiCalls().slice(2);
    expect(taken?.bytes).toEqual(refused?.bytes);
    expect(headerOf(taken, 'idempotency-key')).toBe(headerOf(refused, 'idempotency-key'));
    // The answer that gave the token back is kept with dots in its place.
    expect(attempts[0]?.exchange.answer?.body?.text).toBe('{"seen":"Bearer ••••••••"}');
    expect(attempts[0]?.exchange.request.headers).toContainEqual(['Authorization', 'Bearer ••••••••']);

    const shown = JSON.stringify([
      attempts,
      (await stage.test.call('connections.outgoing', { id: connectionId })).outgoing,
      (await stage.test.call('audit.list', { dataSourceId: stage.targetId })).entries,
      stage.test.logLines,
    ]);
    const { dataDir } = stage.test;
    await stage.restart();
    const files = readdirSync(dataDir, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(db|log)/.test(name))
      .map((name) => readFileSync(join(dataDir, name)).toString('latin1'));
    for (const secret of [tokenNamed(1), tokenNamed(2), clientSecret]) {
      expect(shown).not.toContain(secret);
      for (const bytes of files) expect(bytes).not.toContain(secret);
    }
  });

  it('tries a second token once only, and tells of the 401 where no other token is given', async () => {
    await stage.look();
    accepts = () => false;
    const twice = await stage.look();
    expect(bearers()).toEqual([tokenNamed(1), tokenNamed(1), tokenNamed(2)]);
    expect(twice.exchange.answer?.status).toBe(401);
    expect(JSON.stringify(twice)).not.toContain('-of-a-life');

    grant = () => ({ status: 400, body: { error: 'invalid_client' } });
    const tried = await stage.look();
    expect(tried.exchange.answer?.status).toBe(401);
    expect(tried.exchange.failure?.code).toBe('authorizationFailed');
    expect(tried.exchange.failure?.message).toMatch(/^It answered 401, and the token could not be renewed\./);
    expect(tried.exchange.failure?.message).toContain('invalid_client');
  });

  it('has the doctor renew a token that ended before its time, once', async () => {
    const test = () => stage.test.call('connections.testOutgoing', { id: connectionId });
    await test();
    accepts = (call) => headerOf(call, 'authorization') !== `Bearer ${tokenNamed(1)}`;
    const { diagnosis } = await test();
    expect(diagnosis.ok).toBe(true);
    expect(diagnosis.stages.map(({ stage: name }) => name)).toEqual([
      'name',
      'connect',
      'tls',
      'redirect',
      'authorization',
      'status',
    ]);
    expect(given).toBe(2);
    accepts = () => false;
    const refused = await test();
    expect(given).toBe(3);
    expect(refused.diagnosis.stages.find(({ stage: name }) => name === 'authorization')).toMatchObject({
      result: 'failed',
      code: 'authorizationFailed',
    });
    expect(JSON.stringify(refused)).not.toContain('-of-a-life');
  });
});
