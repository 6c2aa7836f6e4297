import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sleepImage, stubbornImage, volumeImage, webImage } from '../lab/images.ts';
import { engines, loadImages } from '../lab/load-images.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';

describe.each(engines)('what runs to its end with %s', (engine) => {
  let on: GearHost;

  beforeAll(async () => {
    on = await gearHost('trixie');
    await loadImages(on.host, engine, [sleepImage(), webImage('1'), volumeImage(), stubbornImage()]);
  });
  afterAll(() => on.clear());

  const program = (script: string): readonly string[] => ['--', 'sh', '-c', script];

  test('a job that succeeds is there afterwards, and says so', async () => {
    await on.ok('install', 'sleep:1', 'migrate', '--job', '--engine', engine, ...program('echo migrated'));
    const [row] = await on.list();
    expect(row).toMatchObject({ name: 'migrate', job: { result: 'succeeded' } });
    expect((await on.ok('logs', 'migrate')).stdout).toContain('migrated');
    await on.ok('rm', 'migrate');
  });

  test('the exit status of a job is that of the command', async () => {
    const failing = ['install', 'sleep:1', 'migrate', '--job', '--engine', engine];
    expect(await on.fails(42, ...failing, ...program('echo no table >&2; exit 42'))).toContain('no table');
    expect(await on.list()).toEqual([]);
  });

  test('one on a schedule is started by its timer, and ls tells when', async () => {
    await on.ok('install', 'sleep:1', 'nightly', '--schedule', '0 3 29 2 *', '--engine', engine);
    const [row] = await on.list();
    expect(row?.schedule?.nextMs).toBeGreaterThan(Date.now());
    expect(await on.property('ctr-nightly.timer', 'ActiveState')).toBe('active');
    expect((await on.ok('ls')).stdout).toMatch(/nightly .*next in/);
    await on.host.sh('systemctl start --no-block ctr-nightly.service');
    const runs = `test -n "$(${engine} ps --quiet --filter label=gear.name=nightly)"`;
    await on.host.waitFor(['sh', '-c', runs]);
    await on.host.sh('systemctl stop ctr-nightly.service');
    const { stdout } = await on.ok('ls');
    expect(stdout).toMatch(/nightly .*last run stopped \d+s ago, next in/);
    expect(await on.host.sh(`${engine} ps --quiet --filter label=gear.name=nightly`)).toBe('');
    // Of the engine's words about the stop, such as an ID, none is the container's.
    expect((await on.ok('logs', 'nightly')).stdout).toBe('');
    await on.ok('rm', 'nightly');
  });

  test('a host port that is left to gear serves, and stays over an update', async () => {
    await on.ok('install', 'web:1', 'web', '--publish', '0:8080', '--engine', engine);
    const port = (await on.list())[0]?.ports[0]?.hostPort ?? 0;
    await on.serves(port, 'web 1');
    await on.ok('install', 'web:1', 'web', 'A=1', '--publish', '0:8080', '--engine', engine);
    await on.serves(port, 'web 1');
    await on.ok('rm', 'web');
  });

  test('a secret of the host is a file of the container, or a variable', async () => {
    await on.gear(['secret', 'set', 'token'], { input: 'swordfish' });
    const install = ['install', 'sleep:1', 'reader', '--engine', engine];
    await on.ok(...install, '--secret', 'token,target=t', '--secret', 'token,type=env,target=TOKEN');
    expect(await on.inside(engine, 'reader', 'cat', '/run/secrets/t')).toBe('swordfish');
    expect(await on.variable(engine, 'reader', 'TOKEN')).toBe('swordfish');
    await on.ok('set', 'reader', 'MORE=1');
    expect(await on.inside(engine, 'reader', 'cat', '/run/secrets/t')).toBe('swordfish');
    await on.ok('rm', 'reader');
    await on.ok('secret', 'rm', 'token');
  });

  test('a directive that this systemd would ignore is refused, and nothing is left', async () => {
    const said = await on.fails(
      ...([4, 'install', 'sleep:1', 'bad', '--engine', engine] as const),
      ...['--service', 'LogRateLimitBurst=many'],
    );
    expect(said).toContain('LogRateLimitBurst=many');
    expect(said).toContain('systemd would ignore');
    expect(await on.list()).toEqual([]);
    expect(await on.host.sh('ls /run/gear | grep verify || true')).toBe('');
  });

  test('run hands streams and the exit status on, and leaves nothing', async () => {
    const script = 'echo $GREETING; cat; echo bad >&2; exit 7';
    const { code, stdout, stderr } = await on.gear(
      [
        ...['run', 'sleep:1', 'GREETING=hello', '--engine', engine, '--entrypoint', 'sh'],
        ...['--', '-c', script],
      ],
      { input: 'from stdin\n' },
    );
    expect({ code, stdout, stderr }).toEqual({ code: 7, stdout: 'hello\nfrom stdin\n', stderr: 'bad\n' });
    expect(await on.host.sh(`${engine} ps --all --quiet --filter label=gear.run`)).toBe('');
    expect(await on.host.sh("systemctl list-units --all --plain --no-legend 'ctr-run-*'")).toBe('');
    expect(await on.list()).toEqual([]);
  });

  const isThere = `test -n "$(${engine} ps --all --quiet --filter label=gear.run)"`;
  const isStarted = `systemctl is-active --quiet 'ctr-run-*.service'`;
  test.each([
    ['once its container is made', isThere, 'data:1'],
    ['once its unit is started', isStarted, 'data:1'],
    ['when its program does not heed SIGTERM', isStarted, 'stubborn:1'],
  ])('a run that is interrupted %s ends, and leaves nothing', async (_when, condition, image) => {
    const volumes = await on.host.sh(`${engine} volume ls --quiet`);
    const options = ['--engine', engine, '--stop-timeout', '1s'];
    const running = await on.host.spawn(['/opt/gear/bin/run.cjs', 'run', image, ...options]);
    await on.host.waitFor(['sh', '-c', condition]);
    const began = performance.now();
    await running.signal('SIGINT');
    expect(await running.exited).not.toBe(0);
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(await on.host.sh(`${engine} ps --all --quiet --filter label=gear.run`)).toBe('');
    expect(await on.host.sh("systemctl list-units --all --plain --no-legend 'ctr-run-*'")).toBe('');
    expect(await on.host.sh(`${engine} volume ls --quiet`)).toBe(volumes);
  });
  test('a run whose output nobody reads any more ends, and leaves nothing', async () => {
    const line = `/opt/gear/bin/run.cjs run sleep:1 --engine ${engine} -- yes | head -n 1`;
    expect(await on.host.sh(`timeout 20 sh -c '${line}' 2>/dev/null`)).toBe('y');
    expect(await on.host.sh(`${engine} ps --all --quiet --filter label=gear.run`)).toBe('');
  });

  test('the value of a variable of a run is nowhere on the host', async () => {
    const running = await on.host.spawn([
      ...['/opt/gear/bin/run.cjs', 'run', 'sleep:1', '--engine', engine, '--env', 'TOKEN=hovercraft'],
      ...['--', 'sleep', '2147483647'],
    ]);
    const listed = "systemctl list-units --plain --no-legend 'ctr-run-*.service' | grep -q running";
    await on.host.waitFor(['sh', '-c', listed]);
    const folders = '/etc/gear /run/gear /run/systemd/transient';
    expect(await on.host.sh(`grep -rl hovercraft ${folders} || true`)).toBe('');
    await running.signal('SIGINT');
    await running.exited;
    const gone = `test -z "$(${engine} ps --all --quiet --filter label=gear.run)"`;
    await on.host.waitFor(['sh', '-c', gone]);
  });
});
