// Certificates for TLS servers in tests, made on the spot: an authority, and what it issues for a name and a time. Only as much of X.509
// as a client looks at.
import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';

export interface Certificate {
  /** PEM. */
  cert: string;
  key: string;
}

export interface Authority extends Certificate {
  issue(names: string[], validity?: { from?: Date; to?: Date }): Certificate;
}

const day = 24 * 60 * 60 * 1000;

function der(tag: number, ...content: Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  const size: number[] = [];
  for (let rest = body.length; rest > 0; rest >>= 8) size.unshift(rest & 0xff);
  const length = body.length < 128 ? [body.length] : [0x80 | size.length, ...size];
  return Buffer.concat([Buffer.of(tag, ...length), body]);
}

const sequence = (...parts: Uint8Array[]) => der(0x30, ...parts);
const oid = (...bytes: number[]) => der(0x06, Buffer.of(...bytes));
const ecdsaWithSha256 = () => sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
const nameOf = (text: string) =>
  sequence(der(0x31, sequence(oid(0x55, 0x04, 0x03), der(0x0c, Buffer.from(text)))));
const timeOf = (date: Date) => der(0x18, Buffer.from(date.toISOString().replace(/[-:T]|\.\d+/g, '')));
const extension = (id: number, critical: boolean, value: Uint8Array) =>
  sequence(oid(0x55, 0x1d, id), ...(critical ? [der(0x01, Buffer.of(0xff))] : []), der(0x04, value));
const alternative = (name: string) =>
  isIP(name) === 4 ? der(0x87, Buffer.from(name.split('.').map(Number))) : der(0x82, Buffer.from(name));

function build(input: {
  subject: string;
  issuer: string;
  publicKey: KeyObject;
  signer: KeyObject;
  from: Date;
  to: Date;
  extensions: Buffer[];
}): string {
  const content = sequence(
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, Buffer.concat([Buffer.of(0x01), randomBytes(8)])),
    ecdsaWithSha256(),
    nameOf(input.issuer),
    sequence(timeOf(input.from), timeOf(input.to)),
    nameOf(input.subject),
    input.publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...input.extensions)),
  );
  const signature = sign('sha256', content, input.signer);
  const whole = sequence(content, ecdsaWithSha256(), der(0x03, Buffer.of(0), signature));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

const pem = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }).toString();

export function createAuthority(name: string): Authority {
  const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const from = new Date(Date.now() - 365 * day);
  const to = new Date(Date.now() + 365 * day);
  const cert = build({
    subject: name,
    issuer: name,
    publicKey: own.publicKey,
    signer: own.privateKey,
    from,
    to,
    extensions: [
      extension(0x13, true, sequence(der(0x01, Buffer.of(0xff)))),
      extension(0x0f, true, der(0x03, Buffer.of(1, 0x06))),
    ],
  });
  return {
    cert,
    key: pem(own.privateKey),
    issue(names, validity = {}) {
      const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const leaf = build({
        subject: names[0] ?? '',
        issuer: name,
        publicKey: pair.publicKey,
        signer: own.privateKey,
        from: validity.from ?? new Date(Date.now() - day),
        to: validity.to ?? new Date(Date.now() + 30 * day),
        extensions: [extension(0x11, false, sequence(...names.map(alternative)))],
      });
      return { cert: leaf, key: pem(pair.privateKey) };
    },
  };
}

/** A certificate for servers that nobody but itself vouches for. */
export function createSelfSigned(names: string[]): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const subject = names[0] ?? '';
  const cert = build({
    subject,
    issuer: subject,
    publicKey,
    signer: privateKey,
    from: new Date(Date.now() - day),
    to: new Date(Date.now() + 30 * day),
    extensions: [extension(0x11, false, sequence(...names.map(alternative)))],
  });
  return { cert, key: pem(privateKey) };
}
