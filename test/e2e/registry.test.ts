import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { webImage } from '../lab/images.ts';
import { engines, loadImages } from '../lab/load-images.ts';
import { type Registry, startRegistry } from '../lab/registry.ts';
import type { CleanReport } from '../../src/report/values.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';

let on: GearHost;
let registry: Registry;
let image: string;
const config = '/root/.docker/config.json';

beforeAll(async () => {
  on = await gearHost('trixie');
  registry = await startRegistry(on.host, { secure: true, port: 5443 });
  // Of its own: what other tests load by hand under another name would keep it.
  image = await registry.push(webImage('2', { labels: { from: 'registry' } }));
  for (const engine of engines) await loadImages(on.host, engine, [webImage('1')]);
});
afterAll(async () => {
  await on.clear();
  await on.host.sh(`rm -f ${config}; systemctl stop registry-5443`);
});

/** What an update that fails may not change. */
function traces(): Promise<string> {
  return on.host.sh(`
    find /etc/gear /etc/systemd/system -printf '%p %l %T@\\n' | sort
    systemctl show --property=MainPID,InvocationID ctr-web.service`);
}

async function pullFails(status: number, wanted: string): Promise<string> {
  const before = await traces();
  const said = await on.fails(status, 'install', wanted, 'web', '--publish', '8087:8080');
  expect(await traces()).toBe(before);
  await on.serves(8087, 'web 1');
  return said;
}

