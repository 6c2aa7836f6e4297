import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { slowImage, webImage } from '../lab/images.ts';
import { engines, loadImages } from '../lab/load-images.ts';
import type { HostOutcome } from '../../src/flows/on-hosts.ts';
import type { ListRow } from '../../src/report/values.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';
import { typed } from './support/typed.ts';

/** Where gear is typed, and the host that has nothing of it. */
let on: GearHost;
let far: GearHost;
const address = (host: GearHost) => host.host.address;

beforeAll(async () => {
  [on, far] = await Promise.all([gearHost('trixie'), gearHost('bookworm')]);
  for (const { host } of [on, far]) {
    for (const engine of engines)
      await loadImages(host, engine, [webImage('1'), webImage('2'), slowImage(1)]);
  }
});
afterAll(async () => {
  await on.clear();
  await far.clear();
});

async function write(path: string, text: string): Promise<void> {
  await on.host.exec(['sh', '-c', `mkdir -p "$(dirname ${path})" && cat >${path}`], { input: text });
}

test('one command installs on several hosts, of different systemd and engines, and marks each line with its host', async () => {
  const line = ['install', 'web:1', 'bookworm/shop', 'root@trixie/shop', '--publish', '8070:8080'];
  const { stdout } = await on.ok(...line, "VALUE=it's $HOME");
  expect(stdout).toBe('bookworm: shop installed\nroot@trixie: shop installed\n');
  await on.ok('install', 'web:2', 'bookworm/pod', '--engine', 'podman', '--publish', '8071:8080');
  for (const host of [on, far]) await host.serves(8070, 'web 1');
  await far.serves(8071, 'web 2');
  expect(await far.variable('docker', 'shop', 'VALUE')).toBe("it's $HOME");
  expect(await far.traces('docker')).toContain('ctr-shop.service');
  expect(
    await far.host.sh('find / -xdev -name "*gear*" -newer /etc/machine-id -path "*lib*" | head'),
  ).not.toMatch(/node|gear\.cjs/);

  const again = await on.ok(...line, "VALUE=it's $HOME");
  expect(again.stdout).toBe('bookworm: shop unchanged\nroot@trixie: shop unchanged\n');
});

test('ls, status and logs of several hosts tell the host of everything; a dead one is listed, with exit status 3', async () => {
  const hosts = ['--host', 'bookworm', '--host', '198.18.77.250', '--host', 'local'];
  const list = await on.gear(['ls', ...hosts]);
  expect(list.code).toBe(3);
  expect(list.stdout).toMatch(/^HOST +NAME/);
  expect(list.stdout).toMatch(/^bookworm +pod .*podman/m);
  expect(list.stdout).toMatch(/^local +shop .*docker/m);
  expect(list.stderr).toMatch(/198\.18\.77\.250 (refuses|does not answer|cannot be reached)/);

  const json = await on.gear(['ls', ...hosts, '--json']);
  expect(json.code).toBe(3);
  const outcomes = JSON.parse(json.stdout) as HostOutcome<readonly ListRow[]>[];
  expect(outcomes.map(({ host, ok }) => [host, ok])).toEqual([
    ['bookworm', true],
    ['198.18.77.250', false],
    ['local', true],
  ]);

  const status = await on.ok('status', 'bookworm/shop', 'bookworm/pod');
  expect(status.stdout.split('\n').filter((line) => line !== '')).toSatisfy((lines: readonly string[]) =>
    lines.every((line) => line.startsWith('bookworm: ')),
  );
  await on.host.sh(
    'docker exec $(docker ps -q --filter label=gear.name=shop) sh -c "echo from trixie >/proc/1/fd/1"',
  );
  await far.host.sh(
    'docker exec $(docker ps -q --filter label=gear.name=shop) sh -c "echo from bookworm >/proc/1/fd/1"',
  );
  const both = ['logs', 'bookworm/shop', 'root@trixie/shop'];
  await on.host.waitFor([
    'sh',
    '-c',
    `/opt/gear/bin/run.cjs ${both.join(' ')} | grep -A9 trixie | grep bookworm`,
  ]);
  const lines = (await on.ok(...both)).stdout.split('\n').filter((line) => line.includes(' from '));
  expect(lines).toEqual(['root@trixie: shop | from trixie', 'bookworm: shop | from bookworm']);

  const file = '/run/followed';
  const following = await on.host.spawn([
    'sh',
    '-c',
    `exec /opt/gear/bin/run.cjs ${both.join(' ')} --follow >${file}`,
  ]);
  await on.host.waitFor(['grep', 'from bookworm', file]);
  for (const [{ host }, text] of [
    [far, 'then bookworm'],
    [on, 'then trixie'],
  ] as const)
    await host.sh(
      `docker exec $(docker ps -q --filter label=gear.name=shop) sh -c "echo ${text} >/proc/1/fd/1"`,
    );
  await on.host.waitFor(['grep', 'then trixie', file]);
  await following.signal('SIGINT');
  await following.exited;
  expect((await on.host.sh(`grep then ${file}; rm ${file}`)).split('\n')).toEqual([
    'bookworm: shop | then bookworm',
    'root@trixie: shop | then trixie',
  ]);
});

