// Which targets may be called. Threats: a Base Url, an answer of a name server or a payload that leads a call to this computer, to the
// private network, or to the metadata service of a cloud. Decides by addresses, never by names alone; knows no sockets.
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** allowed by nothing: never · by the user, host and port: private · always: public. */
export type AddressKind = 'public' | 'private' | 'never';

const privateRanges = new Set([
  'private',
  'loopback',
  'uniqueLocal',
  'carrierGradeNat',
  'deprecatedSiteLocal',
]);

/** Metadata services of clouds that stand outside the link-local ranges. */
const metadata = new Set([
  'fd00:ec2::254',
  'fd20:ce::254',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
]);

/** `address`: an IP address without brackets. What cannot be read is never called. */
export function kindOf(address: string): AddressKind {
  const plain = address.split('%')[0] ?? '';
  // Stricter than the library, which reads `1.2.3` and octal numbers.
  if (isIP(plain) === 0 || !ipaddr.isValid(plain)) return 'never';
  const parsed = ipaddr.process(plain);
  if (metadata.has(parsed.toString()) || metadata.has(plain.toLowerCase())) return 'never';
  const range = parsed.range();
  if (parsed.kind() === 'ipv6') {
    const inner = embedded(parsed as ipaddr.IPv6, range);
    if (inner !== undefined) return kindOf(inner);
  }
  if (range === 'unicast') return 'public';
  return privateRanges.has(range) ? 'private' : 'never';
}

/** The IPv4 address inside an IPv6 one that a gateway unpacks: NAT64, 6to4, and the mapped and compatible forms. */
function embedded(address: ipaddr.IPv6, range: string): string | undefined {
  const bytes = address.toByteArray();
  const four = (from: number) => bytes.slice(from, from + 4).join('.');
  if (range === 'rfc6052' || range === 'rfc6145') return four(12);
  if (range === '6to4') return four(2);
  if (bytes.slice(0, 12).every((byte, index) => byte === (index === 10 || index === 11 ? bytes[10] : 0))) {
    const isMapped = bytes[10] === 0xff;
    const isCompatible =
      bytes[10] === 0 && bytes.slice(12).some((byte, index) => byte !== (index === 3 ? 1 : 0));
    if (isMapped || isCompatible) return four(12);
  }
  return undefined;
}

/** `host:port`, an IPv6 host in brackets; lower case, as allowed targets are compared. */
export function hostAndPort(host: string, port: number): string {
  return `${isIP(host) === 6 ? `[${host}]` : host}:${port}`.toLowerCase();
}

export interface GuardedUrl {
  url: URL;
  /** Without brackets. */
  host: string;
  port: number;
}

/** The URL, or why it cannot be called. Its message fits «… cannot be called: …». */
export function readTargetUrl(text: string): GuardedUrl | { fault: string } {
  if (!URL.canParse(text)) {
    return { fault: 'it is no complete URL. Type one such as https://api.example.com/v1.' };
  }
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return { fault: `${url.protocol}// is not called; only http:// and https:// are.` };
  }
  if (url.username !== '' || url.password !== '') {
    return { fault: 'it holds a user name or a password. Set them under Authorization.' };
  }
  if (url.hostname === '') return { fault: 'it names no host.' };
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  return { url, host, port };
}

export interface ResolvedAddress {
  address: string;
  family: number;
}

/** The addresses that may be connected to; with none of them, why not. */
export function permitted(
  target: GuardedUrl,
  addresses: readonly ResolvedAddress[],
  allowedTargets: readonly string[],
): { addresses: ResolvedAddress[] } | { fault: string; toAllow?: string } {
  const allowed = new Set(allowedTargets.map((each) => each.trim().toLowerCase()));
  const byName = allowed.has(hostAndPort(target.host, target.port));
  const fit = addresses.filter(({ address }) => {
    const kind = kindOf(address);
    if (kind === 'private') return byName || allowed.has(hostAndPort(address, target.port));
    return kind === 'public';
  });
  if (fit.length > 0) return { addresses: fit };
  const hidden = addresses.find(({ address }) => kindOf(address) === 'private');
  const shown = addresses[0]?.address ?? target.host;
  const leadsTo = shown === target.host ? `${target.host} is` : `${target.host} leads to ${shown}, which is`;
  if (!hidden) {
    return {
      fault: `${leadsTo} a link-local, metadata or other special address. Hookbench never calls these.`,
    };
  }
  const toAllow = hostAndPort(target.host, target.port);
  return {
    fault: `${leadsTo} an address of this computer or of a private network. Add ${toAllow} to the allowed private targets of this connection to call it.`,
    toAllow,
  };
}
