import { afterAll, beforeAll, expect, test } from 'vitest';
import { webImage } from '../lab/images.ts';
import { loadImages } from '../lab/load-images.ts';
import { errorsOf } from './support/errors-of.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';
import { HeldDocker } from './support/held-docker.ts';

let on: GearHost;
let docker: HeldDocker;

beforeAll(async () => {
  on = await gearHost('trixie');
  docker = await HeldDocker.on(on.host);
  await loadImages(on.host, 'docker', [webImage('1'), webImage('2')]);
});
afterAll(async () => {
  await on.clear();
  await docker.remove();
});

const install = (version: string, ...more: readonly string[]): readonly string[] => [
  ...['install', `web:${version}`, 'web', ...more, '--publish', '8092:8080', '--engine', 'docker'],
];

/** What is declared, and the process that serves. */
function declared(): Promise<string> {
  return on.host.sh(`
    readlink /etc/gear/current; cat /etc/gear/current/manifest.json
    systemctl show --property=InvocationID,NeedDaemonReload ctr-web.service`);
}

async function changeMeanwhile(): Promise<string> {
  await on.ok(...install('1', 'BY=the-faster-one'));
  await docker.release();
  return declared();
}

test('a command that is stopped for longer than its lock lives does nothing to what another one wrote', async () => {
  await on.ok(...install('1'));
  const slow = await docker.gear(install('2'));
  const said = errorsOf(slow);
  // As Ctrl-Z does: the whole group. What holds the lock is not in it, hears nothing any more and lets go.
  await slow.signal('SIGSTOP');
  const written = await changeMeanwhile().finally(() => slow.signal('SIGCONT'));
  // LOCKED or MOVED_ON, whichever it finds out first.
  expect([5, 1], await said).toContain(await slow.exited);
  expect(await said).toMatch(/lock of this host was lost|planned from generation/);
  expect(await said).toMatch(/→ run the (same )?command again/);
  expect(await declared()).toBe(written);
  expect((await on.status('web')).problems).toEqual([]);

  await on.ok(...install('2'));
  await on.serves(8092, 'web 2');
  expect(await on.host.sh('docker ps -aq --filter label=gear.name=web | wc -l')).toBe('1');
});
