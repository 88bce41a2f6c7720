// Signed calls, checked by the receiving server as Standard Webhooks says: by the raw bytes, the id and the time, with nothing of ours.
import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { askToWait, type ReceivedCall } from '../../harness/failing-server.ts';
import { type ModuleStage, setModuleStage } from '../../harness/module-stage.ts';

const key = Buffer.from('a signing secret of 32 bytes ok!');
const signingSecret = `whsec_${key.toString('base64')}`;

let stage: ModuleStage;
let connectionId: string;
beforeEach(async () => {
  stage = await setModuleStage();
  const { dataSource } = await stage.test.call('dataSources.get', { id: stage.targetId });
  connectionId = dataSource.connections[0]?.id ?? '';
});
afterEach(() => stage.stop());

const save = (secret: string | null | undefined) =>
  stage.test.call('connections.saveOutgoing', {
    id: connectionId,
    outgoing: {
      baseUrl: stage.server.url,
      authorization: { kind: 'none' },
      allowedTargets: [`127.0.0.1:${stage.server.port}`],
      signingSecret: secret,
    },
  });

/** The signature that the call should bear. */
function expected(call: ReceivedCall, with_ = key): string {
  const signed = Buffer.concat([
    Buffer.from(`${call.header('webhook-id')}.${call.header('webhook-timestamp')}.`),
    call.body,
  ]);
  return `v1,${createHmac('sha256', with_).update(signed).digest('base64')}`;
}

it('bears the signature of its very bytes; a retry keeps the id and signs a time of its own', async () => {
  await save(signingSecret);
  // The check at Save signs nothing: there is nothing to protect in a GET without a body.
  stage.server.calls.length = 0;
  await stage.addModule();
  // A date, as HTTP writes it: whole seconds.
  const until = Math.ceil(Date.now() / 1_000) * 1_000 + 2_000;
  stage.server.next(askToWait(new Date(until).toUTCString()));
  await stage.send({ id: 1, name: 'Zoë', email: 'zoë – "quoted" 😀@example.com' });
  await stage.runs((runs) => runs[0]?.state === 'succeeded');
  const [first, second] = stage.server.calls;
  if (!first || !second) throw new Error('two calls were expected');
  expect(second.at).toBeGreaterThanOrEqual(until);
  for (const call of [first, second]) {
    expect(call.header('webhook-signature')).toBe(expected(call));
    expect(call.header('webhook-timestamp')).toMatch(/^\d{10}$/);
    expect(Math.abs(Number(call.header('webhook-timestamp')) * 1_000 - call.at)).toBeLessThan(5_000);
    expect(call.header('webhook-id')).toBe(call.header('idempotency-key'));
  }
  expect(second.header('webhook-id')).toBe(first.header('webhook-id'));
  expect(second.body).toEqual(first.body);
  expect(Number(second.header('webhook-timestamp'))).toBeGreaterThan(
    Number(first.header('webhook-timestamp')),
  );
  expect(second.header('webhook-signature')).not.toBe(first.header('webhook-signature'));
  expect(JSON.stringify(await stage.test.call('deliveries.list', {}))).not.toContain(signingSecret);
});

it('takes a key without its prefix, signs empty bodies, and stops when the secret is removed', async () => {
  await save(key.toString('base64'));
  await stage.look();
  const signed = stage.server.calls.at(-1);
  expect(signed?.header('webhook-signature')).toBe(signed && expected(signed));
  expect(signed?.header('webhook-id')).toMatch(/^msg_[0-9a-f]{32}$/);
  // Left out it stays, null takes it away.
  await save(undefined);
  await stage.look();
  expect(stage.server.calls.at(-1)?.header('webhook-signature')).toBeDefined();
  await save(null);
  await stage.look();
  expect(stage.server.calls.at(-1)?.header('webhook-signature')).toBeUndefined();
});

it.each([
  ['whpk_', Buffer.alloc(32, 3), 'public key'],
  ['whsk_', Buffer.alloc(64, 3), 'private key'],
])('refuses %s keys, which are no shared secrets, and says what to type', async (prefix, bytes, words) => {
  await save(signingSecret);
  const refused = save(`${prefix}${bytes.toString('base64')}`);
  await expect(refused).rejects.toThrow('outgoing.invalid');
  await expect(refused).rejects.toThrow(words);
  await expect(refused).rejects.toThrow('whsec_');
  // As a draft it would sign wrongly all the same.
  stage.server.calls.length = 0;
  await stage.addModule();
  await stage.send({ id: 1, name: 'Ann', email: 'ann@example.com' });
  const [call] = await stage.server.waitFor(1);
  expect(call?.header('webhook-signature')).toBe(call && expected(call));
});

it('does not sign with a key that was kept as a draft and is none: the call fails and says so', async () => {
  await stage.test.call('connections.saveOutgoing', {
    id: connectionId,
    asDraft: true,
    outgoing: {
      baseUrl: stage.server.url,
      authorization: { kind: 'none' },
      allowedTargets: [`127.0.0.1:${stage.server.port}`],
      signingSecret: `whpk_${Buffer.alloc(32, 3).toString('base64')}`,
    },
  });
  await stage.addModule();
  await stage.send({ id: 1, name: 'Ann', email: 'ann@example.com' });
  const [run] = await stage.runs((runs) => runs[0]?.state === 'failed');
  expect(run?.reason).toContain('public key');
  expect(stage.server.calls).toEqual([]);
});
