import { expect, test } from 'vitest';
import { parseIpv4Routes, parseIpv6Routes } from '../../../../src/adapters/host/routes-table.ts';

const ipv4 = `Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
eth0	00000000	0101A8C0	0003	0	0	100	00000000	0	0	0
tun0	00000000	00000000	0001	0	0	0	00000080	0	0	0
tun0	00000080	00000000	0001	0	0	0	00000080	0	0	0
docker0	000011AC	00000000	0001	0	0	0	0000FFFF	0	0	0
wg0	4000C90A	00000000	0001	0	0	0	C0FFFFFF	0	0	0
`;

test('IPv4 routes are told in CIDR, and what stands for a default route is left out', () => {
  expect(parseIpv4Routes(ipv4, 'LE')).toEqual(['172.17.0.0/16', '10.201.0.64/26']);
});

test('the words of a big-endian machine are read as they are', () => {
  expect(parseIpv4Routes('eth0\tAC110000\t00000000\t0001\t0\t0\t0\tFFFF0000\t0\t0\t0\n', 'BE')).toEqual([
    '172.17.0.0/16',
  ]);
});

test('IPv6 routes are told in CIDR, and what stands for a default route is left out', () => {
  const zeros = '0'.repeat(32);
  const rest = `00 ${zeros} 00000400 00000001 00000000 00000001     eth0`;
  const text = [
    `fd676561720000020000000000000000 40 ${zeros} ${rest}`,
    `${zeros} 00 ${zeros} ${rest}`,
    `20000000000000000000000000000000 01 ${zeros} ${rest}`,
  ].join('\n');
  expect(parseIpv6Routes(text)).toEqual(['fd67:6561:7200:0002:0000:0000:0000:0000/64']);
});
