import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HostProcess } from '../lab/host-process.ts';
import { slowImage, stubbornImage, webImage } from '../lab/images.ts';
import { loadImages } from '../lab/load-images.ts';
import { errorsOf } from './support/errors-of.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';
import { HeldDocker } from './support/held-docker.ts';

let on: GearHost;
let docker: HeldDocker;

beforeAll(async () => {
  on = await gearHost('trixie');
  docker = await HeldDocker.on(on.host);
  await loadImages(on.host, 'docker', [
    ...[webImage('1'), webImage('2'), slowImage(1), slowImage(3600), stubbornImage()],
  ]);
});
afterAll(async () => {
  await on.renewLogind();
  await on.clear();
  await docker.remove();
});

const update = ['install', 'web:2', 'web', '--publish', '8091:8080', '--engine', 'docker'];

/** systemd starts it again when somebody calls, and every connection of before is gone. */
async function loseBus(): Promise<void> {
  await on.host.sh('systemctl kill --signal=KILL dbus.service');
}

/** Expects the command to end because the bus is lost, which is told once, with what to look at. */
async function endsForIt(command: HostProcess): Promise<void> {
  const said = await errorsOf(command);
  expect(await command.exited, said).toBe(5);
  expect(said.match(/^error: .*D-Bus connection/gm), said).toHaveLength(1);
  expect(said).toContain('→ look at systemctl status dbus.service, then run the command again');
  await on.host.waitFor(['busctl', 'status']);
}

function declared(): Promise<string> {
  return on.host.sh(`grep -o '"hash": "[^"]*"\\|"hold": .*' /etc/gear/current/manifest.json`);
}

test('D-Bus that goes before the swap: old or new is declared, something serves, the same command finishes', async () => {
  await on.ok('install', 'web:1', ...update.slice(2));
  const old = await declared();
  const updating = await docker.gear(update);
  await loseBus();
  await docker.release();
  await endsForIt(updating);
  const left = await declared();
  await on.serves(8091, 'web [12]');

  await on.ok(...update);
  await on.serves(8091, 'web 2');
  expect([old, await declared()]).toContain(left);
  expect((await on.status('web')).problems).toEqual([]);
  expect(await on.host.sh('docker ps -aq --filter label=gear.name=web | wc -l')).toBe('1');
  await on.ok('rm', 'web');
});

test('D-Bus that goes during a job does not have the command wait for that; the next one finishes', async () => {
  const script = 'trap "while ! test -e /go; do sleep 0.1; done; exit 0" TERM; while :; do sleep 0.1; done';
  const install = ['install', 'stubborn:1', 'late', '--stop-timeout', '100s', '--engine', 'docker'];
  await on.ok(...install, '--', 'sh', '-c', script);
  const old = await declared();
  const stopping = await on.host.spawn(['/opt/gear/bin/run.cjs', 'stop', 'late']);
  const atIt = 'systemctl show -p ActiveState --value ctr-late.service | grep -q deactivating';
  await on.host.waitFor(['sh', '-c', atIt]);
  await loseBus();
  // The job goes on until somebody lets its container go, which nobody has yet.
  await endsForIt(stopping);
  expect(await on.activeState('late')).toBe('deactivating');
  const left = await declared();

  await on.host.sh('docker exec $(docker ps -q --filter label=gear.name=late) touch /go');
  await on.ok('stop', 'late');
  expect(await on.activeState('late')).toBe('inactive');
  expect([old, await declared()]).toContain(left);
  expect((await on.status('late')).problems).toEqual([]);
  await on.ok('rm', 'late');
});

test('D-Bus that goes during a slow start ends the command at once; the next one finishes', async () => {
  const install = ['install', 'slow:3600', 'slow', '--engine', 'docker'];
  const starting = await on.host.spawn(['/opt/gear/bin/run.cjs', ...install]);
  const ready = 'systemctl show -p ActiveState --value ctr-slow-ready.service | grep -q activating';
  await on.host.waitFor(['sh', '-c', ready]);
  await loseBus();
  await endsForIt(starting);
  await on.ok('install', 'slow:1', 'slow', '--engine', 'docker');
  expect((await on.status('slow')).problems).toEqual([]);
  await on.ok('rm', 'slow');
});
