// Which addresses may be called, in every form in which one can be written.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSendRequest } from '../../../main/engine/outbound/send-request.ts';
import { kindOf, permitted, readTargetUrl } from '../../../main/engine/outbound/target-guard.ts';

/** As it is called from a Base Url: parsed, resolved to itself, judged. */
function verdictOf(url: string, allowed: string[] = []): 'called' | 'refused' | 'no URL' {
  const target = readTargetUrl(url);
  if ('fault' in target) return 'no URL';
  const family = target.host.includes(':') ? 6 : 4;
  return 'addresses' in permitted(target, [{ address: target.host, family }], allowed) ? 'called' : 'refused';
}
const everywhere = (host: string) => [`${host}:80`, `${host.replace(/^\[|\]$/g, '')}:80`];

describe('addresses that are never called, allowed or not', () => {
  it.each([
    // The metadata service of clouds, over every way that leads to its address.
    '169.254.169.254',
    '2852039166',
    '0xa9fea9fe',
    '0251.0376.0251.0376',
    '0xa9.254.0251.254',
    '169.254.43518',
    '[::ffff:169.254.169.254]',
    '[::ffff:a9fe:a9fe]',
    '[::169.254.169.254]',
    '[64:ff9b::169.254.169.254]',
    '[64:ff9b::a9fe:a9fe]',
    '[2002:a9fe:a9fe::1]',
    '[::ffff:0:169.254.169.254]',
    '[fd00:ec2::254]',
    '[fd00:0ec2:0:0:0:0:0:254]',
    '[fd20:ce::254]',
    '100.100.100.200',
    '168.63.129.16',
    '192.0.0.192',
    '[::ffff:100.100.100.200]',
    // Link-local, unspecified, multicast, broadcast, reserved, documentation.
    '[fe80::1]',
    '[febf::1]',
    '0.0.0.0',
    '0',
    '[::]',
    '[::ffff:0.0.0.0]',
    '0.1.2.3',
    '224.0.0.1',
    '255.255.255.255',
    '240.0.0.1',
    '[ff02::1]',
    '[2001:db8::1]',
    '192.0.2.1',
    '198.18.0.1',
    // A local NAT64 prefix, and Teredo, hide an address that cannot be judged.
    '[64:ff9b:1::1]',
    '[2001::1]',
  ])('%s', (host) => {
    const { hostname } = new URL(`http://${host}/`);
    expect(verdictOf(`http://${host}/`, [...everywhere(host), ...everywhere(hostname)])).toBe('refused');
  });
});

describe('private addresses are called only where host and port are allowed', () => {
  it.each([
    '127.0.0.1',
    '2130706433',
    '0x7f.1',
    '0177.0.0.1',
    '127.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[64:ff9b::10.0.0.1]',
    '[2002:7f00:1::]',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '100.64.0.1',
    '[fc00::1]',
    '[fdff::1]',
    '[fec0::1]',
  ])('%s', (host) => {
    const { hostname } = new URL(`http://${host}/`);
    expect(verdictOf(`http://${host}/`)).toBe('refused');
    expect(verdictOf(`http://${host}/`, [`${hostname}:81`])).toBe('refused');
    expect(verdictOf(`http://${host}/`, [`${hostname}:80`])).toBe('called');
  });
});

it.each(['1.1.1.1', '8.8.8.8', '172.32.0.1', '100.128.0.1', '[2606:4700::1111]', '[64:ff9b::1.1.1.1]'])(
  '%s is public',
  (host) => {
    expect(verdictOf(`http://${host}/`)).toBe('called');
  },
);

it.each([
  'file:///etc/passwd',
  'ftp://example.com/',
  'gopher://example.com/',
  'data:text/plain,x',
  'javascript:alert(1)',
  'unix:/var/run/docker.sock',
  'ws://example.com/',
  'blob:https://example.com/x',
  '//example.com/',
  'http:',
  'http://',
  'http://user@example.com/',
  'http://:pw@example.com/',
])('%s is no URL that is called', async (url) => {
  expect(verdictOf(url)).toBe('no URL');
  const sent = await createSendRequest()(
    { method: 'GET', url, headers: [] },
    { timeoutMs: 1_000, allowedTargets: [] },
  );
  expect(sent.failure?.code).toBe('invalidUrl');
});

it('an IPv4 address is judged alike in all its IPv6 clothes', () => {
  const part = fc.integer({ min: 0, max: 255 });
  fc.assert(
    fc.property(fc.tuple(part, part, part, part), (parts) => {
      const plain = parts.join('.');
      const [a, b, c, d] = parts as [number, number, number, number];
      const hex = `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
      for (const dressed of [`::ffff:${plain}`, `::ffff:${hex}`, `64:ff9b::${hex}`, `2002:${hex}::`]) {
        expect([dressed, kindOf(dressed)]).toEqual([dressed, kindOf(plain)]);
      }
    }),
    { numRuns: 1_000 },
  );
});

it('what is no address is never called', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(['public', 'private', 'never']).toContain(kindOf(text));
    }),
  );
  for (const text of ['', 'localhost', '1.2.3', '::g', '1.2.3.4.5', '01.2.3.4x']) {
    expect([text, kindOf(text)]).toEqual([text, 'never']);
  }
});
