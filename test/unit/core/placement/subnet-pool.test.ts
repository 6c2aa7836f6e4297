import { describe, expect, test } from 'vitest';
import { parseBlock } from '../../../../src/core/model/cidr.ts';
import { chooseSubnet } from '../../../../src/core/placement/subnet-pool.ts';

function chosen(...args: Parameters<typeof chooseSubnet>): object {
  const result = chooseSubnet(...args);
  return result.ok ? result.value : { failures: result.failures };
}

describe('a subnet for a network of an app', () => {
  test('is the first of the pool on a host that has nothing near', () => {
    expect(chosen(['172.17.0.0/16', '10.88.0.0/16'], {})).toEqual({ subnet: '10.201.0.0/26' });
  });

  test('fills the gap that a removed network left', () => {
    expect(chosen(['10.201.0.0/26', '10.201.0.128/26'], {})).toEqual({ subnet: '10.201.0.64/26' });
  });

  test('is behind a smaller network that lies in its way', () => {
    expect(chosen(['10.201.0.40/29'], {})).toEqual({ subnet: '10.201.0.64/26' });
  });

  test('is of the next pool where a VPN routes all of 10.0.0.0/8', () => {
    expect(chosen(['10.0.0.0/8'], {})).toEqual({ subnet: '172.30.0.0/26' });
  });

  test('that the descriptor gives is kept, and so is the rest of it', () => {
    const spec = { subnet: '10.9.0.0/24', gateway: '10.9.0.1', internal: true } as const;
    expect(chosen(['10.9.0.0/16'], spec)).toEqual(spec);
  });

  test('comes with an IPv6 one where the network has IPv6', () => {
    const first = { ipv6: true, subnet: '10.201.0.0/26', subnet6: 'fd67:6561:7200::/64' };
    expect(chosen([], { ipv6: true })).toEqual(first);
    expect(chosen(['fd67:6561:7200::/63'], { ipv6: true })).toEqual({
      ...first,
      subnet6: 'fd67:6561:7200:2::/64',
    });
    expect(chosen([], { ipv6: true, subnet: 'fd00:9::/64' })).toEqual({ ipv6: true, subnet: 'fd00:9::/64' });
  });

  test('is not chosen for a driver whose network lies outside of the host', () => {
    expect(chosen([], { driver: 'macvlan' })).toEqual({ driver: 'macvlan' });
  });

  test('that nobody has left is a failure which says what to write', () => {
    expect(chosen(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'], {})).toEqual({
      failures: [
        expect.objectContaining({
          code: 'SUBNET_EXHAUSTED',
          next: 'give the network a free one in the descriptor: subnet: 10.99.0.0/24',
        }),
      ],
    });
  });
});

test.each([
  '10.0.0/8',
  '10.0.0.256/8',
  '10.0.0.0/33',
  '1:2:3/64',
  '::1::/64',
  'fd00::g/64',
  '',
  '10.0.0.0/8/8',
])('%j is no block of addresses', (text) => {
  expect(parseBlock(text)).toBeNull();
});
