import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { packImages } from '../lab/image-archive.ts';
import { sleepImage } from '../lab/images.ts';
import { engines } from '../lab/load-images.ts';
import { baseTree } from '../lab/tree.ts';
import { limits } from '../e2e/support/options.ts';
import { Machine } from './machine.ts';

let machine: Machine;

const tell = (line: string) => {
  console.log(line);
};

beforeAll(async () => {
  const busybox = join(await baseTree('trixie', tell), 'usr/bin/busybox');
  const { tar } = await packImages([sleepImage()], busybox);
  machine = await Machine.boot({ 'images.tar': tar }, tell);
  return () => machine.destroy();
});

async function ok(...words: readonly string[]): Promise<string> {
  const result = await machine.gear(...words);
  expect(result, `gear ${words.join(' ')}\n${result.stdout}${result.stderr}`).toMatchObject({ code: 0 });
  return result.stdout;
}

/** The folder of what /proc/PID/cgroup says. */
function cgroupOf(line: string): string {
  return `/sys/fs/cgroup${line.replace(/^0::/, '')}`;
}

async function valuesIn(folder: string, names: readonly string[]): Promise<Record<string, string>> {
  const { stdout } = await machine.exec(['sh', '-c', 'cd "$0" && cat "$@"', folder, ...names]);
  return Object.fromEntries(
    stdout
      .trim()
      .split('\n')
      .map((value, at) => [names[at] ?? '', value]),
  );
}

const files = ['memory.max', 'memory.swap.max', 'memory.low', 'cpu.max', 'cpuset.cpus', 'pids.max'];

describe.each(engines)('with %s, on a kernel that has every controller', (engine) => {
  beforeAll(() => machine.exec([engine, 'load', '--input', '/opt/images.tar']));

  async function containerId(name: string): Promise<string> {
    return machine.sh(`${engine} ps --quiet --no-trunc --filter label=gear.name=${name}`);
  }

  async function payloadPid(name: string): Promise<string> {
    return machine.sh(`${engine} inspect --format '{{.State.Pid}}' ${await containerId(name)}`);
  }

  /** The cgroup that the container's first process is in: the container's own. */
  async function cgroup(name: string): Promise<string> {
    return cgroupOf(await machine.sh(`cat /proc/${await payloadPid(name)}/cgroup`));
  }

  const limitsOf = async (name: string) => valuesIn(await cgroup(name), files);

  /** Resolves when the journal of its unit has such a line, at once if there is one already. */
  async function logged(name: string, text: string): Promise<void> {
    const follow = 'timeout 120 journalctl --follow --lines=all --output=cat --unit "$0" 2>/dev/null';
    await machine.exec(['bash', '-c', `grep --max-count=1 "$1" < <(${follow})`, `ctr-${name}.service`, text]);
  }

  const slice = `gear-small\\x2d${engine}.slice`;
  const name = `small-${engine}`;

  test('limits are those of its own cgroup, which is in the slice of the app', async () => {
    await ok('install', 'sleep:1', name, ...limits, '--engine', engine);
    expect(await cgroup(name)).toContain(`/${slice}/`);
    expect(await limitsOf(name)).toEqual({
      ...{ 'memory.max': String(2 ** 26), 'memory.swap.max': String(2 ** 26), 'memory.low': String(2 ** 25) },
      ...{ 'cpu.max': '50000 100000', 'cpuset.cpus': '0', 'pids.max': '50' },
    });
    const shown = await machine.exec(['systemctl', 'show', '--property=MemoryCurrent', '--value', slice]);
    expect(Number(shown.stdout)).toBeGreaterThan(0);
  });

  test('a limit of its slice holds it too, and systemd shows it', async () => {
    await machine.exec(['systemctl', 'set-property', '--runtime', slice, 'MemoryMax=256M']);
    const shown = await machine.exec(['systemctl', 'show', '--property=MemoryMax', '--value', slice]);
    expect(shown.stdout.trim()).toBe(String(2 ** 28));
    const kernels = await machine.exec([
      'sh',
      '-c',
      'cat "$0/memory.max"',
      `/sys/fs/cgroup/gear.slice/${slice}`,
    ]);
    expect(kernels.stdout.trim()).toBe(String(2 ** 28));
  });

  test('a changed limit is that of the container from then on', async () => {
    await ok('set', name, '--memory', '80m');
    expect((await limitsOf(name))['memory.max']).toBe(String(80 * 2 ** 20));
    expect(JSON.parse(await ok('top', '--once', '--json'))).toContainEqual(
      expect.objectContaining({ name, memoryLimitBytes: 80 * 2 ** 20 }),
    );
  });

  test('what takes more memory is killed for it, and what forks too often gets no more processes', async () => {
    const greedy = 'dd if=/dev/zero of=/dev/null bs=200M count=1; echo "took $?"; exec sleep 2147483647';
    const forks = 'i=0; while [ $i -lt 40 ]; do sleep 1000 & i=$((i+1)); done';
    // The shell that cannot fork ends; what it has started stays.
    const forking = `sh -c '${forks}'; exec sleep 2147483647`;
    await ok('install', 'sleep:1', 'greedy', '--memory', '32m', '--engine', engine, '--', 'sh', '-c', greedy);
    await ok(
      'install',
      'sleep:1',
      'forking',
      '--pids-limit',
      '20',
      '--engine',
      engine,
      '--',
      'sh',
      '-c',
      forking,
    );
    await logged('greedy', 'took 137');
    await logged('forking', "can't fork");
    await ok('rm', 'greedy', 'forking', '--yes');
  });

  test('the profile of AppArmor is that of the engine, and the one that was asked for', async () => {
    const profile = async () => machine.sh(`cat /proc/${await payloadPid(name)}/attr/current`);
    expect(await profile()).toMatch(/^(docker-default|containers-default-\S+) \(enforce\)$/);
    await ok('set', name, '--security-opt', 'apparmor=unconfined');
    expect(await profile()).toBe('unconfined');
    await ok('rm', name, '--yes');
  });
});

test('limits of a user are those of its container, in the cgroups that systemd leaves to the user', async () => {
  const home = 'useradd --create-home ada && loginctl enable-linger ada && systemctl start user@$(id -u ada)';
  await machine.sh(home);
  const uid = await machine.sh('id -u ada');
  const as = ['runuser', '-u', 'ada', '--', 'env', '-C', '/home/ada', `XDG_RUNTIME_DIR=/run/user/${uid}`];
  await machine.exec([...as, 'podman', 'load', '--input', '/opt/images.tar']);
  const asked = ['--memory', '64m', '--cpus', '0.5', '--pids-limit', '50'];
  const words = ['--user', 'install', 'sleep:1', 'mine', ...asked];
  await machine.exec([...as, '/opt/node', '/opt/gear/bin/run.cjs', ...words]);
  const format = ['--format', '{{.State.Pid}}'];
  const { stdout: pid } = await machine.exec([...as, 'podman', 'inspect', ...format, 'ctr-mine']);
  const folder = cgroupOf(await machine.sh(`cat /proc/${pid.trim()}/cgroup`));
  expect(folder).toContain(`/user@${uid}.service/`);
  expect(await valuesIn(folder, ['memory.max', 'cpu.max', 'pids.max'])).toEqual({
    ...{ 'memory.max': String(2 ** 26), 'cpu.max': '50000 100000', 'pids.max': '50' },
  });
});