test.each(['shop', 'pod'])(
  'cp goes into %s of another host and out of it, as the engine itself copies',
  async (name) => {
    await on.host.sh(
      'rm -rf /tmp/tree /tmp/out /tmp/back; mkdir -p /tmp/tree/sub; head -c 300000 /dev/urandom >/tmp/tree/sub/data',
    );
    await on.ok('cp', '/tmp/tree', `bookworm/${name}:/tmp`);
    await on.ok('cp', `bookworm/${name}:/tmp/tree/sub/data`, '/tmp/out');
    await on.host.sh('cmp /tmp/tree/sub/data /tmp/out');
    await on.ok('cp', `bookworm/${name}:/tmp/tree`, '/tmp/back');
    await on.host.sh('diff -r /tmp/tree /tmp/back; rm -r /tmp/back/sub');
    await on.ok('cp', `${name}:/tmp/tree/.`, '/tmp/back', '--host', 'bookworm');
    await on.host.sh('diff -r /tmp/tree /tmp/back');
    await on.ok('cp', '/tmp/tree/sub/.', `bookworm/${name}:/tmp/flat`);
    const engine = name === 'pod' ? 'podman' : 'docker';
    expect(await far.inside(engine, name, 'ls', '/tmp/flat')).toBe('data');
    expect(await on.fails(1, 'cp', `bookworm/${name}:/not/there`, '/tmp/out')).toContain('/not/there');
    expect(await on.fails(5, 'cp', '/tmp/nothing', `bookworm/${name}:/tmp`)).toContain('/tmp/nothing');
    for (const { host } of [on, far]) expect(await host.sh('ls /var/tmp | grep gear-cp || true')).toBe('');
  },
);

test('a container of another host is adopted and given back, with the same process', async () => {
  await far.host.sh('docker run --detach --name old web:1');
  const pid = () => far.host.sh("docker inspect --format '{{.State.Pid}}' old");
  const before = await pid();
  expect(await on.fails(2, 'adopt', 'bookworm/old', '--name', 'kept')).toContain('--host bookworm --yes');
  await on.ok('adopt', 'bookworm/old', '--name', 'kept', '--yes');
  expect(await far.payloadPidOf('kept')).toBe(before);
  await on.ok('release', 'bookworm/kept');
  expect(await pid()).toBe(before);
  await far.host.sh('docker rm --force --volumes old');
});