describe.each(engines)('an image of a registry with %s', (engine) => {
  const authority =
    engine === 'docker'
      ? '/etc/docker/certs.d/trixie:5443/ca.crt'
      : '/etc/containers/certs.d/trixie:5443/ca.crt';

  beforeAll(async () => {
    await on.host.sh(`rm -f ${config}`);
    await on.ok('install', 'web:1', 'web', '--publish', '8087:8080', '--engine', engine);
  });
  afterAll(() => on.clear());

  test('without credentials is refused with how to log in; what runs is not touched', async () => {
    const said = await pullFails(5, image);
    expect(said).toContain(`${engine} login ${registry.address}`);
  });

  test('behind a certificate of an unknown authority is told as such', async () => {
    await on.host.sh(`mv ${authority} ${authority}.away`);
    const said = await pullFails(5, image);
    expect(said).toContain('certificate');
    expect(said).toContain(authority);
    await on.host.sh(`mv ${authority}.away ${authority}`);
  });

  test("is pulled with the credentials of Docker's configuration; the password is nowhere else", async () => {
    const { user = '', password = '' } = registry.credentials ?? {};
    const auth = Buffer.from(`${user}:${password}`).toString('base64');
    const text = JSON.stringify({ auths: { [registry.address]: { auth } } });
    await on.host.exec(['sh', '-c', `umask 077; mkdir -p /root/.docker; cat > ${config}`], { input: text });
    const result = await on.ok('install', image, 'web', '--publish', '8087:8080');
    expect(result.stderr).toContain(`pulling ${image}\n`);
    expect(result.stderr).toMatch(/^pulled trixie:5443\/web:2 in \d/m);
    expect(result.stdout).not.toContain('pull');
    await on.serves(8087, 'web 2');
    expect((await on.status('web')).digest).toMatch(/^trixie:5443\/web@sha256:/);
    expect(result.stdout + result.stderr).not.toContain(password);
    const found = await on.host.sh(
      `grep -rlE '${password}|${auth}' /etc/gear /var/lib/gear /etc/systemd/system || true`,
    );
    expect(found).toBe('');
  });

  test('is outdated once the registry has another under its name, until it is pulled', async () => {
    const name = engine === 'docker' ? image : `${registry.address}/several:1`;
    // Podman can ask for indexes alone.
    const publish = async (): Promise<string> =>
      engine === 'docker'
        ? ''
        : on.host.sh(`podman manifest create several && podman manifest add several docker://${image} &&
            podman manifest push --all several docker://${name}; podman manifest rm several`);
    await publish();
    await on.ok('install', name, 'asked', '--engine', engine);
    expect((await on.ok('outdated', 'asked')).stdout).toMatch(/asked +\S+ +current/);
    await registry.push(webImage('2', { labels: { again: engine } }));
    await publish();
    const found = await on.gear(['outdated', 'asked', '--json']);
    expect(found.code).toBe(10);
    expect(JSON.parse(found.stdout)).toMatchObject({
      rows: [{ name: 'asked', age: 'outdated' }],
      failures: [],
    });
    const said = await on.gear(['outdated', 'asked']);
    expect(said).toMatchObject({ code: 10, stderr: '' });
    expect(said.stdout).toContain('gear set asked --pull always');
    await on.ok('set', 'asked', '--pull', 'always');
    expect((await on.ok('outdated', 'asked')).stdout).toMatch(/asked +\S+ +current/);
    await on.ok('rm', 'asked', '--volumes');
  });

  test('is pulled with the login of the host where the user has none; what the registry refuses is not stored', async () => {
    const { user = '', password = '' } = registry.credentials ?? {};
    const away = `${config}.away`;
    await on.host.sh(`mv ${config} ${away}`);
    const login = ['registry', 'login', registry.address, '--username', user];
    const wrong = await on.gear(login, { input: 'wrong\n' });
    expect(wrong).toMatchObject({ code: 5 });
    expect(wrong.stderr).toContain(`${registry.address} does not accept this user`);
    expect((await on.ok('registry', 'ls', '--json')).stdout.trim()).toBe('[]');
    await on.fails(5, 'pull', image, '--engine', engine);

    const done = await on.gear(login, { input: `${password}\n` });
    expect(done).toMatchObject({ code: 0, stdout: `${registry.address} logged in as lab\n` });
    expect(
      await on.host.sh('stat -c "%a %U" /etc/gear/registries.json; ls -d /run/gear-login* 2>&1 || true'),
    ).toMatch(/^600 root\n.*No such file/);
    await on.ok('pull', image, '--engine', engine);
    expect((await on.ok('registry', 'ls')).stdout).toMatch(/trixie:5443 +lab +password/);
    expect((await on.ok('registry', 'logout', registry.address)).stdout).toContain('logged out');
    await on.fails(5, 'pull', image, '--engine', engine);
    await on.host.sh(`mv ${away} ${config}`);
  });

  test('is pulled with what the login of the engine itself stored at its usual place', async () => {
    const { user = '', password = '' } = registry.credentials ?? {};
    await on.host.sh(`mv ${config} ${config}.away`);
    await on.fails(5, 'pull', image, '--engine', engine);
    await on.host.exec([engine, 'login', '--username', user, '--password-stdin', registry.address], {
      input: password,
    });
    const usual = engine === 'docker' ? config : '/run/containers/0/auth.json';
    expect(await on.host.sh(`stat -c %a ${usual}`)).toBe('600');
    const terminal = await on.host.exec([
      ...['script', '-qec', `/opt/gear/bin/run.cjs pull ${image} --engine ${engine} >/dev/null`, '/dev/null'],
    ]);
    expect(terminal.stdout).toContain(image);
    const { stdout, stderr } = await on.ok('pull', image, '--engine', engine, '--json');
    expect({ stderr, value: JSON.parse(stdout) as unknown }).toMatchObject({
      stderr: '',
      value: [{ image }],
    });
    await on.host.exec([engine, 'logout', registry.address]);
    await on.fails(5, 'pull', image, '--engine', engine);
    await on.host.sh(`mv ${config}.away ${config}`);
  });

  test('that the registry does not have is unknown', async () => {
    const before = await traces();
    const said = await on.fails(4, 'install', `${registry.address}/none:1`, 'web', '--publish', '8087:8080');
    expect(said).toContain('none:1');
    expect(await traces()).toBe(before);
  });

  test('with a wrong password is refused, naming the file it came from', async () => {
    const auth = Buffer.from('lab:wrong').toString('base64');
    await on.host.sh(`echo '{"auths":{"${registry.address}":{"auth":"${auth}"}}}' > ${config}`);
    const said = await on.fails(5, 'install', image, 'web', '--publish', '8087:8080', '--pull', 'always');
    expect(said).toContain(`${engine} login ${registry.address}`);
    await on.serves(8087, 'web 2');
    const asked = await on.gear(['outdated']);
    expect(asked.code).toBe(5);
    expect(asked.stdout).toMatch(/web +\S+ +not known/);
    expect(asked.stderr).toContain(`could not ask the registry for ${image}`);
  });

  test('that gear fetched goes by clean once nothing needs it; what was loaded by hand stays', async () => {
    const has = (name: string): Promise<string> =>
      on.host.sh(`${engine} image inspect ${name} >/dev/null 2>&1 && echo yes || echo no`);
    // By its ID: the name is another image's by now.
    const { imageId } = await on.status('web');
    await on.ok('clean', '--keep', '1', '--yes');
    expect(await has(imageId)).toBe('yes');
    await on.ok('rm', 'web', '--volumes');
    const { removals } = JSON.parse(
      (await on.ok('clean', '--keep', '1', '--yes', '--json')).stdout,
    ) as CleanReport;
    expect(removals.map(({ kind }) => kind)).toContain('image.remove');
    expect(await has(imageId)).toBe('no');
    expect(await has('web:1')).toBe('yes');
  });
});
