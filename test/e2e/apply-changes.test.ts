import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exitImage, sleepImage, volumeImage, webImage } from '../lab/images.ts';
import { loadImages } from '../lab/load-images.ts';
import { slowGates } from '../lab/slow-gates.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';

/** dockerd before 25 and after, and Podman: they differ in how a container refers to its networks. */
const places = [
  ['docker', 'trixie', 8111],
  ['podman', 'trixie', 8112],
  ['docker', 'bookworm', 8113],
] as const;

describe.each(places)('an app that changes, with %s of %s', (engine, suite, port) => {
  let on: GearHost;
  const app = `change-${engine}`;
  const file = `/root/${app}.yaml`;
  const full = (name: string): string => `${app}.${name}`;

  async function describeApp(containers: string, more = ''): Promise<void> {
    const text = `name: ${app}\nengine: ${engine}\ncontainers:\n${containers}${more}`;
    await on.host.exec(['sh', '-c', `cat >${file}`], { input: Buffer.from(text) });
  }

  /** Applies what ends at once, and waits for gear to see that, as fast as the host may be. */
  async function failsToStart(): Promise<void> {
    const slow = await slowGates(on.host);
    try {
      await on.fails(6, 'apply', file, '--yes');
    } finally {
      await slow.restore();
    }
  }

  beforeAll(async () => {
    on = await gearHost(suite);
    await loadImages(on.host, engine, [webImage('1'), sleepImage(), exitImage(3), volumeImage()]);
  });
  afterAll(() => on.clear());

  test('is installed stopped with --no-start, and starts when it is told to', async () => {
    await describeApp('  idle: {image: sleep:1}\n');
    const plan = await on.gear(['plan', file, '--no-start']);
    expect(plan.stdout).toContain(`+ ${full('idle')} is new: stays stopped`);
    await on.ok('apply', file, '--no-start', '--yes');
    expect(await on.activeState(full('idle'))).toBe('inactive');
    await on.ok('apply', file, '--yes');
    expect(await on.activeState(full('idle'))).toBe('inactive');
    await on.ok('start', app);
    await on.becomes(full('idle'), 'active');
    expect(await on.fails(4, 'apply', file, '--no-start', '--yes')).toContain(`gear stop ${full('idle')}`);
    await on.ok('rm', app);
  });

  test('keeps the data of an image’s volume under another name', async () => {
    await describeApp('  store: {image: data:1, stop_timeout: 1s}\n');
    await on.ok('apply', file, '--yes');
    await on.inside(engine, full('store'), 'sh', '-c', 'echo kept >/data/it');
    await describeApp('  vault: {image: data:1, stop_timeout: 1s}\n');
    const plan = await on.gear(['plan', file]);
    expect(plan.stdout).toContain(`${full('vault')} has a new name: renamed from ${full('store')}`);
    await on.ok('apply', file, '--yes', '--prune-volumes');
    expect(await on.inside(engine, full('vault'), 'cat', '/data/it')).toBe('kept');
    expect((await on.list()).map(({ name }) => name)).not.toContain(full('store'));
    await on.ok('plan', file);
    await on.ok('rm', full('vault'), '--volumes');
    expect(await on.host.sh(`${engine} volume ls --quiet`)).not.toContain(`ctr-${full('store')}`);
  });

  test('deletes volumes of what left it when it is asked to, and only then', async () => {
    const volumes = (): Promise<string> => on.host.sh(`${engine} volume ls --quiet`);
    const stays = '  stays: {image: sleep:1, stop_timeout: 1s, volumes: ["kept:/data"]}\n';
    await describeApp(`${stays}  goes: {image: data:1, stop_timeout: 1s, volumes: ["gone:/more"]}\n`);
    await on.ok('apply', file, '--yes');
    await describeApp(stays);
    await on.ok('apply', file, '--yes');
    expect(await volumes()).toContain(`${app}_gone`);
    await on.ok('apply', file, '--yes', '--prune-volumes');
    const left = (await volumes()).split('\n').filter((name) => name.includes(app));
    expect(left).toEqual([`${app}_kept`]);
    await on.ok('rm', app, '--volumes');
  });

  test('has its schedules back, running, when something else of it fails', async () => {
    const timer = `ctr-${full('backup')}.timer`;
    const calendar = (): Promise<string> => on.property(timer, 'TimersCalendar');
    const backup = (when: string): string =>
      `  backup: {image: sleep:1, entrypoint: [/bin/true], schedule: "${when}"}\n`;
    await describeApp(`${backup('*-*-* 03:00:00')}  web: {image: sleep:1, stop_timeout: 1s}\n`);
    await on.ok('apply', file, '--yes');
    await describeApp(`${backup('*-*-* 04:00:00')}  web: {image: exit:3}\n`);
    await failsToStart();
    expect(await calendar()).toContain('*-*-* 03:00:00');
    expect(await on.property(timer, 'ActiveState')).toBe('active');
    await on.becomes(full('web'), 'active');
    await on.ok('rm', app);
  });

  test('names the job that a container waits for in vain, and ends with what that said', async () => {
    const web = '  web: {image: sleep:1, after: [migrate], stop_timeout: 1s}\n';
    await describeApp(`  migrate: {image: exit:3, job: true, restart: "no"}\n${web}`);
    const stderr = await on.fails(6, 'apply', file, '--yes');
    const waits = `${full('web')} did not start: it waits for ${full('migrate')}, which did not succeed`;
    expect(stderr).toContain(waits);
    expect(stderr.trimEnd()).toMatch(/exiting with 3$/);
    expect((await on.list()).map(({ name }) => name)).not.toContain(full('web'));
  });

  describe('whose network is to be another one', () => {
    // Each place has addresses of its own: both engines of a host are on one network of it.
    const subnet = (part: number): string => `10.${String(port - 8000)}.${String(part)}.0/24`;
    const net = (part: number): string => `networks: {default: {subnet: ${subnet(part)}}}\n`;
    const containers = (web = 'web:1'): string => `
  web: {image: ${web}, ports: ["${String(port)}:8080"], stop_timeout: 1s}
  db: {image: sleep:1, stop_timeout: 1s}
  alone: {image: sleep:1, stop_timeout: 1s, network_mode: none}
`;
    const subnets = (): Promise<string> => on.host.sh(`${engine} network inspect ${app}_default`);

    test('has it made anew, and those on it meet there again', async () => {
      await describeApp(containers(), net(1));
      await on.ok('apply', file, '--yes');
      const alone = await on.payloadPid(engine, full('alone'));
      await on.inside(engine, full('db'), 'sh', '-c', 'echo kept >/tmp/it');
      await describeApp(containers(), net(2));
      const plan = await on.gear(['plan', file]);
      expect(plan.stdout).toContain(`is made anew: subnet: ${subnet(1)} → ${subnet(2)}`);
      expect(plan.stdout).toContain(`${full('db')} restarts: its network ${app}_default is made anew`);
      await on.ok('apply', file, '--yes');
      expect(await subnets()).toContain(subnet(2));
      await on.serves(port, 'web 1');
      expect(await on.inside(engine, full('db'), 'wget', '-qO-', 'http://web:8080/')).toContain('web 1');
      expect(await on.payloadPid(engine, full('alone'))).toBe(alone);
      // Docker's container is the same one as before.
      if (engine === 'docker') expect(await on.inside(engine, full('db'), 'cat', '/tmp/it')).toBe('kept');
      await on.ok('plan', file);
    });

    test('has it back as it was when a container does not start on the new one', async () => {
      await describeApp(containers('exit:3'), net(3));
      await failsToStart();
      expect(await subnets()).toContain(subnet(2));
      await on.serves(port, 'web 1');
      expect(await on.inside(engine, full('db'), 'wget', '-qO-', 'http://web:8080/')).toContain('web 1');
    });

    test('keeps it while a stranger’s container is on it, and runs on', async () => {
      await on.host.sh(`${engine} run --detach --name theirs --network ${app}_default sleep:1`);
      await describeApp(containers(), net(4));
      expect(await on.fails(4, 'apply', file, '--yes')).toContain('theirs');
      await on.serves(port, 'web 1');
      expect(await subnets()).toContain(subnet(2));
      await on.host.sh(`${engine} rm --force theirs`);
      await on.ok('apply', file, '--yes');
      expect(await subnets()).toContain(subnet(4));
      await on.serves(port, 'web 1');
    });
  });
});

