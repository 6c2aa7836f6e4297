import type { ListeningPort } from '../../ports/host.ts';

// include/net/tcp_states.h: a TCP socket that listens; a UDP socket that is bound, but not to one peer.
const listeningStates = { tcp: '0A', udp: '07' } as const;

/**
 * The listening sockets of one of /proc/net/{tcp,tcp6,udp,udp6} (proc_net(5)). The kernel prints an address as 32-bit
 * words in the machine's own byte order. An IPv4-mapped address is told as the IPv4 address that it serves.
 */
export function parseListening(
  text: string,
  protocol: 'tcp' | 'udp',
  byteOrder: 'LE' | 'BE',
): readonly ListeningPort[] {
  return text.split('\n').flatMap((line) => {
    //   0: 0100007F:1F90 00000000:0000 0A …
    const [, local = '', , state] = line.trim().split(/\s+/);
    const [, words, port] = /^([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4})$/.exec(local) ?? [];
    if (words === undefined || port === undefined || state !== listeningStates[protocol]) return [];
    return [{ protocol, address: addressOf(bytesOf(words, byteOrder)), port: Number.parseInt(port, 16) }];
  });
}

function bytesOf(words: string, byteOrder: 'LE' | 'BE'): readonly number[] {
  const inOrder = (words.match(/.{8}/g) ?? []).flatMap((word) => {
    const bytes = word.match(/../g) ?? [];
    return byteOrder === 'LE' ? bytes.reverse() : bytes;
  });
  return inOrder.map((byte) => Number.parseInt(byte, 16));
}

function addressOf(bytes: readonly number[]): string {
  if (bytes.length === 4) return bytes.join('.');
  const mapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff;
  return mapped ? bytes.slice(12).join('.') : ipv6(bytes);
}

/** The shortest form of RFC 5952, which is how an URL writes it. */
function ipv6(bytes: readonly number[]): string {
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return new URL(`http://[${(hex.match(/.{4}/g) ?? []).join(':')}]/`).hostname.slice(1, -1);
}
