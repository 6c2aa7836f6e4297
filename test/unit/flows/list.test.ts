import { beforeEach, expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { FailureError } from '../../../src/errors/failure.ts';
import { listContainers } from '../../../src/flows/list.ts';
import { printList } from '../../../src/report/list.ts';
import { createStyle } from '../../../src/report/style.ts';
import { contextOn, installing, run } from './gear-in-memory.ts';

const checked = { engine: 'docker', flags: { 'health-cmd': ['true'] } } as const;
let host: MemoryHost;

beforeEach(() => {
  host = new MemoryHost();
  host.docker.images.add('web:1');
});

async function listed(): Promise<string> {
  const rows = await listContainers(contextOn(host));
  if (!rows.ok) throw new Error(rows.failures[0]?.message);
  return printList(rows.value, createStyle({}, {}), 0);
}

test('a container whose check fails since it was ready is unhealthy, and one that recovers is ready', async () => {
  await run(host, installing(['web:1', 'web'], checked));
  const [container] = host.docker.containers.all();
  if (container === undefined) throw new Error('nothing runs');
  expect(await listed()).toMatch(/web +web +ready/);
  host.docker.containers.check(container.name, false);
  expect(await listed()).toMatch(/web +web +unhealthy/);
  host.docker.containers.check(container.name, true);
  expect(await listed()).toMatch(/web +web +ready/);
});

test('an engine that does not answer keeps no list back', async () => {
  await run(host, installing(['web:1', 'web'], checked));
  host.docker.owned = (signal?: AbortSignal) =>
    new Promise<never>((_, reject) => {
      signal?.addEventListener('abort', () => {
        reject(new FailureError({ code: 'ENGINE_DOWN', message: 'docker does not answer', next: 'wait' }));
      });
    });
  expect(await listed()).toMatch(/web +web +ready/);
});

test.each([
  ['stopped by systemd, which kills the client of Docker', 'signal', 2, 9, 'last run stopped'],
  ['ended with a status', 'exit-code', 1, 3, 'last run failed'],
  ['took too long', 'timeout', 2, 9, 'last run failed'],
  ['ended well', 'success', 1, 0, 'last run succeeded'],
])('a scheduled run that %s is told as such', async (_, result, execMainCode, execMainStatus, words) => {
  await run(host, installing(['web:1', 'web'], { engine: 'docker', flags: { schedule: ['03:00'] } }));
  const before = host.init.units.bind(host.init);
  host.init.units = async (names) =>
    (await before(names)).map((state) => ({
      ...state,
      ...{ activeState: 'inactive', result, execMainCode, execMainStatus },
    }));
  expect(await listed()).toContain(words);
});