describe('gear apply on a terminal', () => {
  let on: GearHost;
  const file = '/root/asked.yaml';

  /** What a person sees on a terminal, who types `answer` and return. */
  async function typed(answer: string): Promise<{ readonly code: number; readonly stdout: string }> {
    const command = `/opt/gear/bin/run.cjs apply ${file}`;
    return on.host.exec(['script', '--quiet', '--return', '--command', command, '/dev/null'], {
      input: `${answer}\n`,
      check: false,
    });
  }

  beforeAll(async () => {
    on = await gearHost('trixie');
    await loadImages(on.host, 'docker', [sleepImage()]);
    const text = 'name: asked\nengine: docker\ncontainers: {web: {image: sleep:1, stop_timeout: 1s}}\n';
    await on.host.exec(['sh', '-c', `cat >${file}`], { input: Buffer.from(text) });
  });
  afterAll(() => on.clear());

  test('shows the plan and asks, and does nothing without a yes', async () => {
    const before = await on.generation();
    for (const answer of ['n', '', 'what']) {
      const { stdout } = await typed(answer);
      expect(stdout).toContain('+ asked.web is new');
      expect(stdout).toMatch(/\[y\/N\]/);
    }
    expect(await on.generation()).toBe(before);
  });

  test('applies after a yes', async () => {
    expect((await typed('y')).code).toBe(0);
    expect(await on.activeState('asked.web')).toBe('active');
  });

  test('shows how the texts of units change with --diff, and never a value', async () => {
    const text =
      'name: asked\nengine: docker\ncontainers: {web: {image: sleep:1, memory: 64m, env: {PASS: hunter2}}}\n';
    await on.host.exec(['sh', '-c', `cat >${file}`], { input: Buffer.from(text) });
    const { stdout, code } = await on.gear(['plan', file, '--diff']);
    expect(code).toBe(10);
    expect(stdout).toMatch(/^\+.*--memory/m);
    expect(stdout).toMatch(/^--- .*ctr-asked\.web\.service/m);
    expect(stdout).not.toContain('hunter2');
  });
});
