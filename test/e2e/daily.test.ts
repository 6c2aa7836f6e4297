import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sleepImage, webImage } from '../lab/images.ts';
import { engines, loadImages } from '../lab/load-images.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';
import type { InspectReport, UnitSource } from '../../src/report/values.ts';

describe.each(engines)('what is done with a running container of %s', (engine) => {
  let on: GearHost;

  beforeAll(async () => {
    on = await gearHost('trixie');
    await loadImages(on.host, engine, [sleepImage(), webImage('1')]);
    await on.ok(
      ...['install', 'web:1', 'web', 'TOKEN=abc', '--label', 'team=shop', '--engine', engine],
      ...['--service', 'LogRateLimitBurst=5000', '--volume', 'kept:/kept'],
    );
  });
  afterAll(() => on.clear());

  test('exec hands streams and the exit status on', async () => {
    const read = ['exec', 'web', '--', 'sh', '-c', 'read line; echo "got $line"; exit 9'];
    const { code, stdout } = await on.gear(read, { input: 'a line\n' });
    expect({ code, stdout }).toEqual({ code: 9, stdout: 'got a line\n' });
    const json = await on.gear(['exec', 'web', '--json', '--', 'echo', 'aside']);
    expect(JSON.parse(json.stdout)).toEqual({ name: 'web', exitStatus: 0 });
    expect(json.stderr).toContain('aside');
    const asDocker = await on.gear(['exec', '--user', '1:1', 'web', 'sh', '-c', 'id -u; exit 7']);
    expect({ code: asDocker.code, stdout: asDocker.stdout }).toEqual({ code: 7, stdout: '1\n' });
  });

  test('cp copies in and out, byte for byte', async () => {
    await on.host.sh('head -c 100000 /dev/urandom >/tmp/in');
    await on.ok('cp', '/tmp/in', 'web:/tmp/there');
    await on.ok('cp', 'web:/tmp/there', '/tmp/out');
    await on.host.sh('cmp /tmp/in /tmp/out');
    expect(await on.fails(1, 'cp', 'web:/not/there', '/tmp/out')).toContain('/not/there');
  });

  test('cat shows the unit that systemd has, and where lines come from', async () => {
    const sources = JSON.parse((await on.ok('cat', 'web', '--json')).stdout) as UnitSource[];
    const [unit] = sources;
    const text = `${(unit?.lines ?? []).map((line) => line.text).join('\n')}\n`;
    expect(text).toBe(`${await on.host.sh('cat /etc/systemd/system/ctr-web.service')}\n`);
    const from = (start: string): string | null | undefined =>
      unit?.lines.find((line) => line.text.startsWith(start))?.from;
    expect(from('LogRateLimitBurst=')).toBe('--service');
    expect(from('  --label team=shop')).toBe('--label');
    expect(from('Restart=')).toBe('--restart');
    expect(from('ExecStartPre=')).toMatch(/^gate \w+\.sh$/);
    expect(from('KillMode=')).toMatch(new RegExp(`^container-${engine}\\.service\\.hbs:\\d+$`));
    expect(from('[Service]')).toBeNull();
  });

  test('a drop-in of an administrator is shown after the unit', async () => {
    const folder = '/etc/systemd/system/ctr-web.service.d';
    await on.host.sh(
      `mkdir -p ${folder}; printf '[Service]\\nNice=3\\n' >${folder}/nice.conf; systemctl daemon-reload`,
    );
    const { stdout } = await on.ok('cat', 'web');
    expect(stdout).toMatch(/# \S+nice\.conf\n\[Service\]\nNice=3 +← drop-in/);
    await on.host.sh(`rm -r ${folder}; systemctl daemon-reload`);
  });

  test('inspect has what was declared, what systemd loaded, and what the engine made', async () => {
    const [found] = JSON.parse((await on.ok('inspect', 'web')).stdout) as InspectReport[];
    expect(found?.declared).toMatchObject({ name: 'web', engine });
    expect(found?.units[0]).toMatchObject({ unit: 'ctr-web.service', activeState: 'active' });
    expect(found?.engine[0]).toMatchObject({ Config: { Labels: { team: 'shop', 'gear.name': 'web' } } });
  });

  test('env shows, sets and takes away', async () => {
    expect((await on.ok('env', 'show', 'web')).stdout).toBe('TOKEN=abc\n');
    await on.ok('env', 'set', 'web', 'MORE=1');
    await on.ok('env', 'unset', 'web', 'TOKEN');
    expect((await on.ok('env', 'show', 'web')).stdout).toBe('MORE=1\n');
    expect(await on.variable(engine, 'web', 'MORE')).toBe('1');
    const other = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '/opt/gear/bin/run.cjs'];
    const result = await on.host.exec([...other, 'env', 'show', 'web'], { check: false });
    expect(result).toMatchObject({ code: 5, stdout: '' });
  });

  test('a hold has a reason and an end, at which the container starts', async () => {
    await on.ok('hold', 'web', '--for', '10s', '--reason', 'disk is replaced');
    expect(await on.activeState('web')).toBe('inactive');
    expect((await on.ok('status', 'web')).stdout).toContain('until');
    expect((await on.status('web')).held).toMatchObject({ by: 'root', reason: 'disk is replaced' });
    await on.becomes('web', 'active');
    await on.host.waitFor(['sh', '-c', '! grep -q untilMs /etc/gear/current/manifest.json']);
  });

  test('a start ends a hold for good: its timer is gone', async () => {
    await on.ok('hold', 'web', '--for', '2h');
    expect(await on.property('gear-unhold-web.timer', 'ActiveState')).toBe('active');
    await on.ok('start', 'web');
    expect(await on.property('gear-unhold-web.timer', 'ActiveState')).toBe('inactive');
    expect((await on.status('web')).held).toBeNull();
  });

  test('exec in what does not run says so, and what to type', async () => {
    await on.ok('stop', 'web');
    expect(await on.fails(1, 'exec', 'web', '--', 'true')).toContain('gear start web');
    await on.ok('start', 'web');
  });

  test('down takes an app and not a container, and leaves volumes', async () => {
    expect(await on.fails(4, 'down', 'wbe')).toContain('did you mean web?');
    await on.ok('down', 'web');
    expect(await on.list()).toEqual([]);
    expect(await on.host.sh(`${engine} volume ls --quiet`)).toContain('kept');
    await on.host.sh(`${engine} volume rm kept`);
  });

  test('version tells what gear works with', async () => {
    expect((await on.ok('version')).stdout).toMatch(/^systemd +257$/m);
  });
});
