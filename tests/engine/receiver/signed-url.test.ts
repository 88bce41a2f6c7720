// Signatures that cover the URL, through the real tunnel server: the sender signs the public address with its query.
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  callPublic,
  type LocaltunnelServer,
  startLocaltunnelServer,
} from '../../fakes/localtunnel-server.ts';
import { startTestEngine, type TestEngine } from '../../harness/test-engine.ts';

let server: LocaltunnelServer;
let test: TestEngine;
beforeAll(async () => {
  server = await startLocaltunnelServer();
  test = await startTestEngine();
  await test.call('settings.update', { tunnel: { host: server.url, subdomain: 'signed' } });
  const { tunnel } = await test.call('tunnel.start', {});
  expect(tunnel.status).toBe('up');
});
afterAll(async () => {
  await test.stop();
  await server.stop();
});

const authToken = 'auth token of the account';
const body = 'From=%2B15550100&Body=Hello+there';

/** As Twilio signs: the URL with its query, then names and values of the form, sorted. */
function signatureFor(url: string): string {
  return createHmac('sha1', authToken).update(`${url}BodyHello thereFrom+15550100`).digest('base64');
}

it('is right for the public URL with its query, and a near miss for the local one', async () => {
  const { id } = await test.createSource('twilio');
  const { dataSource } = await test.call('dataSources.get', { id });
  const [connection] = dataSource.connections;
  if (!connection?.publicUrl) throw new Error('The tunnel gave no public URL.');
  await test.call('connections.setSecret', { id: connection.id, secret: authToken });
  const send = (url: string, signedUrl: string) =>
    callPublic(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': signatureFor(signedUrl),
      },
      body,
    });
  const newest = async () =>
    (await test.call('captures.list', { dataSourceId: id, limit: 1 })).captures[0]?.verification;

  const url = `${connection.publicUrl}?shop=1&x=%20a`;
  expect((await send(url, url)).status).toBe(200);
  expect((await newest())?.result).toBe('valid');

  expect((await send(url, connection.publicUrl)).status).toBe(401);
  expect((await newest())?.nearMiss).toBeUndefined();

  expect((await send(url, `${connection.localUrl}?shop=1&x=%20a`)).status).toBe(401);
  expect((await newest())?.nearMiss?.kind).toBe('otherUrl');

  // Straight to this computer, signed for the public address: the user learns which address was signed.
  expect((await send(connection.localUrl, connection.publicUrl)).status).toBe(401);
  expect((await newest())?.nearMiss).toMatchObject({ kind: 'otherUrl' });
  expect((await newest())?.nearMiss?.text).toContain(connection.publicUrl);
  expect((await send(connection.localUrl, connection.localUrl)).status).toBe(200);
});
