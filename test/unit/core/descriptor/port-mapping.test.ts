import { describe, expect, it } from 'vitest';
import { parsePublish } from '../../../../src/core/descriptor/port-mapping.ts';
import { portsOverlap, portText } from '../../../../src/core/model/ports.ts';
import { refusalOf, valueOf } from './expectations.ts';

describe('--publish', () => {
  it.each([
    ['8080:80', '8080:80/tcp'],
    ['53:53/udp', '53:53/udp'],
    ['127.0.0.1:8080:80', '127.0.0.1:8080:80/tcp'],
    ['[::1]:8080:80/tcp', '[::1]:8080:80/tcp'],
    ['[2001:DB8:0:0::1]:65535:1', '[2001:db8::1]:65535:1/tcp'],
  ])('reads %s', (text, canonical) => {
    const mapping = valueOf(parsePublish(text));
    expect(portText(mapping)).toBe(canonical);
    expect(parsePublish(canonical)).toEqual({ ok: true, value: mapping });
  });

  it.each([
    ['80', 'the host port is missing → give both ports: 80:80; or 0:80, and gear chooses a free one'],
    [
      '127.0.0.1::80',
      'the host port is missing → give both ports: 127.0.0.1:80:80; or 0:80, and gear chooses a free one',
    ],
    [
      '127.0.0.1:80',
      'the host port is missing → give both ports: 127.0.0.1:80:80; or 0:80, and gear chooses a free one',
    ],
    [
      '[::1]:80',
      'the host port is missing → give both ports: [::1]:80:80; or 0:80, and gear chooses a free one',
    ],
    ['', 'the host port is missing → give both ports: 80:80; or 0:80, and gear chooses a free one'],
    ['8080:0', 'the container port "0" is out of range → give 1 to 65535'],
    ['65536:80', 'the host port "65536" is out of range → give 1 to 65535'],
    ['99999999999999999999:80', 'the host port "99999999999999999999" is out of range → give 1 to 65535'],
    ['8000-8010:80', '"8000-8010" is a range of ports → give each port by itself'],
    ['web:80', 'the host port "web" is not a number → write it as 8080:80'],
    ['-1:80', 'the host port "-1" is not a number → write it as 8080:80'],
    ['80:80/sctp', '"sctp" is not a protocol of ports here → end it with /tcp or /udp'],
    ['80:80/tcp/udp', '"tcp/udp" is not a protocol of ports here → end it with /tcp or /udp'],
    ['::1:8080:80', 'there are too many ":" → put an IPv6 address in brackets: [::1]:8080:80'],
    ['localhost:80:80', '"localhost" is not an IP address → use 127.0.0.1'],
    ['127.1:80:80', '"127.1" is not an IP address → give an address such as 127.0.0.1 or [::1], or none'],
    ['[::1\n]:80:80', '"::1\\n" is not an IP address → give an address such as 127.0.0.1 or [::1], or none'],
    [
      '[fe80::1%eth0]:80:80',
      '"fe80::1%eth0" is not an IP address → give an address such as 127.0.0.1 or [::1], or none',
    ],
  ])('refuses %j', (text, refusal) => {
    expect(refusalOf(parsePublish(text))).toBe(`VALUE_INVALID ${refusal}`);
  });
});

describe('two ports', () => {
  const overlap = (a: string, b: string): boolean =>
    portsOverlap(valueOf(parsePublish(a)), valueOf(parsePublish(b)));

  it('overlap when one address holds the other', () => {
    expect(overlap('80:1', '80:2')).toBe(true);
    expect(overlap('80:1', '127.0.0.1:80:2')).toBe(true);
    expect(overlap('80:1', '[::1]:80:2')).toBe(true);
    expect(overlap('0.0.0.0:80:1', '127.0.0.1:80:2')).toBe(true);
    expect(overlap('[::]:80:1', '[::1]:80:2')).toBe(true);
  });

  it('do not overlap across protocols, ports, families and addresses', () => {
    expect(overlap('80:1', '80:1/udp')).toBe(false);
    expect(overlap('80:1', '81:1')).toBe(false);
    expect(overlap('0.0.0.0:80:1', '[::1]:80:1')).toBe(false);
    expect(overlap('127.0.0.1:80:1', '127.0.0.2:80:1')).toBe(false);
  });
});
