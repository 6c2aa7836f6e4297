import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { exitImage, sleepImage, webImage } from '../lab/images.ts';
import { engines, loadImages } from '../lab/load-images.ts';
import { startComposeProject } from './support/compose-project.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';

const port = { docker: 8470, podman: 8471 } as const;
/** More effects than the change has. */
const enough = 40;

describe.each(engines)('container_name with %s', (engine) => {
  let on: GearHost;
  const app = `front-${engine}`;
  const folder = `/root/${app}`;
  const file = `${folder}/compose.yaml`;
  const web = `${app}.web`;

  beforeAll(async () => {
    on = await gearHost('trixie');
    await loadImages(on.host, engine, [webImage('1'), webImage('2'), sleepImage(), exitImage(3)]);
  });
  afterEach(async () => {
    await on.clear();
    await on.host.sh(`
      ${engine} rm --force my-front my-other stranger ${app}-side-1 >/dev/null 2>&1 || true
      ${engine} network rm ${app}_default >/dev/null 2>&1 || true
      rm -rf ${folder} /etc/gear/adopted-networks/*`);
  });
  afterAll(() => on.clear());

  const write = async (text: string): Promise<void> => {
    await on.host.exec(['sh', '-c', `mkdir -p ${folder} && cat >${file}`], { input: text });
  };
  const compose = (image: string, name = 'my-front', more = ''): string => `name: ${app}
services:
  web:
    image: ${image}
    container_name: ${name}
    restart: always
    ports: ["${String(port[engine])}:8080"]
${more}`;
  const apply = (...args: readonly string[]) => on.ok('apply', file, '--engine', engine, '--yes', ...args);
  const inspect = (name: string, field: string): Promise<string> =>
    on.host.sh(`${engine} container inspect --format '{{${field}}}' ${name}`);
  const idOf = (name: string): Promise<string> => inspect(name, '.Id');
  const everyName = async (): Promise<readonly string[]> =>
    (await on.host.sh(`${engine} ps --all --format '{{.Names}}' | sort`))
      .split('\n')
      .filter((name) => name !== '');

  /** The running container of the name serves this version, and no other of the app is there. */
  async function bears(name: string, version: string): Promise<void> {
    await on.serves(port[engine], `web ${version}`);
    expect(await inspect(name, '.State.Running')).toBe('true');
    expect(await inspect(name, '.Name')).toMatch(new RegExp(`^/?${name}$`));
    expect(await inspect(name, 'index .Config.Labels "gear.name"')).toBe(web);
    expect(await on.host.sh(`${engine} ps --all --quiet --filter label=gear.name=${web} | wc -l`)).toBe('1');
    expect((await on.status(web)).problems).toEqual([]);
  }

  test('is what the engine calls it, over updates, crashes and the way back', async () => {
    await write(compose('web:1', 'my-front', '  side: {image: "sleep:1"}\n'));
    await apply();
    await bears('my-front', '1');
    const first = await idOf('my-front');
    expect(await on.inside(engine, `${app}.side`, 'wget', '-qO-', 'http://my-front:8080/')).toContain(
      'web 1',
    );
    expect((await on.ok('exec', 'my-front', '--', 'echo', 'inside')).stdout).toBe('inside\n');
    await on.ok('logs', 'my-front');
    expect(await on.gear(['plan', file, '--engine', engine])).toMatchObject({ code: 0 });

    await write(compose('web:2', 'my-front', '  side: {image: "sleep:1"}\n'));
    await apply();
    await bears('my-front', '2');
    expect(await idOf('my-front')).not.toBe(first);
    expect(await on.gear(['plan', file, '--engine', engine])).toMatchObject({ code: 0 });

    const pid = await inspect('my-front', '.State.Pid');
    await on.host.sh(`kill -9 ${pid}`);
    await on.restarted(engine, web, pid);
    await bears('my-front', '2');

    await on.ok('rollback', app);
    await bears('my-front', '1');
    // A start that knows nothing of the last one, as after a boot.
    await on.host.sh(`rm -f /run/gear/ctr-${app}* /run/gear/${app}*; systemctl restart ctr-${web}.service`);
    await bears('my-front', '1');
    await on.ok('stop', web);
    await on.ok('start', web);
    await bears('my-front', '1');
    await on.ok('rm', app);
    expect((await everyName()).filter((name) => /my-front|front-/.test(name))).toEqual([]);
  });

  test('that alone changes is told, and the container restarts under the other name', async () => {
    await write(compose('web:1'));
    await apply();
    await write(compose('web:1', 'my-other'));
    const { code, stdout } = await on.gear(['plan', file, '--engine', engine]);
    expect(code).toBe(10);
    expect(stdout).toContain('container name: my-front → my-other');
    expect(stdout).toContain(`${engine} calls it my-other from now on; restarts for that`);
    await apply();
    await bears('my-other', '1');
    expect(await everyName()).not.toContain('my-front');
    await write(compose('web:1').replace(/^.*container_name.*\n/m, ''));
    await apply();
    expect((await everyName()).filter((name) => /my-|front-/.test(name))).toEqual([
      expect.stringMatching(new RegExp(`^ctr-${web}`)),
    ]);
    await write(compose('web:1'));
    await apply();
    await bears('my-front', '1');
  });

  test("that is somebody else's is refused before anything changes, with the next command", async () => {
    await on.host.sh(`${engine} run --detach --name my-front sleep:1`);
    const stranger = await idOf('my-front');
    await write(compose('web:1'));
    const before = await everyName();
    for (const command of ['plan', 'apply'])
      expect(
        await on.fails(4, command, file, '--engine', engine, ...(command === 'apply' ? ['--yes'] : [])),
      ).toContain(`choose another name, or remove it: ${engine} rm -f my-front`);
    await on.host.sh(`${engine} rm --force my-front`);
    const label = `--label com.docker.compose.project=${app} --label com.docker.compose.service=web`;
    await on.host.sh(`${engine} run --detach --name my-front ${label} sleep:1`);
    expect(await on.fails(4, 'apply', file, '--engine', engine, '--yes')).toContain(
      'gear adopt --compose FILE',
    );
    expect(await everyName()).toEqual(before);
    expect(await idOf('my-front')).not.toBe(stranger);
    expect(await inspect('my-front', '.State.Running')).toBe('true');
    expect(await on.list()).toEqual([]);
  });

  test("that somebody else's container took meanwhile is left to it by the gate, which tells", async () => {
    await write(compose('web:1'));
    await apply();
    await on.host.sh(`systemctl stop ctr-${web}.service; ${engine} rm my-front 2>/dev/null || true`);
    await on.host.sh(`${engine} create --name my-front sleep:1`);
    const stranger = await idOf('my-front');
    await on.host.sh(`systemctl start ctr-${web}.service 2>/dev/null || true`);
    const { stdout } = await on.ok('logs', web, '--lines', '20');
    expect(stdout).toContain("a container called my-front exists and is not gear's; rename or remove it");
    expect(await idOf('my-front')).toBe(stranger);
    await on.host.sh(`systemctl stop ctr-${web}.service; ${engine} rm my-front`);
    await on.ok('start', web);
    await bears('my-front', '1');
  });

  test("that is the beginning of a stranger's ID takes nothing from it", async () => {
    await on.host.sh(`${engine} run --detach --name stranger sleep:1`);
    const name = (await idOf('stranger')).slice(0, 4);
    await write(compose('web:1', `"${name}"`));
    await apply();
    await bears(name, '1');
    await on.host.sh(`systemctl restart ctr-${web}.service`);
    await bears(name, '1');
    expect(await inspect('stranger', '.State.Running')).toBe('true');
  });

  test('stays with the old form when the new one does not run', async () => {
    await write(compose('web:1'));
    await apply();
    await write(compose('exit:3'));
    expect((await on.gear(['apply', file, '--engine', engine, '--yes'])).code).toBe(6);
    await bears('my-front', '1');
    await write(compose('web:2'));
    await apply();
    await bears('my-front', '2');
  });

  test('goes from one container to another, and is swapped between two, in one command', async () => {
    await write(compose('web:1', 'my-front', '  side: {image: "sleep:1", container_name: my-other}\n'));
    await apply();
    await write(compose('web:1', 'my-other', '  side: {image: "sleep:1", container_name: my-front}\n'));
    await apply();
    await bears('my-other', '1');
    expect(await inspect('my-front', 'index .Config.Labels "gear.name"')).toBe(`${app}.side`);
    await write(compose('web:1', 'my-other', '  late: {image: "sleep:1", container_name: my-front}\n'));
    await apply();
    await bears('my-other', '1');
    expect(await inspect('my-front', 'index .Config.Labels "gear.name"')).toBe(`${app}.late`);
    expect(await inspect('my-front', '.State.Running')).toBe('true');
    expect((await everyName()).filter((name) => name.startsWith(`ctr-${app}`))).toEqual([]);
  });

  test('is shared with its network, and a new form is joined by whoever shares it', async () => {
    const side = '  side: {image: "sleep:1", network_mode: "container:my-front"}\n';
    await write(compose('web:1', 'my-front', side));
    await apply();
    await write(compose('web:2', 'my-front', side));
    await apply();
    await bears('my-front', '2');
    expect(await on.inside(engine, `${app}.side`, 'wget', '-qO-', 'http://127.0.0.1:8080/')).toContain(
      'web 2',
    );
    await on.host.sh(`systemctl restart ctr-${web}.service`);
    await on.becomes(`${app}.side`, 'active');
    expect(await on.inside(engine, `${app}.side`, 'wget', '-qO-', 'http://127.0.0.1:8080/')).toContain(
      'web 2',
    );
  });

  test('survives SIGKILL of gear between any two effects of an update, and the next command finishes', async () => {
    await write(compose('web:1'));
    await apply();
    let [from, to] = ['1', '2'];
    let ended = false;
    for (let effects = 1; !ended; effects += 1) {
      expect(effects).toBeLessThan(enough);
      await write(compose(`web:${to}`));
      const env = { GEAR_STOP_AFTER_EFFECT: String(effects) };
      const { code } = await on.gear(['apply', file, '--engine', engine, '--yes'], { env });
      ended = code === 0;
      expect(await inspect('my-front', '.State.Running'), `after effect ${String(effects)}`).toBe('true');
      await apply();
      await bears('my-front', to);
      [from, to] = [to, from];
    }
  });

  test('that a project of Compose gave is kept by its adoption', async () => {
    await write(compose('web:1', 'my-front', '  side: {image: "sleep:1"}\n'));
    const services = [
      {
        ...{ name: 'web', container: 'my-front', image: 'web:1' },
        options: ['--restart', 'always', '-p', `${String(port[engine])}:8080`],
      },
      { name: 'side', image: 'sleep:1' },
    ];
    await startComposeProject(on.host, engine, app, { folder, volumes: [], services });
    await on.serves(port[engine], 'web 1');
    const pid = await inspect('my-front', '.State.Pid');
    await on.ok('adopt', '--compose', file, '--yes');
    await on.serves(port[engine], 'web 1');
    expect(await inspect('my-front', '.State.Running')).toBe('true');
    if (engine === 'docker') expect(await inspect('my-front', '.State.Pid')).toBe(pid);
    expect(await on.status(web)).toMatchObject({ problems: [], enabled: true });
    expect(await on.gear(['plan', file, '--engine', engine])).toMatchObject({ code: 0 });
    await on.host.sh(`systemctl restart ctr-${web}.service`);
    await on.serves(port[engine], 'web 1');
    await write(compose('web:2', 'my-front', '  side: {image: "sleep:1"}\n'));
    await apply();
    await bears('my-front', '2');
  });
});

