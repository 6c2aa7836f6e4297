import { describe, expect, it } from 'vitest';
import { parseListening } from '../../../../src/adapters/host/listening-table.ts';

const heading =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';

function table(...sockets: readonly [local: string, state: string][]): string {
  const lines = sockets.map(
    ([local, state], at) =>
      `   ${at}: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000     0        0 2${at} 1 0000000000000000 100 0 0 10 0`,
  );
  return `${heading}${lines.join('\n')}\n`;
}

describe('the table of sockets of the kernel', () => {
  it('shows listening TCP sockets and not connections', () => {
    const text = table(['0100007F:1F90', '0A'], ['0100007F:1F91', '01'], ['00000000:0016', '0A']);
    expect(parseListening(text, 'tcp', 'LE')).toEqual([
      { protocol: 'tcp', address: '127.0.0.1', port: 8080 },
      { protocol: 'tcp', address: '0.0.0.0', port: 22 },
    ]);
  });

  it('shows bound UDP sockets and not those with one peer', () => {
    const text = table(['0100007F:0035', '07'], ['0100007F:0036', '01']);
    expect(parseListening(text, 'udp', 'LE')).toEqual([{ protocol: 'udp', address: '127.0.0.1', port: 53 }]);
  });

  it.each([
    ['00000000000000000000000000000000', '::'],
    ['00000000000000000000000001000000', '::1'],
    ['0000000000000000FFFF00000100007F', '127.0.0.1'],
    ['000080FE00000000FF005450F47AE5FE', 'fe80::5054:ff:fee5:7af4'],
    ['B80D0120000000000000000001000000', '2001:db8::1'],
  ])('reads the IPv6 address %s as %s', (words, address) => {
    expect(parseListening(table([`${words}:0050`, '0A']), 'tcp', 'LE')).toEqual([
      { protocol: 'tcp', address, port: 80 },
    ]);
  });

  it('reads the words of a big-endian machine', () => {
    expect(parseListening(table(['7F000001:0050', '0A']), 'tcp', 'BE')[0]?.address).toBe('127.0.0.1');
  });

  it('finds nothing in an empty table or in lines that it does not know', () => {
    expect(parseListening('', 'tcp', 'LE')).toEqual([]);
    expect(parseListening(`${heading}   0: what:is this 0A\n`, 'tcp', 'LE')).toEqual([]);
  });
});
