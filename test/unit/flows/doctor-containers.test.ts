import { beforeEach, expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { checkContainers, checkSecrets } from '../../../src/flows/doctor-containers.ts';
import { eject } from '../../../src/flows/eject.ts';
import { setSecret } from '../../../src/flows/secret-set.ts';
import { contextOn, installing, run } from './gear-in-memory.ts';

let host: MemoryHost;
let container: string;

beforeEach(async () => {
  host = new MemoryHost();
  host.docker.images.add('web:1');
  await run(host, installing(['web:1', 'web'], { engine: 'docker' }));
  container = host.docker.containers.all()[0]?.name ?? '';
});

/** What `docker container inspect` says of its restart policy and its log. */
const inspected = (line: string): void => {
  host.onRun = () => ({ status: 0, stdout: `/${container}|${line}\n`, stderr: '' });
};

test('a container as gear makes it has nothing to tell', async () => {
  inspected('no|local|10m');
  expect(await checkContainers(contextOn(host))).toEqual([]);
});

test('a restart policy of the engine is told with the command that takes it away', async () => {
  inspected('always|local|10m');
  expect(await checkContainers(contextOn(host))).toEqual([
    {
      ...{ name: 'web', state: 'warning', next: `docker update --restart=no ${container}` },
      message: 'docker restarts its container by itself (always), against systemd',
    },
  ]);
});

test('a log without a limit is told, one with a limit is not', async () => {
  inspected('no|json-file|');
  expect(await checkContainers(contextOn(host))).toMatchObject([
    { name: 'web', next: 'gear set web --log-opt max-size=10m' },
  ]);
  inspected('no|json-file|10m');
  expect(await checkContainers(contextOn(host))).toEqual([]);
});

test('containers of Docker that share the limit of journald are told, one alone is not', async () => {
  inspected('no|journald|');
  expect(await checkContainers(contextOn(host))).toEqual([]);
  await run(host, installing(['web:1', 'other'], { engine: 'docker' }));
  const lines = host.docker.containers.all().map(({ name }) => `/${name}|no|journald|`);
  host.onRun = () => ({ status: 0, stdout: `${lines.join('\n')}\n`, stderr: '' });
  expect(await checkContainers(contextOn(host))).toMatchObject([
    { name: 'web', next: 'gear set web --reset log-driver' },
    { name: 'other', next: 'gear set other --reset log-driver' },
  ]);
});

test('an engine that does not answer is left to its own check', async () => {
  host.onRun = () => ({ status: 1, stdout: '', stderr: 'no daemon' });
  expect(await checkContainers(contextOn(host))).toEqual([]);
});

test('a secret whose value is gone is told, before the next start fails for it', async () => {
  const value = new TextEncoder().encode('hunter2');
  await setSecret(contextOn(host), 'key', value);
  await run(host, installing(['web:1', 'reader'], { engine: 'docker', flags: { secret: ['key'] } }));
  expect(await checkSecrets(contextOn(host))).toEqual([]);
  for (const { name } of await host.files.list('/etc/gear/files'))
    if (name.endsWith('.secret')) await host.files.remove(`/etc/gear/files/${name}`);
  const [told, ...more] = await checkSecrets(contextOn(host));
  expect(more).toEqual([]);
  expect(told).toMatchObject({ name: 'reader', next: 'gear secret set key < FILE; gear restart reader' });
  expect(JSON.stringify(told)).not.toContain('hunter2');
});

test('what was ejected is not gear’s to judge', async () => {
  inspected('always|json-file|');
  const confirm = () => Promise.resolve(true);
  await run(host, (context) => eject(context, { names: ['web'], confirm }), 'eject web');
  expect(await checkContainers(contextOn(host))).toEqual([]);
});