test('apply brings each app to the host of its descriptor, and plan shows what it would do there', async () => {
  await write(
    '/root/apps/remote.yaml',
    'name: remote\nhosts: [bookworm]\ncontainers:\n  web: {image: "web:1", files: [{content: one, target: /etc/a}]}\n  slow: {image: "slow:1", after: [web]}\n',
  );
  await write('/root/apps/near.yaml', 'name: near\ncontainers: {web: {image: "web:1"}}\n');
  const plan = await on.gear(['plan', '/root/apps', '--out', '/root/both.plan']);
  expect(plan.code).toBe(10);
  expect(plan.stdout).toContain('bookworm:   + remote.web is new');
  expect(plan.stdout).toContain('local:   + near.web is new');
  await on.ok('apply', '/root/both.plan', '--yes');
  const moved = await on.fails(1, 'apply', '/root/both.plan', '--yes');
  expect(moved).toContain('bookworm: the plan is from generation');
  expect((await far.list()).map(({ name }) => name)).toEqual(['pod', 'remote.slow', 'remote.web', 'shop']);
  expect((await on.list()).map(({ name }) => name)).toEqual(['near.web', 'shop']);
  expect(await far.inside('docker', 'remote.web', 'cat', '/etc/a')).toBe('one');
  expect((await far.status('remote.slow')).ready).toBe(true);
  expect((await on.gear(['plan', '/root/apps'])).code).toBe(0);
  const elsewhere = await on.fails(2, 'apply', '/root/apps/remote.yaml', '--host', 'trixie', '--yes');
  expect(elsewhere).toContain('remote is for bookworm');
  await on.ok('rm', 'bookworm/remote', 'near');
});

test('the inventory names hosts and their labels, and its engine is the one of what is new', async () => {
  await write(
    '/root/.config/gear/hosts.yaml',
    `hosts:\n  b1: {address: "root@[::ffff:${address(far)}]", labels: {zone: a}, engine: podman}\n  b2: {address: "${address(far)}:22", labels: {zone: b}}\n`,
  );
  await on.host.sh(
    `ssh-keyscan -H '::ffff:${address(far)}' ${address(far)} >>/root/.ssh/known_hosts 2>/dev/null`,
  );
  // A host with Podman and one with Docker in one command.
  await on.ok('install', 'web:1', 'zoned', '--host', 'zone=a', '--host', 'local');
  expect((await far.list()).find(({ name }) => name === 'zoned')?.engine).toBe('podman');
  expect((await on.list()).find(({ name }) => name === 'zoned')?.engine).toBe('docker');
  await on.ok('rm', 'zoned');
  const { stdout } = await on.ok('ls', '--host', 'all', '--json');
  const outcomes = JSON.parse(stdout) as HostOutcome<readonly ListRow[]>[];
  expect(outcomes.map(({ host }) => host)).toEqual(['b1', 'b2']);
  await on.ok('rm', 'b1/zoned');
  expect(await on.fails(4, 'ls', '--host', 'zone=c')).toContain('no host of the inventory');
});

