// The sample of every application that signs its calls, through the real engine with a secret set: rightly signed it is verified and taken,
// with one byte changed (or, where the secret itself is sent, with another secret) it is refused.
import { generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApplicationDefinition } from '../../../main/engine/catalog/application-definition.ts';
import { applicationList } from '../../../main/engine/catalog/application-list.ts';
import { type SampleCall, signSample } from '../../../main/engine/connections/sign-sample.ts';
import { isCheckable } from '../../../main/engine/verification/secret-fault.ts';
import type { SchemeOf, SignatureScheme } from '../../../main/engine/verification/signature-scheme.ts';
import { startTestEngine, type TestEngine } from '../../harness/test-engine.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const signing = applicationList.filter(({ signatureSchemes }) => signatureSchemes.some(isCheckable));

interface Signer {
  /** What the user sets. */
  secret: string;
  sign(call: SampleCall): SampleCall;
  /** Another one of the same form. */
  other: string;
}

function publicKeySigner(scheme: SchemeOf<'publicKey'>): Signer {
  const { publicKey, privateKey } =
    scheme.algorithm === 'ed25519'
      ? generateKeyPairSync('ed25519')
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = publicKey.export({ format: 'der', type: 'spki' });
  const secret =
    scheme.algorithm === 'ed25519' ? spki.subarray(-32).toString('hex') : spki.toString('base64');
  return {
    secret,
    other: secret,
    sign(call) {
      const time = String(Math.floor(Date.now() / 1000));
      const { timestamp } = scheme;
      if (timestamp?.in !== 'header' || scheme.content !== '{timestamp}{body}')
        throw new Error('This test knows no such scheme.');
      const content = Buffer.concat([Buffer.from(time), Buffer.from(call.body)]);
      const signature = sign(scheme.algorithm === 'ed25519' ? null : 'sha256', content, privateKey);
      return {
        ...call,
        headers: {
          ...call.headers,
          [scheme.header]: signature.toString(scheme.encoding),
          [timestamp.header]: time,
        },
      };
    },
  };
}

function signerFor(schemes: readonly SignatureScheme[]): Signer {
  const scheme = schemes.find(isCheckable);
  if (scheme?.kind === 'publicKey') return publicKeySigner(scheme);
  const key = Buffer.from('0123456789abcdef0123456789abcdef').toString('base64');
  const otherKey = Buffer.from('fedcba9876543210fedcba9876543210').toString('base64');
  const [secret, other] = scheme?.kind === 'basic' ? ['user:pass:word', 'user:pass'] : [key, otherKey];
  return {
    secret,
    other,
    sign(call) {
      const signed = signSample(schemes, secret, call);
      if (!signed) throw new Error('The sample cannot be signed.');
      return signed;
    },
  };
}

/** Whether the signature covers the body, so that one changed byte of it is noticed. */
function coversBody(scheme: SignatureScheme | undefined): boolean {
  if (scheme?.kind === 'jwt') return scheme.bodyHashClaim !== undefined;
  return ['hmac', 'standardWebhooks', 'publicKey'].includes(scheme?.kind ?? '');
}

async function send({ url, method, headers, body }: SampleCall): Promise<number> {
  const response = await fetch(url, { method, headers, body: body as string });
  await response.arrayBuffer();
  return response.status;
}

describe.each(signing.map((definition) => [definition.id, definition] as const))('%s', (_, definition) => {
  test('its signed sample is verified, a changed one is refused', async () => {
    const { id, url } = await engine.createSource(definition.id);
    const { dataSource } = await engine.call('dataSources.get', { id });
    const connectionId = dataSource.connections[0]?.id ?? '';
    const { sample, signatureSchemes } = definition as ApplicationDefinition;
    const signer = signerFor(signatureSchemes);
    await engine.call('connections.setSecret', { id: connectionId, secret: signer.secret });
    const plain: SampleCall = {
      method: 'POST',
      url,
      headers: { ...sample.headers, ...(sample.contentType ? { 'content-type': sample.contentType } : {}) },
      body: sample.body,
    };
    const newest = async () => {
      const { captures } = await engine.call('captures.list', { dataSourceId: id, limit: 1 });
      return captures[0];
    };

    const right = signer.sign(plain);
    expect(await send(right)).toBe(200);
    expect(await newest()).toMatchObject({ outcome: 'accepted', verification: { result: 'valid' } });

    const scheme = signatureSchemes.find(isCheckable);
    const wrong = coversBody(scheme)
      ? { ...right, body: Buffer.concat([Buffer.from(right.body), Buffer.from(' ')]) }
      : signSample(signatureSchemes, signer.other, plain);
    if (!wrong) throw new Error('The sample cannot be signed.');
    expect(await send(wrong)).toBe(401);
    expect(await newest()).toMatchObject({ outcome: 'rejected', verification: { result: 'invalid' } });

    expect(await send(plain)).toBe(401);
    expect((await newest())?.outcome).toBe('rejected');

    const { results } = await engine.call('connections.probe', { id: connectionId });
    expect(results.filter(({ passed, skipped }) => !passed && !skipped)).toEqual([]);
  });
});

describe('applications whose calls cannot be checked', () => {
  test.each(
    applicationList.filter(({ signatureSchemes }) => !signatureSchemes.some(isCheckable)).map(({ id }) => id),
  )('%s: every call is taken and said to be not checked; a scheme can be chosen', async (applicationId) => {
    const { id, url } = await engine.createSource(applicationId);
    const { dataSource } = await engine.call('dataSources.get', { id });
    const connectionId = dataSource.connections[0]?.id ?? '';
    const { verification } = await engine.call('connections.verification', { id: connectionId });
    expect(verification).toMatchObject({ state: 'notCheckable', mayChoose: true });
    const { results } = await engine.call('connections.probe', { id: connectionId });
    expect(results.filter(({ passed, skipped }) => !passed && !skipped)).toEqual([]);
    expect((await fetch(url)).status).toBe(200);
    await engine.call('dataSources.sendTest', { id });
    const { captures } = await engine.call('captures.list', { dataSourceId: id, limit: 1 });
    expect(captures[0]?.verification?.result).toBe('notChecked');
  });
});
