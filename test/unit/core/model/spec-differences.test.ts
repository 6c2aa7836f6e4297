import { describe, expect, test } from 'vitest';
import type { ContainerSpec } from '../../../../src/core/model/container.ts';
import { amountText, spanText, specDifferences } from '../../../../src/core/model/spec-differences.ts';

const plain: ContainerSpec = {
  image: 'web:1',
  ports: [],
  mounts: [],
  restart: 'always',
  stopTimeoutMs: 10_000,
  after: [],
  requires: [],
};

/** A value for every field, so that none can be forgotten: a field without one does not compile. */
const full: Required<ContainerSpec> = {
  image: 'web:1',
  containerName: 'my-web',
  command: ['serve', '--name', 'a b'],
  entrypoint: ['/init'],
  ports: [{ hostIp: '', hostPort: 80, containerPort: 8080, protocol: 'tcp' }],
  mounts: [{ kind: 'volume', source: 'data', target: '/data', options: ['ro'] }],
  tmpfs: [{ target: '/tmp', options: ['size=64m'] }],
  networks: [{ name: 'shop_default', aliases: ['web'], ip: '10.0.0.2' }],
  networkMode: 'host',
  files: [{ target: '/etc/web.conf', mode: 0o444 }],
  secrets: [{ name: 'pg', file: 'password', mode: 0o400 }],
  options: { hostname: 'web', 'cap-add': ['NET_ADMIN'], 'read-only': true },
  init: [{ image: 'busybox:1', command: ['mkdir', '/data/x'], user: '0' }],
  reload: { kind: 'signal', signal: 'HUP' },
  job: true,
  schedule: '*-*-* 03:00',
  restart: 'no',
  restartDelay: { firstMs: 1000, longestMs: 60_000 },
  memoryBytes: 512 * 1024 ** 2,
  cpus: 0.5,
  user: '1000',
  health: { command: ['check'], intervalMs: 5000, timeoutMs: 500, retries: 2, startPeriodMs: 90_000 },
  stopTimeoutMs: 60_000,
  after: ['db'],
  requires: ['migrate'],
  before: ['late'],
  wants: ['cache'],
  partOf: ['all.target'],
  conflicts: ['old.service'],
  directives: [{ section: 'Service', name: 'Nice', value: '5' }],
};

describe('what differs between two specs', () => {
  test('is nothing where both mean the same', () => {
    expect(specDifferences(full, structuredClone(full))).toEqual([]);
  });

  test('is told of every field, in words', () => {
    expect(specDifferences(plain, full)).toEqual([
      'container name: my-web (was not set)',
      'command: serve --name "a b" (was not set)',
      'entrypoint: /init (was not set)',
      'port 80:8080 is new',
      'volume data:/data:ro is new',
      'tmpfs /tmp:size=64m is new',
      'network shop_default (as web; 10.0.0.2) is new',
      'network mode: host (was not set)',
      'file /etc/web.conf (0444) is new',
      'secret pg as password (0400) is new',
      'init step busybox:1 mkdir /data/x as 0 is new',
      'reload: signal HUP (was not set)',
      'job: yes (was not set)',
      'schedule: *-*-* 03:00 (was not set)',
      'restart: always → no',
      'restart delay: 1s to 1m (was not set)',
      'memory: 512m (was not set)',
      'cpus: 0.5 (was not set)',
      'user: 1000 (was not set)',
      'stop timeout: 10s → 1m',
      'after db is new',
      'requires migrate is new',
      'before late is new',
      'wants cache is new',
      'part of all.target is new',
      'conflicts old.service is new',
      'directive [Service] Nice=5 is new',
      'health check: check (was not set)',
      'health interval: 5s (was not set)',
      'health timeout: 500ms (was not set)',
      'health retries: 2 (was not set)',
      'health start period: 1m30s (was not set)',
      'hostname: web (was not set)',
      'cap add NET_ADMIN is new',
      'read only: yes (was not set)',
    ]);
  });

  test('tells two argument lists apart that would read the same without quotes', () => {
    const [line] = specDifferences({ ...plain, command: ['a b'] }, { ...plain, command: ['a', 'b'] });
    expect(line).toBe('command: "a b" → a b');
  });

  test('counts the order of init steps, and not that of ports', () => {
    const steps = [{ image: 'one:1' }, { image: 'two:1' }];
    const ports = [80, 81].map((port) => ({
      hostIp: '',
      hostPort: port,
      containerPort: port,
      protocol: 'tcp' as const,
    }));
    const before = { ...plain, init: steps, ports };
    const after = { ...plain, init: steps.toReversed(), ports: ports.toReversed() };
    expect(specDifferences(before, after)).toEqual(['init step: the same in another order']);
  });

  test.each(Object.keys(full).filter((key) => key !== 'image'))('is never silent about %s', (key) => {
    const { [key as keyof ContainerSpec]: _, ...without } = full;
    const before = { ...plain, ...without };
    expect(specDifferences(before, full)).not.toEqual([]);
  });
});

test.each([
  [0, '0s'],
  [1500, '1s500ms'],
  [3_600_000, '1h'],
])('%i ms read as %s', (ms, text) => {
  expect(spanText(ms)).toBe(text);
});

test.each([
  [1024 ** 3, '1g'],
  [1_000_000, '1000000b'],
  [6 * 1024 ** 2, '6m'],
])('%i bytes read as %s', (bytes, text) => {
  expect(amountText(bytes)).toBe(text);
});