test('every change works over ssh: set, stop, start, restart, rollback, secrets, rm with its volumes', async () => {
  const at = (name: string) => `bookworm/${name}`;
  await on.ok('install', 'web:1', at('db'), '--volume', 'data:/data', '--publish', '8072:8080');
  await on.ok('set', at('db'), '--image', 'web:2', 'A=1');
  await far.serves(8072, 'web 2');
  await on.ok('rollback', at('db'));
  await far.serves(8072, 'web 1');
  await on.ok('stop', at('db'));
  expect(await far.activeState('db')).toBe('inactive');
  expect((await far.status('db')).held?.by).toBe('root@trixie');
  await on.ok('start', at('db'));
  await on.ok('restart', at('db'));
  await far.becomes('db', 'active');
  const secret = await on.gear(['secret', 'set', at('pw')], { input: 'hunter2' });
  expect(secret).toMatchObject({ code: 0 });
  expect((await on.ok('secret', 'ls', '--host', 'bookworm')).stdout).toContain('pw');
  await on.ok('secret', 'rm', at('pw'));
  expect((await on.ok('history', at('db'))).stdout).toContain('rollback');
  expect((await on.ok('exec', at('db'), '--', 'cat', '/etc/hostname')).stdout).toBe(
    `${await far.inside('docker', 'db', 'cat', '/etc/hostname')}\n`,
  );
  const once = await on.gear(['run', 'web:1', '--host', 'bookworm', '--', 'sh', '-c', 'echo there; exit 7']);
  expect(once).toMatchObject({ code: 7, stdout: 'there\n' });
  await on.ok('env', 'set', at('db'), 'B=2');
  expect((await on.ok('env', 'show', at('db'))).stdout).toContain('bookworm: B=2');
  await on.ok('hold', at('db'), '--reason', 'a test');
  await on.ok('unhold', at('db'));
  await on.host.sh(
    '/opt/gear/bin/run.cjs export bookworm/db --show-env | sed "s/^bookworm: //" >/root/db.yaml',
  );
  await on.ok('diff', 'db', '/root/db.yaml', '--host', 'bookworm');
  expect((await on.ok('cat', at('db'))).stdout).toMatch(/^bookworm: /);
  expect((await on.ok('clean', '--host', 'bookworm', '--keep', '1', '--yes')).stdout).toMatch(/^bookworm: /);
  expect((await on.ok('export', at('db'))).stdout).toContain('web:1');
  await on.ok('rm', at('db'), '--volumes');
  expect(await far.host.sh('docker volume ls -q')).not.toContain('data');
  expect((await on.ok('doctor', '--host', 'bookworm')).stdout).toMatch(/bookworm: ok +systemd: version 252/);
});

test('a host is added once its key is confirmed, at a terminal or by its fingerprint; ls, check and rm know it then', async () => {
  const [known, inventory] = ['/root/.ssh/known_hosts', '/root/.config/gear/hosts.yaml'];
  const alias = (name: string) => `Host ${name}\n  HostName ${address(far)}\n  HostKeyAlias ${name}\n`;
  await on.host.sh(`cp ${known} /root/known_hosts.kept; rm -f ${inventory}`);
  // Names that no test has used have neither a key nor an open connection.
  await write('/root/.ssh/config', alias('asked') + alias('told'));
  const key = await far.host.sh("ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub | cut -d' ' -f2");
  expect(key).toMatch(/^SHA256:/);
  expect(await on.fails(5, 'host', 'add', 'c1', 'asked')).toContain(`--fingerprint ${key}`);
  expect(await on.fails(5, 'host', 'add', 'c1', 'asked', '--fingerprint', 'SHA256:other')).toContain(
    `${key}, not SHA256:other`,
  );
  const refused = await typed(on, 'host add c1 asked', [{ to: '[y/N]', type: 'n' }]);
  expect(refused).toMatchObject({ code: 5, said: expect.stringContaining(key) as string });
  expect(await on.host.sh(`cmp ${known} /root/known_hosts.kept; ls ${inventory} 2>&1 || true`)).toContain(
    'No such file',
  );

  const adding = async (answers: Parameters<typeof typed>[2]) => {
    const began = performance.now();
    const outcome = await typed(on, 'host add c1 asked --label zone=c --engine podman', answers);
    return { ...outcome, ms: performance.now() - began };
  };
  const added = await adding([{ to: '[y/N]', type: 'y' }]);
  expect(added).toMatchObject({ code: 0, said: expect.stringContaining('bookworm: systemd 252') as string });
  expect(added.said.split(key)).toHaveLength(2);
  const again = await adding([]);
  expect(again).toMatchObject({ code: 0, said: expect.not.stringContaining(key) as string });
  expect(Math.min(added.ms, again.ms)).toBeLessThan(3_000);
  await on.ok('host', 'add', 'c2', 'root@told', '--fingerprint', key);
  await on.ok('host', 'add', 'c2', 'root@told', '--fingerprint', key);
  // A key that is known is not the one that is meant for that.
  expect(await on.fails(5, 'host', 'add', 'c2', 'root@told', '--fingerprint', 'SHA256:other')).toContain(
    `${key}, not SHA256:other`,
  );

  expect((await on.ok('host', 'ls')).stdout).toMatch(/^c1 +asked +zone=c +podman$\n^c2 +root@told$/m);
  expect((await on.ok('host', 'check')).stdout).toMatch(/^c1: ok .*\nc2: ok .*\n$/);
  expect((await on.ok('ls', '--host', 'zone=c')).stdout).toContain('c1');
  await on.ok('host', 'rm', 'c1');
  expect((await on.ok('host', 'ls')).stdout).not.toContain('c1');
  expect(await on.fails(4, 'host', 'rm', 'c1')).toContain('gear host ls');
  await on.host.sh(`mv /root/known_hosts.kept ${known}; rm /root/.ssh/config ${inventory}`);
});

