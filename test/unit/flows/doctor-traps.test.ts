import { beforeEach, expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { findTraps } from '../../../src/flows/doctor-traps.ts';
import { contextOn } from './gear-in-memory.ts';

let host: MemoryHost;

beforeEach(() => {
  host = new MemoryHost();
  host.files.place('/sys/fs/cgroup/cgroup.controllers', 'cpuset cpu io memory pids\n');
  host.files.place('/var/log/journal/4f/system.journal', '');
});

const found = () => findTraps(contextOn(host));

test('a host without traps has nothing to tell', async () => {
  expect(await found()).toEqual([]);
});

test('limits that nobody keeps are told with what to boot with', async () => {
  host.files.place('/sys/fs/cgroup/cgroup.controllers', 'cpu pids\n');
  expect(await found()).toMatchObject(
    [
      { name: 'limits', message: 'the kernel keeps no limits of memory here', next: /cgroup_enable=memory/ },
    ].map((each) => ({ ...each, next: expect.stringMatching(each.next) as string })),
  );
});

test('a journal in memory is told', async () => {
  await host.files.removeFolder('/var/log/journal');
  expect(await found()).toMatchObject([{ name: 'journal' }]);
});

test('a Quadlet file that makes its service vanish is told in the words of the generator', async () => {
  host.files.place('/etc/containers/systemd/web.container', '[Containers]\n');
  expect(await found()).toEqual([]);
  host.files.place('/usr/lib/systemd/system-generators/podman-system-generator', '');
  host.onRun = () => ({ status: 1, stdout: '', stderr: 'noise\nno Image or Rootfs key specified\n' });
  expect(await found()).toMatchObject([{ name: 'quadlet', next: 'gear check /etc/containers/systemd' }]);
});

test('files with labels of another place are told where SELinux is enforced', async () => {
  host.onRun = () => ({ status: 0, stdout: 'Would relabel /etc/gear/current\n', stderr: '' });
  expect(await found()).toEqual([]);
  host.files.place('/sys/fs/selinux/enforce', '1');
  expect(await found()).toMatchObject([{ name: 'SELinux' }]);
});
