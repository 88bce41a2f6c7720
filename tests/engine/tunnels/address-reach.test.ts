// From where an address can be called.
import { describe, expect, it } from 'vitest';
import { reachOfAddress } from '../../../main/engine/tunnels/address-reach.ts';

describe('the reach of an address', () => {
  it.each([
    ['127.0.0.1', 'computer'],
    ['127.9.9.9', 'computer'],
    ['::1', 'computer'],
    ['::ffff:127.0.0.1', 'computer'],
    ['10.1.2.3', 'network'],
    ['172.16.0.1', 'network'],
    ['172.32.0.1', 'internet'],
    ['192.168.1.20', 'network'],
    ['::ffff:192.168.1.20', 'network'],
    ['100.64.0.1', 'network'],
    ['169.254.1.1', 'network'],
    ['fd12::1', 'network'],
    ['fe80::1%eth0', 'network'],
    ['8.8.8.8', 'internet'],
    ['2606:4700::1111', 'internet'],
  ])('%s: %s', (address, reach) => {
    expect(reachOfAddress(address)).toBe(reach);
  });
});
