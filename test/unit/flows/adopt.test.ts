import { beforeEach, expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { paths } from '../../../src/core/model/paths.ts';
import { adoptContainers } from '../../../src/flows/adopt.ts';
import { contextOn } from './gear-in-memory.ts';

let host: MemoryHost;
/** Each time that an adoption began, whether the host had its key by then. */
let begun: boolean[];

/** A host with a container of somebody's; it refuses the first step of an adoption. */
beforeEach(() => {
  host = new MemoryHost({ engines: ['docker'] });
  const { id } = host.docker.images.add('db:1');
  const former = {
    ...{ Id: 'c1', Name: '/db', Image: id, State: { Running: true, Pid: 7 } },
    Config: { Image: 'db:1', Env: ['PASSWORD=hovercraft'] },
    HostConfig: { NetworkMode: 'bridge' },
    NetworkSettings: {},
  };
  const container = host.docker.container.bind(host.docker);
  host.docker.container = (name) =>
    name === 'db'
      ? Promise.resolve({ id: 'c1', name, running: true } as Awaited<ReturnType<typeof container>>)
      : container(name);
  begun = [];
  host.onRun = (command) => {
    if (command.includes('inspect')) return { status: 0, stdout: JSON.stringify([former]), stderr: '' };
    if (command.includes('update')) begun.push(host.files.textOf(paths.key) !== null);
    return { status: 1, stdout: '', stderr: 'no' };
  };
});

const adopting = (confirm: () => Promise<boolean>) =>
  adoptContainers(contextOn(host), { containers: ['db'], confirm, timeoutMs: 1000 });

test('a no leaves the host without a key', async () => {
  expect(await adopting(() => Promise.resolve(false))).toMatchObject({ value: { declined: true } });
  expect(await host.files.exists(paths.key)).toBe(false);
});

test('a yes gives the host its key before the container has a name by it', async () => {
  await adopting(() => Promise.resolve(true));
  expect(begun[0]).toBe(true);
  expect(host.lock.holder).toBeNull();
});

test('a key that another command has made since the question stands, and nothing is done', async () => {
  const adopted = adopting(async () => {
    await host.files.write(paths.key, new Uint8Array(32).fill(1), 0o600);
    return true;
  });
  expect(await adopted).toMatchObject({ ok: false, failures: [{ code: 'MOVED_ON' }] });
  expect(begun).toEqual([]);
  expect((await host.files.read(paths.key))?.[0]).toBe(1);
});
