import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sleepImage, webImage } from '../lab/images.ts';
import { engines, loadImages } from '../lab/load-images.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';

let on: GearHost;

beforeAll(async () => {
  on = await gearHost('trixie');
  for (const engine of engines) await loadImages(on.host, engine, [webImage('1'), sleepImage()]);
});
afterAll(() => on.clear());

/** dockerd reads this setting again on reload (dockerd(8)). */
async function setLiveRestore(value: boolean): Promise<void> {
  const file = '/etc/docker/daemon.json';
  await on.host.sh(`
    test -e ${file} || echo '{}' >${file}
    node -e '
      const fs = require("fs");
      const settings = JSON.parse(fs.readFileSync("${file}", "utf8"));
      fs.writeFileSync("${file}", JSON.stringify({ ...settings, "live-restore": ${String(value)} }));'
    systemctl reload docker`);
  const says = `docker info --format '{{.LiveRestoreEnabled}}' | grep -x ${String(value)}`;
  await on.host.waitFor(['sh', '-c', says]);
}

const failedUnits = () => on.host.sh('systemctl list-units --failed --no-legend --plain "ctr-*"');

describe('dockerd goes and comes back', () => {
  beforeAll(() => on.ok('install', 'web:1', 'web', '--publish', '8080:8080', '--engine', 'docker'));
  afterAll(() => setLiveRestore(false));

  test('by a restart: the container runs again', async () => {
    const pid = await on.payloadPid('docker', 'web');
    await on.host.sh('systemctl restart docker');
    await on.restarted('docker', 'web', pid);
    await on.serves(8080, 'web 1');
    expect(await failedUnits()).toBe('');
  });

  test('stopped, and started later: the container runs again', async () => {
    await on.host.sh('systemctl stop docker.service docker.socket');
    expect(await on.activeState('web')).not.toBe('active');
    await on.host.sh('systemctl start docker.service');
    await on.becomes('web', 'active');
    await on.serves(8080, 'web 1');
    expect(await failedUnits()).toBe('');
  });

  test('stopped: what Podman runs is changed as ever, and nothing of Docker is touched', async () => {
    await on.ok('install', 'sleep:1', 'pod', '--engine', 'podman');
    await on.host.sh('systemctl stop docker.service docker.socket');
    const { stdout, stderr } = await on.ok('set', 'pod', 'MEANWHILE=1');
    expect(stdout).toContain('pod updated');
    expect(stderr).toContain('docker: it does not answer; what it runs is left as it is');
    expect((await on.gear(['status', 'web'])).stdout).toContain('systemctl start docker');
    await on.ok('rm', 'pod');
    expect(await on.fails(5, 'set', 'web', 'MEANWHILE=1')).toContain('Docker does not answer');
    await on.host.sh('systemctl start docker.service');
    await on.becomes('web', 'active');
    await on.serves(8080, 'web 1');
  });

  test('with live-restore: the payload keeps its process, and the unit is active again', async () => {
    await setLiveRestore(true);
    await on.ok('install', 'web:1', 'web', '--publish', '8080:8080');
    const pid = await on.payloadPid('docker', 'web');
    const client = await on.property('ctr-web.service', 'MainPID');
    await on.host.sh('systemctl restart docker');
    const other = `pid=$(systemctl show --property=MainPID --value ctr-web.service); test $pid != 0 -a $pid != ${client}`;
    await on.host.waitFor(['sh', '-c', other]);
    await on.becomes('web', 'active');
    expect(await on.payloadPid('docker', 'web')).toBe(pid);
    await on.serves(8080, 'web 1');
  });
});

test('a dependency away for several back-offs, and back: everything is up without another command', async () => {
  const dbs = engines.map((engine) => `db-${engine}`);
  const webs = engines.map((engine) => `needs-${engine}`);
  for (const engine of engines) {
    await on.ok('install', 'sleep:1', `db-${engine}`, '--engine', engine);
    // Faster than systemd's own limit of five starts in ten seconds allows.
    const requires = ['--requires', `db-${engine}`, '--restart-sec', '1s:1s'];
    await on.ok('install', 'sleep:1', `needs-${engine}`, ...requires, '--engine', engine);
  }
  await on.ok('stop', ...dbs);
  for (const web of webs) expect(await on.activeState(web)).toBe('active');

  await on.host.sh(`systemctl restart --no-block ${webs.map((web) => `ctr-${web}.service`).join(' ')}`);
  for (const web of webs) {
    const restarts = `test $(systemctl show --property=NRestarts --value ctr-${web}.service) -ge 8`;
    await on.host.waitFor(['sh', '-c', restarts]);
    expect((await on.status(web)).lastLines.join('\n')).toContain('waits for ctr-db-');
  }
  expect(await failedUnits()).toBe('');

  await on.ok('start', ...dbs);
  for (const web of webs) await on.becomes(web, 'active');
  expect(await failedUnits()).toBe('');
});