test('OpenSSH connects as ssh_config says: by a jump, a port, a certificate, an agent; of here nothing else is needed', async () => {
  const entry = (name: string, ...lines: readonly string[]) =>
    `Host ${name}\n  HostKeyAlias bookworm\n${lines.map((line) => `  ${line}\n`).join('')}`;
  const by = (file: string) => [`HostName ${address(far)}`, `IdentityFile ${file}`, 'IdentitiesOnly yes'];
  await write(
    '/root/.ssh/config',
    [
      // From here this address is another machine, with another key.
      entry('behind', 'HostName 127.0.0.1', 'ProxyJump bookworm'),
      entry('certified', ...by('/root/signed/key'), 'CertificateFile /root/signed/key-cert.pub'),
      entry('kept', ...by('/root/signed/agent.pub'), 'IdentityAgent /root/signed/agent'),
    ].join(''),
  );
  await on.host.sh(`
    mkdir -m 700 /root/signed; cd /root/signed
    for each in ca key held; do ssh-keygen -q -t ed25519 -N '' -f $each; done
    ssh-keygen -q -s ca -I lab -n root key.pub
    ssh-agent -a /root/signed/agent -t 600 >agent.env
    SSH_AUTH_SOCK=/root/signed/agent ssh-add -q held; mv held.pub agent.pub; rm held`);
  const keys = await on.host.sh(
    'echo "cert-authority $(cat /root/signed/ca.pub)"; cat /root/signed/agent.pub',
  );
  await far.host.exec(['sh', '-c', 'cd /root/.ssh; cp authorized_keys kept_keys; cat >>authorized_keys'], {
    input: `${keys}\n`,
  });
  await far.host.sh('/usr/sbin/sshd -p 2222 -o PidFile=/run/sshd-2222.pid');
  try {
    const names = ['behind', 'certified', 'kept', 'root@bookworm:2222'];
    await on.host.sh(
      'sed -n "s/^bookworm /[bookworm]:2222 /p" /root/.ssh/known_hosts >>/root/.ssh/known_hosts',
    );
    const { stdout } = await on.ok('host', 'check', ...names);
    for (const name of names) expect(stdout).toContain(`${name}: ok  bookworm: systemd 252`);
    expect(await on.gear(['ssh', 'certified', '--', 'sh', '-c', 'hostname; exit 7'])).toMatchObject({
      code: 7,
      stdout: expect.stringContaining('bookworm') as string,
    });
    await on.host.sh(`unshare --mount sh -euc '
      for folder in /run/systemd /run/dbus; do mount -t tmpfs none $folder; done
      for each in docker podman systemctl busctl journalctl; do mount --bind /dev/null /usr/bin/$each; done
      mount --bind /dev/null /run/docker.sock
      ! docker version
      gear=/opt/gear/bin/run.cjs
      $gear install web:1 bookworm/alone --engine docker
      $gear ls --host bookworm | grep alone
      $gear logs bookworm/alone
      $gear rm bookworm/alone'`);
  } finally {
    await far.host.sh('kill $(cat /run/sshd-2222.pid); mv /root/.ssh/kept_keys /root/.ssh/authorized_keys');
    await on.host.sh(
      '. /root/signed/agent.env; kill $SSH_AGENT_PID; rm -rf /root/signed /root/.ssh/config; sed -i "/:2222 /d" /root/.ssh/known_hosts',
    );
  }
});

