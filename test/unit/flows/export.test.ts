import { expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { diffApps } from '../../../src/flows/diff.ts';
import { exportApp } from '../../../src/flows/export.ts';
import { appOf } from '../../support/native.ts';
import { valueOf } from '../core/descriptor/expectations.ts';
import { contextOn, installing, run } from './gear-in-memory.ts';

async function hostWithWeb(): Promise<MemoryHost> {
  const host = new MemoryHost();
  host.docker.images.add('web:1');
  const flags = { publish: ['8080:80'], volume: ['data:/data'], memory: ['256m'], after: ['docker.socket'] };
  await run(host, installing(['web:1', 'web', 'PASSWORD=hunter2', 'PRICE=5$'], { engine: 'docker', flags }));
  return host;
}

test('an installed app is exported so that its descriptor means what runs', async () => {
  const host = await hostWithWeb();
  const { text, notes } = valueOf(await exportApp(contextOn(host), { app: 'web', showEnv: true }));
  expect(notes).toEqual([]);
  const app = await appOf(text);
  const difference = valueOf(await diffApps(contextOn(host), 'web', app));
  expect(difference).toEqual({ lines: [], containers: [] });
});

test('no value of a variable is in what is exported, unless it is asked for', async () => {
  const context = contextOn(await hostWithWeb());
  const hidden = valueOf(await exportApp(context, { app: 'web', showEnv: false }));
  expect(JSON.stringify(hidden)).not.toContain('hunter2');
  expect(hidden.text).toContain('PASSWORD: ${PASSWORD:?');
  const shown = valueOf(await exportApp(context, { app: 'web', showEnv: true }));
  expect(shown.text).toContain('PASSWORD: hunter2');
  expect(shown.text).toContain('PRICE: 5$$');
});

test('what differs from a running app is told in words, and no value with it', async () => {
  const host = await hostWithWeb();
  const text = valueOf(await exportApp(contextOn(host), { app: 'web', showEnv: true })).text;
  const app = await appOf(
    text.replace('hunter2', 'hunter3').replace('256m', '512m').replace('engine: docker\n', ''),
  );
  const difference = valueOf(await diffApps(contextOn(host), 'web', app));
  expect(difference).toEqual({
    lines: [],
    containers: [
      { name: 'web', change: 'changed', lines: ['memory: 256m → 512m', 'env PASSWORD has another value'] },
    ],
  });
});

test('an app that is not there is refused with the name that was meant', async () => {
  const result = await exportApp(contextOn(await hostWithWeb()), { app: 'wbe', showEnv: false });
  expect(result).toMatchObject({
    ok: false,
    failures: [{ code: 'NAME_UNKNOWN', next: expect.stringContaining('web') as string }],
  });
});

test('an environment that the host lost is told, and not left out', async () => {
  const host = await hostWithWeb();
  for (const { name } of await host.files.list('/etc/gear/files'))
    await host.files.remove(`/etc/gear/files/${name}`);
  const result = await exportApp(contextOn(host), { app: 'web', showEnv: false });
  expect(result).toMatchObject({ ok: false, failures: [{ code: 'FILE_FAILED', subject: 'web' }] });
});
