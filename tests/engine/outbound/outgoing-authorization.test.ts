// Authorization of outgoing calls, against a real second server.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AuthorizationInput } from '#contract';
import { headerOf } from '../../harness/second-server.ts';
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
    await restart();
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
    await restart({ vaultKey: new Uint8Array(32).fill(9) });
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
