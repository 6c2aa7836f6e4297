import { afterAll, beforeAll, expect, test } from 'vitest';
import { sleepImage, volumeImage, webImage } from '../lab/images.ts';
import { type Engine, engines, loadImages } from '../lab/load-images.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';

let on: GearHost;
const webs = engines.map((engine, index) => ({ engine, name: `web-${engine}`, port: 8080 + index }));
const pidOf = ({ engine, name }: { engine: Engine; name: string }) => on.payloadPid(engine, name);

beforeAll(async () => {
  on = await gearHost('trixie');
  for (const engine of engines) {
    await loadImages(on.host, engine, [webImage('1', { volumes: ['/data'] }), sleepImage(), volumeImage()]);
  }
});

/** Nothing of gear's is left to remove them with. */
const clearEjected = () =>
  on.host.sh(`
    for unit in $(cd /etc/systemd/system && find . -name 'ctr-*.service' -type f -printf '%f '); do
      systemctl disable --quiet --now $unit
      rm -f /etc/systemd/system/$unit
    done
    systemctl daemon-reload
    rm -rf /etc/ctr
    for engine in docker podman; do
      ids=$($engine ps --all --quiet --filter label=gear.name)
      test -z "$ids" || $engine rm --force $ids >/dev/null
      volumes=$($engine volume ls --quiet --filter label=gear.name)
      test -z "$volumes" || $engine volume rm $volumes >/dev/null
    done`);
afterAll(clearEjected);

test('killed after any effect of an eject of all nothing restarts, and the next eject finishes', async () => {
  let ended = false;
  for (let effects = 1; !ended; effects += 1) {
    expect(effects, 'effects of one command').toBeLessThan(12);
    for (const { engine, name } of webs) await on.ok('install', 'web:1', name, '--engine', engine);
    const before = await Promise.all(webs.map(pidOf));
    const { code, stderr } = await on.gear(['eject', '--yes'], {
      env: { GEAR_STOP_AFTER_EFFECT: String(effects) },
    });
    ended = code === 0;
    if (!ended) expect(code, stderr).toBe(137);
    await on.ok('eject', '--yes');
    expect(await Promise.all(webs.map(pidOf))).toEqual(before);
    await on.host.sh('test ! -e /etc/gear; test ! -e /var/lib/gear');
    const types = await on.host.sh('stat --format %F /etc/systemd/system/ctr-*.service | sort -u');
    expect(types).toBe('regular file');
    await clearEjected();
  }
});

test('eject one: it runs on as plain files, the others stay with gear', async () => {
  for (const { engine, name, port } of webs) {
    const check = ['--health-cmd', 'true', '--publish', `${String(port)}:8080`];
    await on.ok('install', 'web:1', name, 'SECRET=with "quotes" and $dollars', ...check, '--engine', engine);
    await on.inside(engine, name, 'sh', '-c', 'echo precious >/data/file');
  }
  const [first, second] = webs;
  if (first === undefined || second === undefined) throw new Error('two engines');
  const before = await Promise.all(webs.map(pidOf));
  await on.ok('eject', first.name);
  expect(await Promise.all(webs.map(pidOf))).toEqual(before);
  expect((await on.list()).map((row) => row.name)).toEqual([second.name]);
  const types = await on.host.sh(
    `stat --format %F /etc/systemd/system/ctr-${first.name}.service /etc/systemd/system/ctr-${second.name}.service`,
  );
  expect(types).toBe('regular file\nsymbolic link');
  expect((await on.gear(['doctor'])).stdout).not.toContain('leftovers');
  const container = await on.host.sh(
    `${first.engine} ps --filter label=gear.name=${first.name} --format '{{.Names}}'`,
  );
  expect(await on.fails(4, 'adopt', container, '--yes')).toContain('was made by gear and ejected');
});

test("eject all: nothing restarts, and nothing of gear's own is left", async () => {
  const before = await Promise.all(webs.map(pidOf));
  expect(await on.fails(2, 'eject')).toContain('gear eject --yes');
  await on.ok('eject', '--yes');
  expect(await Promise.all(webs.map(pidOf))).toEqual(before);
  await on.host.sh('test ! -e /etc/gear; test ! -e /var/lib/gear');
  expect(await on.host.sh('grep -l /etc/gear /etc/systemd/system/ctr-*.service || true')).toBe('');
  expect(await on.list()).toEqual([]);
});

test('what was ejected is back after a power loss, with its environment and its data', async () => {
  await on.host.reboot();
  for (const { engine, name, port } of webs) {
    await on.serves(port, 'web 1');
    expect(await on.variable(engine, name, 'SECRET')).toBe('with "quotes" and $dollars');
    expect(await on.inside(engine, name, 'cat', '/data/file')).toBe('precious');
    await on.host.sh(`systemctl restart ctr-${name}.service`);
    await on.serves(port, 'web 1');
  }
});
