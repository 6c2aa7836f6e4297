import { expect, test } from 'vitest';
import { parseCounters, parseDockerCgroups } from '../../../src/observe/cgroups.ts';

const id = 'a'.repeat(64);

test('cgroups are found by the ID of the container, with either driver', () => {
  const systemd = `/sys/fs/cgroup/gear.slice/gear-my\\x2dshop.slice/docker-${id}.scope`;
  const other = `/sys/fs/cgroup/gear-web.slice/${'b'.repeat(64)}`;
  const found = parseDockerCgroups(`${systemd}\n${other}\n/sys/fs/cgroup/abcdef\n\n`);
  expect([...found]).toEqual([
    [id, systemd],
    ['b'.repeat(64), other],
  ]);
});

test('counters are told by cgroup; no limit and no controller are null', () => {
  const text = '/c/a/cpu.stat:usage_usec 1500\n/c/a/memory.current:4096\n/c/b/memory.max:8192\nnoise\n';
  expect(Object.fromEntries(parseCounters(text))).toEqual({
    '/c/a': { cpuUs: 1500, memoryBytes: 4096, limitBytes: null },
    '/c/b': { cpuUs: null, memoryBytes: null, limitBytes: 8192 },
  });
});
