// From where an address can be called, by the range that it lies in. Pure; looks nothing up.
import { BlockList, isIPv6 } from 'node:net';
import type { Reach } from '#contract';

const computer = new BlockList();
computer.addSubnet('127.0.0.0', 8, 'ipv4');
computer.addAddress('::1', 'ipv6');

const network = new BlockList();
for (const [from, bits] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  // Shared by the customers of one provider (RFC 6598).
  ['100.64.0.0', 10],
] as const) {
  network.addSubnet(from, bits, 'ipv4');
}
network.addSubnet('fc00::', 7, 'ipv6');
network.addSubnet('fe80::', 10, 'ipv6');

/** `address` is an IPv4 or IPv6 address as a socket gives it, with or without a zone. */
export function reachOfAddress(address: string): Reach {
  const bare = address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '');
  const family = isIPv6(bare) ? 'ipv6' : 'ipv4';
  if (computer.check(bare, family)) return 'computer';
  return network.check(bare, family) ? 'network' : 'internet';
}
