import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { webImage } from '../lab/images.ts';
import { loadImages } from '../lab/load-images.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';

let on: GearHost;

beforeAll(async () => {
  on = await gearHost('trixie');
  await loadImages(on.host, 'docker', [webImage('1')]);
  await loadImages(on.host, 'podman', [webImage('1')]);
  await on.ok('install', 'web:1', 'taken', '--publish', '8081:8080', '--engine', 'docker');
});
afterAll(() => on.clear());

/** Everything that gear could have touched. */
function traces(): Promise<string> {
  return on.host.sh(`
    find /etc/gear /etc/systemd/system -printf '%p %l %T@\\n' | sort
    docker ps -a --format '{{.ID}} {{.Names}} {{.State}}'; podman ps -a --format '{{.ID}} {{.Names}} {{.State}}'
    docker volume ls -q; podman volume ls -q`);
}

/** Types a command that must be refused; returns what it said. */
async function refused(status: number, ...args: readonly string[]): Promise<string> {
  const before = await traces();
  const said = await on.fails(status, ...args);
  expect(await traces()).toBe(before);
  expect(said, 'a next step').toContain('→ ');
  return said;
}

describe('a name that cannot be used is refused with what names are', () => {
  test.each([
    ['dots', '..ab'],
    ['300 characters', 'x'.repeat(300)],
    ['a specifier', '%i'],
    ['a newline', 'we\nb'],
    ['nothing', ''],
    ['upper case', 'Web'],
    ['an instance', 'we@b'],
    ["gear's own ending", 'web-ready'],
  ])('%s', async (_what, name) => {
    const said = await refused(4, 'install', 'web:1', name);
    expect(said).toMatch(/name/i);
    expect(said).not.toContain('x'.repeat(101));
  });
});

describe('a port is refused', () => {
  test('that another container of gear publishes, named with it', async () => {
    const said = await refused(4, 'install', 'web:1', 'web', '--publish', '8081:8080');
    expect(said).toContain('8081/tcp');
    expect(said).toContain('taken already publishes it');
  });

  test('that any process listens on, with how to find it', async () => {
    await on.host.sh('systemd-run --quiet --unit=squatter --service-type=exec busybox httpd -f -p 8082');
    await on.host.waitFor(['curl', '-s', '-o', '/dev/null', 'http://127.0.0.1:8082/']);
    const said = await refused(4, 'install', 'web:1', 'web', '--publish', '8082:8080');
    expect(said).toContain('8082/tcp');
    expect(said).toContain("ss -lntp 'sport = :8082'");
    await on.host.sh('systemctl stop squatter');
  });

  test.each(['70000:80', '80:x', '8083'])('that is none: %s', async (port) => {
    const said = await refused(4, 'install', 'web:1', 'web', '--publish', port);
    expect(said).toContain(`--publish ${port}`);
  });
});

describe('a mount is refused', () => {
  test('with a relative source', async () => {
    const said = await refused(4, 'install', 'web:1', 'web', '--volume', './data:/data');
    expect(said).toContain('./data');
  });

  test('with a source that is not there, which no engine may then make', async () => {
    const said = await refused(4, 'install', 'web:1', 'web', '--volume', '/srv/none:/data');
    expect(said).toContain('/srv/none');
    expect(said).toContain('mkdir -p /srv/none');
    expect(await on.host.sh('ls -d /srv/none || true')).toBe('');
  });
});

describe('an environment is refused', () => {
  test('from a file that is not there', async () => {
    const said = await refused(4, 'install', 'web:1', 'web', '--env-file', '/etc/none.env');
    expect(said).toContain('/etc/none.env');
  });

  test('from a folder', async () => {
    const said = await refused(4, 'install', 'web:1', 'web', '--env-file', '/etc');
    expect(said).toContain('/etc');
  });

  test('with a value that no environment can carry, which is not shown', async () => {
    await on.host.sh("printf 'KEY=hush\\001hush\\n' > /root/odd.env");
    const said = await refused(4, 'install', 'web:1', 'web', '--env-file', '/root/odd.env');
    expect(said).toContain('KEY');
    expect(said).not.toContain('hush');
  });

  test('without a name', async () => {
    await refused(4, 'install', 'web:1', 'web', '--env', '=value');
  });
});

describe('an image is refused', () => {
  test('when no registry can be reached', async () => {
    const said = await refused(5, 'install', 'nowhere.invalid/none:1', 'web');
    expect(said).toContain('nowhere.invalid');
  });

  test('when its name cannot be read', async () => {
    expect(await refused(4, 'install', 'Web:::1', 'web')).toContain('Web:::1');
  });

  test('when it is not here and must not be fetched', async () => {
    expect(await refused(4, 'install', 'none:1', 'web', '--pull', 'never')).toContain('none:1');
  });
});

test('a requirement that does not exist is refused by its name', async () => {
  expect(await refused(4, 'install', 'web:1', 'web', '--requires', 'database')).toContain('database');
});

test('a command for a container that is not there says what there is', async () => {
  for (const verb of ['start', 'stop', 'restart', 'rm', 'status', 'logs', 'rollback']) {
    expect(await refused(4, verb, 'takn')).toContain('taken');
  }
});

test('a command line that cannot be understood is wrong usage', async () => {
  for (const args of [['install'], ['install', 'web:1'], ['install', 'web:1', 'web', '--no-such-flag']]) {
    await on.fails(2, ...args);
  }
});

describe('what is not of gear is never replaced:', () => {
  test('a container of the same name in Docker', async () => {
    await on.ok('install', 'web:1', 'web', '--engine', 'docker');
    const name = await on.host.sh("docker ps --filter label=gear.name=web --format '{{.Names}}'");
    await on.ok('rm', 'web');
    await on.host.sh(`docker create --name ${name} web:1`);
    const said = await refused(4, 'install', 'web:1', 'web', '--engine', 'docker');
    expect(said).toContain(name);
    await on.host.sh(`docker rm ${name}`);
  });

  test('a container of the same name in Podman', async () => {
    await on.host.sh('podman create --name ctr-web web:1');
    const said = await refused(4, 'install', 'web:1', 'web', '--engine', 'podman');
    expect(said).toContain('ctr-web');
    await on.host.sh('podman rm ctr-web');
  });

  test.each(['/etc/systemd/system', '/usr/lib/systemd/system'])('a unit in %s', async (folder) => {
    const path = `${folder}/ctr-web.service`;
    await on.host.sh(`printf '[Service]\\nExecStart=sleep 1\\n' > ${path}; systemctl daemon-reload`);
    const said = await refused(4, 'install', 'web:1', 'web');
    expect(said).toContain(path);
    await on.host.sh(`rm ${path}; systemctl daemon-reload`);
  });

  test('a mask', async () => {
    await on.host.sh('systemctl mask ctr-web.service');
    const said = await refused(4, 'install', 'web:1', 'web');
    expect(said).toContain('systemctl unmask ctr-web.service');
    await on.host.sh('systemctl unmask ctr-web.service');
  });
});
