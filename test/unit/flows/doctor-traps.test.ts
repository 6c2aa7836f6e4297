import { beforeEach, expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { findTraps } from '../../../src/flows/doctor-traps.ts';
import { contextOn, installing, run } from './gear-in-memory.ts';

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
  const told = async (controllers: string) => {
    host.files.place('/sys/fs/cgroup/cgroup.controllers', `${controllers}\n`);
    const [check] = await found();
    return `${check?.name}: ${check?.message} → ${check?.next}`;
  };
  expect(await told('cpu pids')).toMatch(/^limits: .*no limits of memory here → boot .*cgroup_enable=memory/);
  // Where all are missing, the kernel has them, and who gave this machine its cgroups keeps them.
  expect(await told('misc')).toMatch(/no limits of cpu, memory, pids here → see what the host .* gives/);
});

test('a service that waited for the network in vain is told', async () => {
  host.init.list = () =>
    Promise.resolve([
      {
        ...{ unit: 'NetworkManager-wait-online.service', loadState: 'loaded' },
        ...{ activeState: 'failed', subState: 'failed' },
      },
    ]);
  expect(await found()).toMatchObject(
    [{ name: 'network', message: /NetworkManager-wait-online/, next: /nmcli/ }].map((each) => ({
      name: each.name,
      message: expect.stringMatching(each.message) as string,
      next: expect.stringMatching(each.next) as string,
    })),
  );
});

test('what a kill left of a container that is not declared is told', async () => {
  host.docker.images.add('web:1');
  await run(host, installing(['web:1', 'web'], { engine: 'docker' }));
  expect(await found()).toEqual([]);
  host.docker.containers.addForeign('ctr-gone.f00', { 'gear.name': 'gone' });
  expect(await found()).toMatchObject([{ name: 'leftovers', next: 'gear clean' }]);
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
  host.onRun = ([program]) => ({
    ...{ status: 0, stderr: '' },
    stdout: program === 'restorecon' ? 'Would relabel /etc/gear/current\n' : '',
  });
  expect(await found()).toEqual([]);
  host.files.place('/sys/fs/selinux/enforce', '1');
  expect(await found()).toMatchObject([{ name: 'SELinux' }]);
});
