import { beforeEach, expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import type { AppRequest } from '../../../src/core/model/app.ts';
import { diffApps } from '../../../src/flows/diff.ts';
import { exportApp } from '../../../src/flows/export.ts';
import { secrets } from '../../../src/flows/secret-list.ts';
import { removeSecret } from '../../../src/flows/secret-remove.ts';
import { setSecret } from '../../../src/flows/secret-set.ts';
import { setContainers } from '../../../src/flows/set.ts';
import { valueOf } from '../core/descriptor/expectations.ts';
import { anApp, applying, type ContainerParts, planOn } from './apps-in-memory.ts';
import { contextOn, run, runningOn } from './gear-in-memory.ts';

let host: MemoryHost;

beforeEach(async () => {
  host = new MemoryHost();
  host.docker.images.add('web:1');
  valueOf(await setSecret(contextOn(host), 'pg', new TextEncoder().encode('hunter2')));
});

function shop(web: ContainerParts): AppRequest {
  return anApp('shop', { web }, { engine: 'docker' });
}

const withSecret = shop({ env: { A: '1' }, secretEnv: { PASSWORD: 'pg' } });

test('a secret that is a variable is listed with its users, and not removed under them', async () => {
  await run(host, applying([withSecret]));
  expect(valueOf(await secrets(contextOn(host)))).toMatchObject([{ name: 'pg', usedBy: ['shop.web'] }]);
  expect(await removeSecret(contextOn(host), 'pg', false)).toMatchObject({
    failures: [{ code: 'SECRET_USED' }],
  });
});

test('an export names the secret, and never shows its value, even with --show-env', async () => {
  await run(host, applying([withSecret]));
  const { text } = valueOf(await exportApp(contextOn(host), { app: 'shop', showEnv: true }));
  expect(text).toMatch(/PASSWORD:\s*\{?\s*secret: pg/);
  expect(text).toContain('A:');
  expect(text).not.toContain('hunter2');
});

test('a descriptor with the same secret means what runs, and one with another does not', async () => {
  await run(host, applying([withSecret]));
  expect(valueOf(await diffApps(contextOn(host), 'shop', withSecret)).containers).toEqual([]);
  const other = shop({ env: { A: '1' }, secretEnv: { PASSWORD: 'other' } });
  const { containers } = valueOf(await diffApps(contextOn(host), 'shop', other));
  expect(containers).toMatchObject([{ name: 'web', change: 'changed' }]);
});

test('that a value is a secret from now on is noted without a restart', async () => {
  await run(host, applying([shop({ env: { A: '1', PASSWORD: 'hunter2' } })]));
  const before = [...runningOn(host)];
  await run(host, applying([withSecret]));
  expect([...runningOn(host)]).toEqual(before);
  expect(valueOf(await secrets(contextOn(host)))).toMatchObject([{ usedBy: ['shop.web'] }]);
  expect(await planOn(host, [withSecret])).toMatchObject({ changes: false });
});

test('a variable that is set otherwise is of no secret any more', async () => {
  await run(host, applying([withSecret]));
  await run(host, (context) =>
    setContainers(context, {
      ...{ names: ['shop.web'], spec: {}, reset: [], pull: 'missing', wait: true, timeoutMs: 60_000 },
      environment: { PASSWORD: 'plain' },
      unsetEnvironment: [],
    }),
  );
  expect(valueOf(await secrets(contextOn(host)))).toMatchObject([{ usedBy: [] }]);
});
