// Which checks happen off the engine's loop, and that their verdicts are the same.
import { createHmac } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { createSignatureChecker } from '../../../main/engine/verification/signature-checker.ts';
import type { SignatureScheme } from '../../../main/engine/verification/signature-scheme.ts';
import type { VerifyInput } from '../../../main/engine/verification/verdict.ts';

const checker = createSignatureChecker();
afterAll(() => checker.stop());

const hmac: SignatureScheme = {
  kind: 'hmac',
  algorithm: 'sha256',
  encoding: 'hex',
  header: 'X-Signature',
  content: '{body}',
};
const sortedForm: SignatureScheme = { ...hmac, content: '{url}{sortedForm}' };

function inputOf(rawBody: Uint8Array, signature: string, more: Partial<VerifyInput> = {}): VerifyInput {
  return {
    method: 'POST',
    url: 'https://example.com/in/x',
    headers: [['X-Signature', signature]],
    query: '',
    rawBody,
    secrets: ['secret', 'older'],
    now: Date.now(),
    ...more,
  };
}

const sign = (body: Uint8Array, secret = 'secret') => createHmac('sha256', secret).update(body).digest('hex');

/** The verdict, and whether it came from elsewhere: what is judged at once is there before the loop turns. */
async function watched(schemes: readonly SignatureScheme[], input: VerifyInput) {
  let settled = false;
  const check = checker.check(schemes, input).then((verdict) => {
    settled = true;
    return verdict;
  });
  for (let step = 0; step < 20; step += 1) await undefined;
  const offLoop = !settled;
  return { verdict: await check, offLoop };
}

describe('the signature checker', () => {
  const large = Buffer.alloc(10 * 1024 * 1024, 'x');

  it('judges small bodies at once and large ones in its worker, with the same verdict', async () => {
    const small = Buffer.from('{"id":1}');
    expect(await watched([hmac], inputOf(small, sign(small)))).toMatchObject({
      verdict: { result: 'valid' },
      offLoop: false,
    });
    expect(await watched([hmac], inputOf(large, sign(large, 'older')))).toMatchObject({
      verdict: { result: 'valid' },
      offLoop: true,
    });
    expect(await watched([hmac], inputOf(large, sign(small)))).toMatchObject({
      verdict: { code: 'wrongSignature' },
      offLoop: true,
    });
    expect(large.length).toBe(10 * 1024 * 1024);
  });

  it('sorts forms and looks for explanations in its worker', async () => {
    const form = Buffer.from('b=&a=1&'.repeat(5000));
    expect(await watched([sortedForm], inputOf(form, 'aa'))).toMatchObject({
      verdict: { code: 'wrongSignature' },
      offLoop: true,
    });
    const body = Buffer.from(JSON.stringify({ text: 'x'.repeat(20_000) }));
    const hints = { otherSecrets: [{ name: 'The other shop', secret: 'of the other' }] };
    expect(await watched([hmac], inputOf(body, sign(body, 'of the other'), { hints }))).toMatchObject({
      verdict: { nearMiss: { kind: 'otherSecret' } },
      offLoop: true,
    });
  });

  it('does not sort a form that nobody signs this way', async () => {
    const form = Buffer.from('b=&a=1&'.repeat(200_000));
    expect((await watched([sortedForm], inputOf(form, 'aa'))).verdict?.reason).toContain('not checked');
  });

  it('answers many at once, each with its own verdict', async () => {
    const bodies = Array.from({ length: 6 }, (_, at) => Buffer.alloc(300_000, String(at)));
    const verdicts = await Promise.all(
      bodies.map((body, at) => checker.check([hmac], inputOf(body, at % 2 === 0 ? sign(body) : 'aa'))),
    );
    expect(verdicts.map((verdict) => verdict?.result)).toEqual([
      'valid',
      'invalid',
      'valid',
      'invalid',
      'valid',
      'invalid',
    ]);
  });

  it('rejects what waits when it stops, and works again after that', async () => {
    const stopping = createSignatureChecker();
    const check = stopping.check([hmac], inputOf(large, sign(large)));
    const rejected = expect(check).rejects.toThrow('stopping');
    await stopping.stop();
    await rejected;
    expect((await stopping.check([hmac], inputOf(large, sign(large))))?.result).toBe('valid');
    await stopping.stop();
  });
});
