import { expect, test } from 'vitest';
import { networkCreateArguments } from '../../../../src/core/render/network-arguments.ts';

test('a network of two subnets is made with the gateway and range of the first beside it', () => {
  const spec = {
    ipv6: true,
    subnet: '10.201.0.0/26',
    gateway: '10.201.0.1',
    ipRange: '10.201.0.32/27',
    subnet6: 'fd67:6561:7200::/64',
  } as const;
  const words = networkCreateArguments({ app: 'shop', engine: 'podman', name: 'shop_back', spec });
  expect(words.slice(words.indexOf('--ipv6'))).toEqual([
    '--ipv6',
    ...['--subnet', '10.201.0.0/26', '--gateway', '10.201.0.1', '--ip-range', '10.201.0.32/27'],
    ...['--subnet', 'fd67:6561:7200::/64'],
    'shop_back',
  ]);
});

test('a label of the user never stands where gear’s own would: the engines take the last of one name', () => {
  const spec = { labels: { 'gear.owner': 'other', team: 'shop' } };
  const words = networkCreateArguments({ app: 'shop', engine: 'podman', name: 'shop_back', spec });
  const labels = words.filter((_, at) => words[at - 1] === '--label');
  expect(labels).toEqual(['gear.owner=other', 'team=shop', 'gear.owner=shop', 'gear.name=shop_back']);
});