describe('without what gear needs it says so, sends nothing, and tells what to type:', () => {
  test('the key of the host is not known, or has changed', async () => {
    const known = '/root/.ssh/known_hosts';
    await on.host.sh(`cp ${known} /root/known_hosts.kept`);
    // Names that no test has used have no open connection.
    const alias = (name: string) => `Host ${name}\n  HostName ${address(far)}\n  HostKeyAlias ${name}\n`;
    await write('/root/.ssh/config', alias('changed') + alias('unknown'));
    await on.host.sh(
      `printf 'changed %s\\n' "$(cut -d' ' -f1,2 /etc/ssh/ssh_host_ed25519_key.pub)" >>${known}`,
    );
    const changed = await on.fails(5, 'install', 'web:1', 'changed/web');
    expect(changed).toContain('shows another host key');
    expect(changed).toContain('ssh-keygen -R');
    expect(await on.fails(5, 'ls', '--host', 'unknown')).toContain('gear host add unknown');
    await on.host.sh(`mv /root/known_hosts.kept ${known}; rm /root/.ssh/config`);
    expect((await far.list()).map(({ name }) => name)).not.toContain('web');
  });

  test('the user may not log in, has no sudo, or no shell', async () => {
    await far.host.sh(`
      for user in anna:/bin/bash berta:/usr/sbin/nologin; do
        name=\${user%:*}
        useradd --create-home --shell \${user#*:} $name
        install -d -m 700 -o $name /home/$name/.ssh
        install -m 600 -o $name /root/.ssh/authorized_keys /home/$name/.ssh/
      done
      echo 'echo a noisy profile' >/home/anna/.bashrc`);
    expect(await on.fails(5, 'ls', '--host', 'nobody@bookworm')).toContain('does not let this user in');
    const refused = await on.fails(5, 'install', 'web:1', 'anna@bookworm/web');
    expect(refused).toContain('anna on anna@bookworm is not root, and sudo');
    // What only looks needs no root.
    expect((await on.ok('ls', '--host', 'anna@bookworm')).stdout).toContain('shop');
    expect(await on.fails(5, 'ls', '--host', 'berta@bookworm')).toContain('login shell');
  });
});

test('uninstall of several hosts asks once; without a terminal or with a no everything stays', async () => {
  const there = ['--host', 'bookworm', '--host', 'root@trixie'];
  const run = 'systemctl show --property=InvocationID --property=ActiveState ctr-stays';
  const everything = async () => [await far.host.sh(run), await on.host.sh(run)];
  for (const host of ['bookworm', 'root@trixie'])
    await on.ok('install', 'web:1', `${host}/stays`, '--engine', 'docker');
  const before = await everything();
  const refused = await on.fails(2, 'uninstall', '--all', ...there);
  expect(refused).toContain('gear uninstall --all --host bookworm --host root@trixie --yes');
  const line = ['uninstall', '--all', ...there].join(' ');
  const { said } = await typed(on, line, [{ to: '[y/N]', type: 'n' }]);
  expect(said.match(/\[y\/N\]/g)).toHaveLength(1);
  expect(said).toMatch(/bookworm: .*stays[^]*root@trixie: .*stays/);
  expect(await everything()).toEqual(before);
  for (const host of ['bookworm', 'root@trixie']) await on.ok('rm', `${host}/stays`);
});

