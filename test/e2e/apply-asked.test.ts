import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sleepImage, slowImage, webImage } from '../lab/images.ts';
import { engines, loadImages } from '../lab/load-images.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';

describe.each(engines)('gear apply as it is typed, with %s', (engine) => {
  let on: GearHost;
  const app = `asked-${engine}`;
  const folder = `/root/${app}`;
  const file = `${folder}/${app}.yaml`;
  const full = (name: string): string => `${app}.${name}`;
  /** For what no engine has a part in. */
  const once = (title: string, run: () => Promise<void>): void => {
    if (engine === 'docker') test(title, run);
  };

  async function write(path: string, text: string): Promise<void> {
    await on.host.exec(['sh', '-c', `mkdir -p ${folder} && cat >${path}`], { input: Buffer.from(text) });
  }

  function describeApp(containers: string): Promise<void> {
    return write(file, `name: ${app}\nengine: ${engine}\ncontainers:\n${containers}`);
  }

  const web = (version: string): string =>
    `  web: {image: sleep:1, env: {VERSION: "${version}"}, stop_timeout: 1s}\n`;

  beforeAll(async () => {
    on = await gearHost('trixie');
    await loadImages(on.host, engine, [sleepImage(), webImage('1'), slowImage(4)]);
    await describeApp(web('1'));
    await on.ok('apply', file, '--yes');
  });
  afterAll(async () => {
    await on.clear();
    await on.host.sh(`${engine} image rm moving:1 >/dev/null 2>&1 || true`);
  });

  if (engine === 'docker')
    describe('a plan file', () => {
      const plan = `${folder}/change.plan`;

      async function expectRefused(why: string): Promise<void> {
        const pid = await on.payloadPid(engine, full('web'));
        const before = await on.generation();
        expect(await on.fails(1, 'apply', plan, '--yes')).toContain(why);
        expect(await on.generation()).toBe(before);
        expect(await on.payloadPid(engine, full('web'))).toBe(pid);
      }

      async function planned(containers: string): Promise<void> {
        await describeApp(containers);
        expect((await on.gear(['plan', file, '--out', plan])).code).toBe(10);
      }

      test('is refused when the descriptor was edited after it', async () => {
        await planned(web('2'));
        await describeApp(web('3'));
        await expectRefused(`what is described of ${full('web')} is not what was planned`);
      });

      test('is refused when the tag of an image was moved after it', async () => {
        await on.host.sh(`${engine} tag sleep:1 moving:1`);
        await planned(`${web('1')}  more: {image: moving:1}\n`);
        await on.host.sh(`${engine} tag web:1 moving:1`);
        await expectRefused('the image moving:1 is another one than was planned with');
      });

      test('is refused when the container was stopped by hand after it', async () => {
        await planned(web('2'));
        await on.host.sh(`systemctl stop ctr-${full('web')}.service`);
        const before = await on.generation();
        const stderr = await on.fails(1, 'apply', plan, '--yes');
        expect(stderr).toContain('what runs on the host is not what was planned from');
        expect(await on.generation()).toBe(before);
        await on.ok('start', full('web'));
      });
    });

  once('of two files applies the good one, and tells the mistake of the other', async () => {
    const good = `good-${engine}`;
    await write(
      `${folder}/good.yaml`,
      `name: ${good}\nengine: ${engine}\ncontainers: {web: {image: sleep:1}}\n`,
    );
    await describeApp('  web: {imgae: sleep:1}\n');
    const pid = await on.payloadPid(engine, full('web'));
    const stderr = await on.fails(4, 'apply', `${folder}/good.yaml`, file, '--yes');
    expect(stderr).toContain(`${file}:4:`);
    expect(await on.activeState(`${good}.web`)).toBe('active');
    expect(await on.payloadPid(engine, full('web'))).toBe(pid);
    await on.ok('rm', good);
  });

  once('reads overlays and the .env beside them', async () => {
    await write(`${folder}/.env`, 'LEVEL=from-env-file\n');
    await write(
      file,
      `name: ${app}\nengine: ${engine}\ncontainers:\n  web: {image: sleep:1, env: {VERSION: "\${LEVEL}"}}\n`,
    );
    await write(`${folder}/prod.yaml`, 'containers: {web: {env: {STAGE: production}}}\n');
    await on.ok('apply', '-f', file, '-f', `${folder}/prod.yaml`, '--yes');
    expect(await on.variable(engine, full('web'), 'VERSION')).toBe('from-env-file');
    expect(await on.variable(engine, full('web'), 'STAGE')).toBe('production');
  });

  once('does not touch a unit that is not its own', async () => {
    const unit = `/etc/systemd/system/ctr-${app}.theirs.service`;
    await on.host.sh(`printf '[Service]\\nExecStart=/bin/sleep infinity\\n' >${unit}`);
    const before = await on.host.sh(`cat ${unit}`);
    await describeApp('  theirs: {image: sleep:1}\n');
    expect(await on.fails(4, 'apply', file, '--yes')).toContain(unit);
    expect(await on.host.sh(`cat ${unit}`)).toBe(before);
    expect((await on.list()).map(({ name }) => name)).not.toContain(full('theirs'));
    await on.host.sh(`rm ${unit}; systemctl daemon-reload`);
  });

  // Waiting is systemd's: once is enough.
  once('waits until all is ready, or not with --no-wait, or no longer than --timeout', async () => {
    const slow = (value: string): string =>
      `  slow: {image: "slow:4", env: {V: "${value}"}, stop_timeout: 1s}\n`;
    const ready = (): Promise<string> => on.property(`ctr-${full('slow')}-ready.service`, 'ActiveState');
    await describeApp(slow('1'));
    await on.ok('apply', file, '--yes', '--no-wait');
    expect(await ready()).not.toBe('active');
    await describeApp(slow('2'));
    await on.ok('apply', file, '--yes', '--wait');
    expect(await ready()).toBe('active');
    await describeApp(slow('3'));
    expect(await on.fails(6, 'apply', file, '--yes', '--timeout', '1s')).toContain(full('slow'));
    expect(await on.variable(engine, full('slow'), 'V')).toBe('2');
  });

  test('tells a container of changed files with a signal, and gives copies ports of a range', async () => {
    const conf = (text: string): string => `
  conf:
    image: sleep:1
    entrypoint: [/bin/sh, -c]
    command: ["trap 'cp /etc/conf /tmp/conf' HUP; trap 'exit 0' TERM; while :; do sleep 1 & wait; done"]
    files: [{content: "${text}", target: /etc/conf}]
    reload: {signal: HUP}
  many: {image: "web:1", count: 2, ports: ["${engine === 'docker' ? '8121-8122' : '8123-8124'}:8080"]}
`;
    const port = engine === 'docker' ? 8121 : 8123;
    await describeApp(conf('one'));
    await on.ok('apply', file, '--yes');
    await on.serves(port, 'web 1');
    await on.serves(port + 1, 'web 1');
    const pid = await on.payloadPid(engine, full('conf'));
    await describeApp(conf('two'));
    expect((await on.ok('apply', file, '--yes')).stdout).toContain('reloaded');
    const id = await on.host.sh(`${engine} ps --quiet --filter label=gear.name=${full('conf')}`);
    await on.host.waitFor([engine, 'exec', id, 'grep', '-q', 'two', '/tmp/conf']);
    expect(await on.payloadPid(engine, full('conf'))).toBe(pid);
  });

  test('finds nothing to do with what export printed; diff, graph and render say the same', async () => {
    await write(`${folder}/exported.yaml`, (await on.ok('export', app, '--show-env')).stdout);
    const plan = await on.gear(['plan', `${folder}/exported.yaml`]);
    expect(plan.code, plan.stdout + plan.stderr).toBe(0);
    await on.ok('diff', app, `${folder}/exported.yaml`);
    expect((await on.ok('graph', file, '--format', 'dot')).stdout).toContain('many');
    await on.ok('render', file, '--out', `${folder}/units`);
    const [rendered, present] = await Promise.all([
      on.host.sh(`ls ${folder}/units`),
      on.host.sh(`cd /etc/systemd/system && ls -d ctr-${app}.*`),
    ]);
    expect(rendered).toBe(present);
  });

  test('runs init steps before each start, one after the other, and starts nothing where one fails', async () => {
    const seeded = (last: string): string => `
  seeded:
    image: sleep:1
    env: {WORD: word}
    volumes: ["seed:/data"]
    stop_timeout: 1s
    init:
      - {command: [sh, -c, 'echo "one $$WORD" >>/data/log']}
      - {image: "web:1", command: [sh, -c, '${last}']}
`;
    const log = (): Promise<string> => on.inside(engine, full('seeded'), 'cat', '/data/log');
    await describeApp(seeded('cat /www/index.html >>/data/log'));
    await on.ok('apply', file, '--yes');
    const steps = 'one word\n<h1>web 1</h1>';
    expect(await log()).toBe(steps);
    await on.ok('restart', full('seeded'));
    expect(await log()).toBe(`${steps}\n${steps}`);
    await describeApp(seeded('echo out of order >&2; exit 3'));
    expect(await on.fails(6, 'apply', file, '--yes')).toContain('out of order');
    // What ran is started again, with its own steps.
    await on.becomes(full('seeded'), 'active');
    expect(await log()).toMatch(/<h1>web 1<\/h1>$/);
    expect(await on.host.sh(`${engine} ps --all --format '{{.Names}}' | grep init || true`)).toBe('');
    await on.ok('rm', full('seeded'), '--volumes');
  });
});
