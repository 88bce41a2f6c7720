// Signatures that the applications publish in their documentation.
import { describe, expect, test } from 'vitest';
import type { SignatureScheme } from '../../../main/engine/verification/signature-scheme.ts';
import { verifySignature } from '../../../main/engine/verification/verify-signature.ts';
import { input, schemeOf } from './verify-input.ts';

describe('published examples', () => {
  test('GitHub: validating webhook deliveries', () => {
    const verdict = verifySignature(
      schemeOf('github'),
      input(
        'Hello, World!',
        { 'X-Hub-Signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17' },
        { secrets: ["It's a Secret to Everybody"] },
      ),
    );
    expect(verdict.result).toBe('valid');
  });

  test.each([
    ['webhook', 0],
    ['svix', 1],
  ])('Standard Webhooks with %s headers', (prefix, index) => {
    const verdict = verifySignature(
      schemeOf('standard-webhooks', index),
      input(
        '{"test": 2432232314}',
        {
          [`${prefix}-id`]: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
          [`${prefix}-timestamp`]: '1614265330',
          [`${prefix}-signature`]: 'v1,AAAA v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
        },
        { secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'], now: 1614265330_000 },
      ),
    );
    expect(verdict.result).toBe('valid');
  });

  test('Slack: verifying requests', () => {
    const body =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
    const headers = {
      'X-Slack-Request-Timestamp': '1531420618',
      'X-Slack-Signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    };
    const secrets = ['8f742231b10e8888abcd99yyyzzz85a5'];
    const verdict = verifySignature(
      schemeOf('slack'),
      input(body, headers, { secrets, now: 1531420618_000 }),
    );
    expect(verdict.result).toBe('valid');
  });

  test('Twilio: the example of its libraries', () => {
    const body = new URLSearchParams({
      CallSid: 'CA1234567890ABCDE',
      Digits: '1234',
      From: '+14158675309',
      To: '+18005551212',
      Caller: '+14158675309',
    }).toString();
    const verdict = verifySignature(
      schemeOf('twilio'),
      input(
        body,
        { 'X-Twilio-Signature': 'RSOYDt4T1cUTdK1PDd93/VVr8B8=' },
        { url: 'https://mycompany.com/myapp.php?foo=1&bar=2', secrets: ['12345'] },
      ),
    );
    expect(verdict.result).toBe('valid');
  });

  test.each([
    ['hello world', 'secret', '734cc62f32841568f45715aeb9f4d7891324e6d948e4c6c60c0621cdac48623a'],
    ['lalala', 'another-secret', 'daa220016c8f29a8b214fbfc3671aeec2145cfb1e6790184ffb38b6d0425fa00'],
    [
      'an-important-request-payload',
      'hunter123',
      '9be2242094a9a8c00c64306f382a7f9d691de910b4a266f67bd314ef18ac49fa',
    ],
  ])('CircleCI: %s', (body, secret, hex) => {
    const scheme: SignatureScheme = {
      kind: 'hmac',
      algorithm: 'sha256',
      encoding: 'hex',
      header: 'circleci-signature',
      prefix: 'v1=',
      listSeparator: ',',
      content: '{body}',
    };
    const verdict = verifySignature(
      scheme,
      input(body, { 'circleci-signature': `v2=00,v1=${hex}` }, { secrets: [secret] }),
    );
    expect(verdict.result).toBe('valid');
  });
});