test('a user who is not root where gear is typed changes another host as root there, with a key of their own', async () => {
  const as = (line: string) => ['runuser', '-u', 'dora', '--', ...inHome, 'sh', '-c', line];
  const inHome = ['env', '--chdir=/home/dora', 'HOME=/home/dora'];
  const gear = async (line: string) => (await on.host.exec(as(`/opt/gear/bin/run.cjs ${line}`))).stdout;
  await on.host.sh(`
    useradd --create-home --shell /bin/sh dora
    install -d -m 700 -o dora /home/dora/.ssh
    install -m 600 -o dora /root/.ssh/known_hosts /home/dora/.ssh/`);
  const making = "ssh-keygen -q -t ed25519 -N '' -C of-dora -f .ssh/id_ed25519; cat .ssh/id_ed25519.pub";
  const { stdout: key } = await on.host.exec(as(making));
  await far.host.exec(['sh', '-c', 'cat >>/root/.ssh/authorized_keys'], { input: key });
  try {
    const own = 'root@bookworm/own';
    expect((await on.host.exec(as('id -Gn'))).stdout).toBe('dora\n');
    expect((await on.host.exec(as('docker version || sudo -n true'), { check: false })).code).not.toBe(0);
    expect(await gear(`install web:1 ${own} KEY=swordfish --engine docker`)).toBe(
      `root@bookworm: own installed\n`,
    );
    expect(await gear('ls --host root@bookworm')).toMatch(/^root@bookworm +own .*docker/m);
    await far.inside('docker', 'own', 'sh', '-c', 'echo told >/proc/1/fd/1');
    await on.host.waitFor(as(`/opt/gear/bin/run.cjs logs ${own} | grep -w told`));
    expect(await gear(`history ${own}`)).toMatch(/ dora@trixie +install /);
    const state = '/home/dora/.local/state/gear';
    const kept = await on.host.sh(
      `cd ${state}; find . -printf '%m %u %P\n' | sort; cat hosts/*/manifest.json`,
    );
    expect(kept).toContain('600 dora hosts/root%40bookworm/manifest.json\n');
    expect(await on.host.sh(`find ${state} ! -user dora -o -perm /077`)).toBe('');
    expect(kept).not.toContain('swordfish');
    expect(await gear(`rm ${own}`)).toContain('own removed');
    expect((await far.list()).map(({ name }) => name)).not.toContain('own');
  } finally {
    await far.host.sh("sed -i '/ of-dora$/d' /root/.ssh/authorized_keys");
    await on.host.sh(`
      pkill -KILL -u dora || true
      while pgrep -u dora; do sleep 0.05; done
      rm -rf /tmp/gear-$(id -u dora)
      userdel --remove dora`);
  }
});

test('a user whose sudo wants a password is asked for it at the terminal, once, and it is nowhere afterwards', async () => {
  await far.host.sh(`
    id carla 2>/dev/null || useradd --create-home --shell /bin/bash carla
    echo carla:correct-horse | chpasswd
    install -d -m 700 -o carla /home/carla/.ssh
    install -m 600 -o carla /root/.ssh/authorized_keys /home/carla/.ssh/
    echo 'carla ALL=(ALL) ALL' >/etc/sudoers.d/carla; chmod 0440 /etc/sudoers.d/carla`);
  expect(await on.fails(5, 'install', 'web:1', 'carla@bookworm/asked')).toContain('at a terminal');
  const line = 'install web:1 carla@bookworm/asked KEY=value --engine docker';
  const answers = ['wrong', 'correct-horse'].map((type) => ({ to: '(not shown)', type }));
  const { code, said } = await typed(on, line, answers);
  expect(code, said).toBe(0);
  expect(said).not.toContain('correct-horse');
  expect(await far.variable('docker', 'asked', 'KEY')).toBe('value');
  expect(await far.host.sh('grep -rl correct-horse /etc/gear /var/lib/gear /run/gear /tmp || true')).toBe('');
  expect(await on.host.sh('grep -rl correct-horse /root/.local /root/.config /tmp/gear-0 || true')).toBe('');
  await on.ok('rm', 'bookworm/asked');
});
