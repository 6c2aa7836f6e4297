import { endianness } from 'node:os';

/**
 * So short a prefix is a default route, also where a VPN writes it as two halves (0.0.0.0/1 and 128.0.0.0/1): it takes
 * what nobody nearer takes, and forbids no subnet.
 */
const longestDefault = 1;

/**
 * Destinations in /proc/net/route, in CIDR, default routes left out. The kernel prints an address as one word in the
 * machine's own byte order (proc_net(5)).
 */
export function parseIpv4Routes(text: string, byteOrder: 'LE' | 'BE' = endianness()): readonly string[] {
  return text.split('\n').flatMap((line) => {
    // Iface Destination Gateway Flags RefCnt Use Metric Mask …
    const [, destination = '', , , , , , mask = ''] = line.trim().split(/\s+/);
    if (!/^[0-9A-F]{8}$/.test(destination) || !/^[0-9A-F]{8}$/.test(mask)) return [];
    const prefix = bytesOf(mask, byteOrder).reduce((bits, byte) => bits + bitsOf(byte), 0);
    return prefix <= longestDefault ? [] : [`${bytesOf(destination, byteOrder).join('.')}/${String(prefix)}`];
  });
}

/**
 * Destinations in /proc/net/ipv6_route, in CIDR, default routes left out. Addresses are 32 hex digits in the order of
 * the network; the prefix is hex too.
 */
export function parseIpv6Routes(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => {
    const [, digits, prefixDigits] = /^([0-9a-f]{32}) ([0-9a-f]{2}) /.exec(line) ?? [];
    if (digits === undefined || prefixDigits === undefined) return [];
    const prefix = Number.parseInt(prefixDigits, 16);
    if (prefix <= longestDefault) return [];
    return [`${(digits.match(/.{4}/g) ?? []).join(':')}/${String(prefix)}`];
  });
}

function bytesOf(word: string, byteOrder: 'LE' | 'BE'): readonly number[] {
  const bytes = (word.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16));
  return byteOrder === 'LE' ? bytes.reverse() : bytes;
}

function bitsOf(byte: number): number {
  return byte.toString(2).replaceAll('0', '').length;
}
