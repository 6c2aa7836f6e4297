import { expect, test } from 'vitest';
import { parseCounters, parseCgroups } from '../../../src/observe/cgroups.ts';

const id = 'a'.repeat(64);

test('cgroups are found by the ID of the container, with either driver', () => {
  const systemd = `/sys/fs/cgroup/gear.slice/gear-my\\x2dshop.slice/docker-${id}.scope`;
  const other = `/sys/fs/cgroup/gear-web.slice/${'b'.repeat(64)}`;
  const found = parseCgroups(`${systemd}\n${other}\n/sys/fs/cgroup/abcdef\n\n`);
  expect([...found]).toEqual([
    [id, systemd],
    ['b'.repeat(64), other],
  ]);
});

test('the cgroup of a payload of Podman is found by that of its unit', () => {
  const unit = '/sys/fs/cgroup/gear.slice/gear-web.slice/ctr-web.service';
  const found = parseCgroups(`${unit}/libpod-payload-${id}\n${unit}/runtime\n`);
  expect([...found]).toEqual([[unit, `${unit}/libpod-payload-${id}`]]);
});

test('counters are told by cgroup; no limit and no controller are null', () => {
  const text = '/c/a/cpu.stat:usage_usec 1500\n/c/a/memory.current:4096\n/c/b/memory.max:8192\nnoise\n';
  expect(Object.fromEntries(parseCounters(text))).toEqual({
    '/c/a': { cpuUs: 1500, memoryBytes: 4096, limitBytes: null },
    '/c/b': { cpuUs: null, memoryBytes: null, limitBytes: 8192 },
  });
});
