import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { image, webImage } from '../lab/images.ts';
import { engines, loadImages } from '../lab/load-images.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';
import type { DoctorCheck, HistoryRow } from '../../src/report/values.ts';

describe.each(engines)('what is typed every day with %s', (engine) => {
  let on: GearHost;
  const own = ['--engine', engine];
  /** Of its own: the journal keeps what a container of the other engine wrote under the same name. */
  const talker = `talker-${engine}`;
  /** For what no engine has a part in. */
  const once = (title: string, run: () => Promise<void>): void => {
    if (engine === 'docker') test(title, run);
  };

  beforeAll(async () => {
    on = await gearHost('trixie');
    const talking = image({
      tag: 'talker:1',
      command: ['sh', '-c', 'echo first; echo second; sleep 2147483647'],
    });
    await loadImages(on.host, engine, [webImage('1'), talking]);
    await on.ok('install', 'talker:1', talker, 'SECRET=hunter2', 'KEPT=yes', ...own);
    await on.ok('install', 'web:1', 'web', '--publish', '8080:8080', ...own);
  });
  afterAll(() => on.clear());

  test('logs shows what a container wrote, and nothing of the engine', async () => {
    expect((await on.ok('logs', talker)).stdout).toBe('first\nsecond\n');
    expect((await on.ok('logs', talker, '--lines', '1')).stdout).toBe('second\n');
    expect((await on.ok('logs', talker, '--since', '2099-01-01')).stdout).toBe('');
    expect((await on.ok('logs', talker, '--since', '10m')).stdout).toBe('first\nsecond\n');
    const [line] = (await on.ok('logs', talker, '--json')).stdout.split('\n');
    expect(JSON.parse(line ?? '')).toMatchObject({ message: 'first', name: talker });
  });

  test('logs --follow goes on until Ctrl-C', async () => {
    const follower = await on.host.spawn([
      '/opt/gear/bin/run.cjs',
      'logs',
      talker,
      '--follow',
      '--lines',
      '0',
    ]);
    let seen = '';
    const heard = new Promise<void>((resolve) => {
      follower.child.stdout?.on('data', (chunk: Buffer) => {
        seen += chunk.toString();
        if (seen.includes('second')) resolve();
      });
    });
    await on.ok('restart', talker);
    await heard;
    await follower.signal('SIGINT');
    expect([0, 1]).toContain(await follower.exited);
    expect(seen).toContain('first\nsecond\n');
  });

  test('set changes only what is given', async () => {
    const { stdout } = await on.ok('set', talker, 'MORE=1', '--unset-env', 'SECRET', '--hostname', 'box');
    expect(stdout).toContain('env SECRET goes');
    expect(stdout).toContain('env MORE is new');
    const inside = await on.inside(engine, talker, 'sh', '-c', 'env; hostname');
    expect(inside.split('\n')).toEqual(expect.arrayContaining(['KEPT=yes', 'MORE=1', 'box']));
    expect(inside).not.toContain('hunter2');
    expect((await on.ok('logs', talker, '--lines', '2')).stdout).toBe('first\nsecond\n');
  });

  test('history tells who did what, and no value of the environment', async () => {
    const { stdout } = await on.ok('history', talker, '--json');
    const rows = JSON.parse(stdout) as HistoryRow[];
    expect(rows[0]).toMatchObject({ current: true, by: 'root', changes: [`~${talker}`] });
    expect(rows.map((row) => row.command)).toContain(`install talker:1 ${talker} SECRET=… KEPT=…`);
    expect(stdout).not.toContain('hunter2');
  });

  test('values of the environment are in no unit, manifest or message', async () => {
    await on.ok('set', talker, 'TOKEN=swordfish');
    expect(await on.host.sh('grep -rl swordfish /etc/systemd /etc/gear/generations || true')).toBe('');
    expect(await on.host.sh('find /etc/gear/files -type f ! -perm 0600')).toBe('');
    expect(await on.inside(engine, talker, 'env')).toContain('TOKEN=swordfish');
  });

  once('ls, status and history work for who is not root', async () => {
    for (const command of ['ls', 'status', 'history']) {
      const result = await on.host.exec(
        ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '/opt/gear/bin/run.cjs', command],
        { check: false },
      );
      expect(result, result.stderr).toMatchObject({ code: 0 });
      expect(result.stdout).toContain('web');
    }
  });

  test('a container that somebody disabled is told, and mended by naming it', async () => {
    await on.host.sh('systemctl disable ctr-web.service');
    const told = await on.status('web');
    expect(told.problems.map((problem) => problem.message).join()).toContain('disabled by hand');
    await on.ok('install', 'talker:1', 'other', ...own);
    expect((await on.status('web')).problems).not.toEqual([]);
    await on.ok('start', 'web');
    expect(await on.status('web')).toMatchObject({ problems: [], enabled: true });
    await on.serves(8080, 'web 1');
  });

  test('a container that somebody stopped by systemctl is told, and held over another command', async () => {
    await on.host.sh('systemctl stop ctr-web.service');
    expect((await on.status('web')).problems.map((problem) => problem.message).join()).toContain('stopped');
    await on.ok('install', 'web:1', 'web', '--publish', '8080:8080');
    expect(await on.activeState('web')).toBe('inactive');
    await on.ok('start', 'web');
    await on.serves(8080, 'web 1');
  });

  once('doctor finds the host fit', async () => {
    const checks = JSON.parse((await on.ok('doctor', '--json')).stdout) as DoctorCheck[];
    expect(checks.filter((check) => check.state === 'failed')).toEqual([]);
    expect(checks.map((check) => check.name)).toEqual(
      expect.arrayContaining(['systemd', 'docker', 'podman']),
    );
  });

  once('an older gear refuses the state of a newer one, and changes nothing', async () => {
    const manifest = '/etc/gear/current/manifest.json';
    const text = await on.host.sh(`cat ${manifest}`);
    await on.host.sh(`sed -i 's/"schema": 1/"schema": 99/' ${manifest}`);
    const words = await on.fails(5, 'install', 'web:1', 'another');
    expect(words).toContain('schema 99');
    await on.host.exec(['tee', manifest], { input: `${text}\n` });
    await on.ok('ls');
  });
});