describe('container_name with docker, when a start was cut off', () => {
  let on: GearHost;
  beforeAll(async () => {
    on = await gearHost('bookworm');
    await loadImages(on.host, 'docker', [webImage('1'), webImage('2')]);
  });
  afterAll(() => on.clear());

  test('comes back from every state that its gate may leave', async () => {
    const write = (version: string) =>
      on.host.exec(['sh', '-c', 'cat >/root/cut.yaml'], {
        input: `name: cut\nengine: docker\ncontainers:\n  web: {image: "web:${version}", container_name: my-front, ports: ["8472:8080"]}\n`,
      });
    await write('1');
    await on.ok('apply', '/root/cut.yaml', '--yes');
    const form = async () =>
      `ctr-cut.web.${await on.host.sh('docker inspect --format \'{{index .Config.Labels "gear.hash"}}\' my-front')}`;
    const runs = async () => {
      await on.serves(8472, 'web 1');
      expect(await on.host.sh("docker inspect --format '{{.State.Running}}' my-front")).toBe('true');
      expect(await on.host.sh('docker ps --all --quiet --filter label=gear.name=cut.web | wc -l')).toBe('1');
    };
    const name = await form();
    for (const left of [
      // The name was given back, and not yet taken.
      `systemctl stop ctr-cut.web.service; docker rename my-front ${name}`,
      `systemctl stop ctr-cut.web.service; docker rename my-front ${name}; rm -f /run/gear/${name}`,
      // It was pruned.
      'systemctl stop ctr-cut.web.service; docker rm my-front',
      `systemctl stop ctr-cut.web.service; docker rm my-front; rm -f /run/gear/${name}`,
      // What systemd knows is from before a boot.
      `systemctl stop ctr-cut.web.service; rm -f /run/gear/${name}`,
    ]) {
      await on.host.sh(`${left}; systemctl start ctr-cut.web.service`);
      await runs();
    }
    await on.host.reboot();
    await runs();
  });
});
