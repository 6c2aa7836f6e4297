import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exitImage, sleepImage, volumeImage, webImage } from '../lab/images.ts';
import { engines, loadImages } from '../lab/load-images.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';

/** What an older tool of this kind, geard, got wrong: a test for each such defect, under its name. */
describe.each(engines)('with %s', (engine) => {
  let on: GearHost;
  const install = (...rest: string[]) => ['install', ...rest, '--engine', engine];

  beforeAll(async () => {
    on = await gearHost('trixie');
    await loadImages(on.host, engine, [webImage('1'), sleepImage(), volumeImage(), exitImage(3, 1)]);
    await on.ok(...install('web:1', 'web', '--publish', '8080:8080'));
  });
  afterAll(() => on.clear());

  test('geard (1.3): an identifier leads out of its folder', async () => {
    for (const name of ['..ab', 'a/../b', '../web']) await on.fails(4, ...install('sleep:1', name));
  });

  test('geard (1.3): a name with dots is accepted, and then never found', async () => {
    expect(await on.fails(4, ...install('sleep:1', 'my.service.1'))).toContain('my.service.1');
    await on.ok(...install('sleep:1', 'my-service-1'));
    for (const name of ['my-service-1', 'ctr-my-service-1', 'ctr-my-service-1.service'])
      expect(await on.status(name), name).toMatchObject({ name: 'my-service-1', active: 'active' });
    await on.ok('rm', 'my-service-1');
  });

  test('geard (1.3): a name with an underscore is asked for under another path', async () => {
    await on.ok(...install('sleep:1', 'a_b'));
    expect(await on.status('a_b')).toMatchObject({ active: 'active', problems: [] });
    await on.ok('rm', 'a_b');
  });

  test('geard (3.4): quoting of the command is lost', async () => {
    const words = ['two words', '"quoted"', "it's", '$HOME', '%n', 'back\\slash', '', ';', '*'];
    const script = 'printf "<%s>" "$@" >/said; sleep 2147483647';
    await on.ok(...install('sleep:1', 'argv'), '--', 'sh', '-c', script, 'said', ...words);
    const said = `${engine} exec $(${engine} ps -q --filter label=gear.name=argv) test -s /said`;
    await on.host.waitFor(['sh', '-c', said]);
    expect(await on.inside(engine, 'argv', 'cat', '/said')).toBe(words.map((word) => `<${word}>`).join(''));
    await on.ok('rm', 'argv');
  });

  test('geard (3.4): a shorter file keeps the end of the longer one', async () => {
    await on.ok(...install('sleep:1', 'shrinks', `LONG=${'x'.repeat(5_000)}`, 'LAST=old'));
    await on.ok(...install('sleep:1', 'shrinks', 'LONG=short'));
    expect(await on.variable(engine, 'shrinks', 'LONG')).toBe('short');
    expect(await on.variable(engine, 'shrinks', 'LAST')).toBe('');
    await on.ok('rm', 'shrinks');
  });

  test('geard (3.4): several ports run together into one', async () => {
    const ports = ['8092:8080', '127.0.0.1:8093:8080', '8094:8080'];
    await on.ok(...install('web:1', 'ports'), ...ports.flatMap((port) => ['--publish', port]));
    for (const port of [8092, 8093, 8094]) await on.serves(port, 'web 1');
    await on.ok('rm', 'ports');
  });

  test('geard (3.5): a failed install leaves files behind', async () => {
    const everything = () => on.host.sh('find /etc/gear /etc/systemd/system -printf "%p %T@\\n" | sort');
    const before = await everything();
    await on.fails(4, ...install('absent:1', 'new', '--pull', 'never'));
    await on.fails(4, ...install('sleep:1', 'new', '--publish', '8080:1'));
    await on.fails(4, ...install('sleep:1', 'new', '--volume', '/does/not/exist:/x'));
    await on.fails(4, ...install('sleep:1', 'new', '--env-file', '/does/not/exist'));
    expect(await everything()).toBe(before);
    expect(await on.traces(engine)).not.toContain('new');
  });

  test('geard (3.5): an install goes on although another one has the lock', async () => {
    const [one, two] = await Promise.all([
      on.gear(install('sleep:1', 'twin', 'BY=one')),
      on.gear(install('sleep:1', 'twin', 'BY=two')),
    ]);
    expect([one.code, two.code], one.stderr + two.stderr).toEqual([0, 0]);
    expect(await on.status('twin')).toMatchObject({ active: 'active', problems: [] });
    const containers = await on.host.sh(`${engine} ps --all --quiet --filter label=gear.name=twin | wc -l`);
    expect(containers).toBe('1');
    await on.ok('rm', 'twin');
  });

  test('geard (3.6): delete wipes sibling directories', async () => {
    for (const name of ['ab-one', 'ab-two', 'ab']) {
      await on.ok(...install('data:1', name, `NAME=${name}`));
      await on.inside(engine, name, 'sh', '-c', 'echo mine >/data/file');
    }
    const pid = await on.payloadPid(engine, 'ab-two');
    await on.ok('rm', 'ab', 'ab-one', '--volumes');
    expect(await on.payloadPid(engine, 'ab-two')).toBe(pid);
    await on.ok('restart', 'ab-two');
    expect(await on.inside(engine, 'ab-two', 'cat', '/data/file')).toBe('mine');
    expect(await on.variable(engine, 'ab-two', 'NAME')).toBe('ab-two');
    await on.ok('rm', 'ab-two', '--volumes');
  });

  test('geard (3.6): stop keeps the boot link of a failed unit', async () => {
    await on.ok(...install('exit:3', 'broken', '--restart', 'no'));
    await on.becomes('broken', 'failed');
    await on.ok('stop', 'broken');
    expect(await on.host.sh("find /etc/systemd/system/*.wants -name 'ctr-broken*'")).toBe('');
    expect((await on.status('broken')).held).not.toBeNull();
    await on.ok('rm', 'broken');
  });

  test('geard (3.6): start of an unknown name leaves a dangling boot link', async () => {
    const before = await on.traces(engine);
    for (const command of ['start', 'stop', 'restart', 'status', 'rm']) {
      expect(await on.fails(4, command, 'nobody'), command).toContain('nobody');
    }
    expect(await on.traces(engine)).toBe(before);
  });

  test('geard (3.7): a conflict steals the port', async () => {
    for (const attempt of ['first', 'second']) {
      const message = await on.fails(4, ...install('web:1', 'thief', '--publish', '8080:8080'));
      expect(message, attempt).toContain('host port 8080/tcp is taken');
    }
    await on.serves(8080, 'web 1');
  });

  test('geard (3.7): several ports, one in conflict, reported as success', async () => {
    for (const ports of [
      ['8080:1', '8090:2'],
      ['8090:1', '8080:2'],
      ['8090:1', '8080:2', '8091:3'],
    ]) {
      await on.fails(4, ...install('sleep:1', 'several'), ...ports.flatMap((port) => ['--publish', port]));
    }
    expect((await on.list()).map((row) => row.name)).not.toContain('several');
  });

  test('geard (3.7): an update loses the port, and another container gets it', async () => {
    await on.ok('set', 'web', '--stop-timeout', '5s');
    await on.ok('stop', 'web');
    await on.fails(4, ...install('web:1', 'thief', '--publish', '8080:8080'));
    await on.ok('start', 'web');
    await on.serves(8080, 'web 1');
  });

  test('geard (3.7): a port that another process has is handed out', async () => {
    await on.host.sh('systemd-run --quiet --unit=squatter --service-type=exec busybox nc -l -p 8099');
    await on.host.waitFor(['sh', '-c', "ss -Hltn 'sport = :8099' | grep -q LISTEN"]);
    try {
      const message = await on.fails(4, ...install('sleep:1', 'late', '--publish', '8099:1'));
      expect(message).toContain('another process listens on it');
    } finally {
      await on.host.sh('systemctl stop squatter.service');
    }
  });

  test('geard (3.10): cleaning touches foreign containers', async () => {
    await on.host.sh(`
      ${engine} create --name stranger sleep:1
      ${engine} create --name ctr-web-stranger --label app=web sleep:1
      ${engine} run --name dead sleep:1 false || true`);
    await on.ok(...install('sleep:1', 'short'));
    await on.ok('set', 'web', '--stop-timeout', '4s');
    await on.ok('rm', 'short', '--volumes');
    const names = await on.host.sh(`${engine} ps --all --format '{{.Names}}'`);
    expect(names.split('\n')).toEqual(expect.arrayContaining(['stranger', 'ctr-web-stranger', 'dead']));
    await on.host.sh(`${engine} rm stranger ctr-web-stranger dead`);
  });

  test("geard (3.10): gear clean leaves a stranger's container, tag and volume, and ends where one is gone", async () => {
    await on.ok(...install('sleep:1', 'gone'));
    await on.ok('stop', 'gone');
    await on.host.sh(`
      ${engine} create --name stranger --volume stranger:/data sleep:1
      ${engine} tag sleep:1 stranger:1
      ${engine} volume create dangling
      ids=$(${engine} ps -aq --filter label=gear.name=gone); test -z "$ids" || ${engine} rm $ids`);
    await on.ok('clean', '--keep', '1', '--yes');
    await on.host.sh(`
      ${engine} container inspect stranger
      ${engine} image inspect stranger:1 sleep:1
      ${engine} volume inspect stranger dangling
      ${engine} rm stranger
      ${engine} rmi stranger:1
      ${engine} volume rm stranger dangling`);
    await on.ok('rm', 'gone');
    await on.ok('clean', '--keep', '1', '--yes');
    expect(await on.traces(engine)).not.toContain('gone');
  });

  test('geard (3.10): cleaning breaks off where a container is already gone', async () => {
    await on.ok(...install('sleep:1', 'gone'));
    await on.ok('stop', 'gone');
    await on.host.sh(
      `ids=$(${engine} ps -aq --filter label=gear.name=gone); test -z "$ids" || ${engine} rm $ids`,
    );
    await on.ok('rm', 'gone');
    expect(await on.traces(engine)).not.toContain('gone');
    expect(await on.property('ctr-gone.service', 'LoadState')).toBe('not-found');
  });
});
