import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { sleepImage, webImage } from '../lab/images.ts';
import { engines, loadImages } from '../lab/load-images.ts';
import { startComposeProject } from './support/compose-project.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';

const file = '/root/ways.yaml';
let on: GearHost;

const write = (path: string, input: string): Promise<unknown> =>
  on.host.exec(['sh', '-c', `mkdir -p $(dirname ${path}) && cat >${path}`], { input });
const inspect = (engine: string, field: string): Promise<string> =>
  on.host.sh(`${engine} container inspect --format '{{${field}}}' my-front`);

describe.each(engines)('container_name with the oldest %s that gear takes', (engine) => {
  beforeAll(async () => {
    on = await gearHost('bookworm');
    await loadImages(on.host, engine, [webImage('1'), webImage('2')]);
  });
  afterEach(() => on.clear());

  const descriptor = (version: string, conf: string): string => `name: ways
engine: ${engine}
containers:
  web:
    image: web:${version}
    container_name: my-front
    ports: ["8474:8080"]
    files: [{content: "${conf}", target: /etc/web.conf}]
    reload: {exec: [cp, /etc/web.conf, /tmp/read]}
    health: {cmd: [wget, -qO-, "http://my-front:8080/"], interval: 1s}
`;
  const apply = () => on.ok('apply', file, '--yes');
  async function bears(version: string): Promise<void> {
    await on.serves(8474, `web ${version}`);
    expect(await inspect(engine, '.State.Running')).toBe('true');
    expect(await on.host.sh(`${engine} ps --all --quiet --filter label=gear.name=ways.web | wc -l`)).toBe(
      '1',
    );
    expect(await on.status('ways.web')).toMatchObject({ problems: [] });
  }

  test('holds over checks, reloads, updates, the way back and a boot, and after an eject', async () => {
    await write(file, descriptor('1', 'one'));
    await apply();
    await bears('1');
    const pid = await inspect(engine, '.State.Pid');
    await write(file, descriptor('1', 'two'));
    await apply();
    expect(await inspect(engine, '.State.Pid')).toBe(pid);
    expect(await on.host.sh(`${engine} exec my-front cat /tmp/read`)).toBe('two');
    await write(file, descriptor('2', 'two'));
    await apply();
    await bears('2');
    await on.ok('rollback', 'ways');
    await bears('1');
    await on.host.reboot();
    await bears('1');
    await on.ok('eject', 'ways.web');
    await on.host.sh('systemctl restart ctr-ways.web.service');
    await on.serves(8474, 'web 1');
    expect(await inspect(engine, '.State.Running')).toBe('true');
    await on.host.sh(`
      systemctl disable --quiet --now ctr-ways.web-ready.service ctr-ways.web.service
      rm -rf /etc/systemd/system/ctr-ways.* /etc/ctr; systemctl daemon-reload
      ${engine} rm --force my-front >/dev/null 2>&1 || true
      ${engine} network rm ways_default >/dev/null 2>&1 || true`);
  });
});

describe('container_name with what runs already', () => {
  beforeAll(async () => {
    on = await gearHost('trixie');
    for (const engine of engines) await loadImages(on.host, engine, [webImage('1'), sleepImage()]);
  });
  afterEach(async () => {
    await on.clear();
    for (const engine of engines)
      await on.host.sh(`
        ${engine} rm --force my-front my-side my-side-before-gear >/dev/null 2>&1 || true
        ${engine} network rm kept_default >/dev/null 2>&1 || true`);
    await on.host.sh(
      'rm -rf /root/kept /etc/gear/adopted-networks/* /etc/containers/systemd/* /etc/gear/quadlet',
    );
    await on.host.sh('systemctl daemon-reload');
  });

  test.each(engines)('of a project of %s: what does not run stands aside', async (engine) => {
    const folder = '/root/kept';
    await write(
      `${folder}/compose.yaml`,
      `services:
  web: {image: "web:1", container_name: my-front, restart: always, ports: ["8475:8080"]}
  side: {image: "sleep:1", container_name: my-side, restart: always}
`,
    );
    const services = [
      {
        name: 'web',
        container: 'my-front',
        image: 'web:1',
        options: ['--restart', 'always', '-p', '8475:8080'],
      },
      { name: 'side', container: 'my-side', image: 'sleep:1' },
    ];
    await startComposeProject(on.host, engine, 'kept', { folder, volumes: [], services });
    await on.host.sh(`${engine} stop --time 1 my-side`);
    const [pid, side] = [
      await inspect(engine, '.State.Pid'),
      await on.host.sh(`${engine} inspect --format '{{.Id}}' my-side`),
    ];
    expect((await on.ok('adopt', '--compose', `${folder}/compose.yaml`, '--yes')).stderr).toContain(
      'is called my-side-before-gear from then on',
    );
    await on.serves(8475, 'web 1');
    for (const name of ['my-front', 'my-side'])
      expect(await on.host.sh(`${engine} inspect --format '{{.State.Running}}' ${name}`)).toBe('true');
    expect(await on.host.sh(`${engine} inspect --format '{{.Id}}' my-side-before-gear`)).toBe(side);
    if (engine === 'podman') return;
    expect(await inspect(engine, '.State.Pid')).toBe(pid);
    // It is given back as it was: the same process under the same name.
    await on.ok('release', 'kept.web');
    expect(await inspect(engine, '.State.Pid')).toBe(pid);
    expect(await inspect(engine, '.HostConfig.RestartPolicy.Name')).toBe('always');
    expect(await on.host.sh('docker ps --all --quiet --filter name=ctr-kept.web | wc -l')).toBe('0');
  });

  test('of Quadlet is the name that ContainerName= says, before and after', async () => {
    const folder = '/etc/containers/systemd';
    await write(
      `${folder}/front.container`,
      '[Container]\nImage=docker.io/library/web:1\nContainerName=my-front\nPublishPort=8476:8080\nPull=never\n',
    );
    await on.host.sh('systemctl daemon-reload; systemctl start front.service');
    await on.serves(8476, 'web 1');
    await on.ok('adopt', '--quadlet', folder, '--name', 'house', '--yes');
    await on.serves(8476, 'web 1');
    expect(await inspect('podman', '.State.Running')).toBe('true');
    expect(await inspect('podman', 'index .Config.Labels "gear.name"')).toBe('house.front');
    await on.host.sh('systemctl restart ctr-house.front.service');
    await on.serves(8476, 'web 1');
    expect(await inspect('podman', '.State.Running')).toBe('true');
  });
});

afterAll(() => on.clear());
