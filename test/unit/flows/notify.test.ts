import { dirname } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { paths } from '../../../src/core/model/paths.ts';
import { addTarget, listTargets, removeTarget } from '../../../src/flows/notify.ts';
import { statusOf } from '../../../src/flows/status.ts';
import { valueOf } from '../core/descriptor/expectations.ts';
import { contextOn, installing, run } from './gear-in-memory.ts';

let host: MemoryHost;

beforeEach(() => {
  host = new MemoryHost();
});

const webhook = { name: 'chat', on: ['failed'], send: { webhook: 'https://chat.example/secret' } } as const;
const command = { name: 'mail', on: ['failed', 'not-ready'], send: { command: ['tell', 'ops'] } } as const;

test('targets are listed without the URL; the same name again is changed, and is one kind alone', async () => {
  expect(valueOf(await addTarget(contextOn(host), webhook))).toMatchObject({ result: 'added' });
  valueOf(await addTarget(contextOn(host), command));
  const rows = valueOf(await listTargets(contextOn(host)));
  expect(rows).toEqual([
    { name: 'chat', kind: 'webhook', command: null, on: ['failed'] },
    { name: 'mail', kind: 'command', command: ['tell', 'ops'], on: ['failed', 'not-ready'] },
  ]);
  const other = { ...command, name: 'chat' };
  expect(valueOf(await addTarget(contextOn(host), other))).toMatchObject({ result: 'changed' });
  expect(await host.files.exists(`${paths.notify}/chat/webhook`)).toBe(false);
});

test('what tells goes with the last target', async () => {
  valueOf(await addTarget(contextOn(host), webhook));
  valueOf(await addTarget(contextOn(host), command));
  valueOf(await removeTarget(contextOn(host), 'chat'));
  expect(await host.files.exists(paths.notifyDropIn)).toBe(true);
  valueOf(await removeTarget(contextOn(host), 'mail'));
  for (const path of [paths.notifyDropIn, paths.notifyUnit, paths.notifyScript])
    expect(await host.files.exists(path)).toBe(false);
  expect(await removeTarget(contextOn(host), 'mail')).toMatchObject({ failures: [{ code: 'NAME_UNKNOWN' }] });
});

test('what the administrator has beside what tells stays, and the folder where there is nothing else goes', async () => {
  const folder = dirname(paths.notifyDropIn);
  host.files.place(`${folder}/override.conf`, '[Service]\nNice=5\n');
  for (const left of [['override.conf'], []]) {
    valueOf(await addTarget(contextOn(host), webhook));
    valueOf(await removeTarget(contextOn(host), 'chat'));
    expect((await host.files.list(folder)).map(({ name }) => name)).toEqual(left);
    await host.files.remove(`${folder}/override.conf`);
  }
  expect(await host.files.exists(folder)).toBe(false);
});

test('without curl a webhook is refused, and nothing is written', async () => {
  host.onRun = () => ({ status: 127, stdout: '', stderr: 'curl: command not found' });
  expect(await addTarget(contextOn(host), webhook)).toMatchObject({
    failures: [{ message: 'a webhook needs curl on the host, which is not there' }],
  });
  expect(await host.files.list(paths.notify)).toEqual([]);
});

test("gear's own drop-in is nothing that status warns of", async () => {
  host.docker.images.add('web:1');
  await run(host, installing(['web:1', 'web'], { engine: 'docker' }));
  valueOf(await addTarget(contextOn(host), command));
  expect(valueOf(await statusOf(contextOn(host), []))).toMatchObject([{ problems: [] }]);
});
