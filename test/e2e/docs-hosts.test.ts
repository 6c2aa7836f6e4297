import { stripVTControlCharacters } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type ImageSpec, webImage } from '../lab/images.ts';
import { engines, loadImages } from '../lab/load-images.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';
import { type PageLine, consoleLines, fenced, formOf } from './support/page.ts';
import { typed } from './support/typed.ts';

/** Where gear is typed, which is web2 and others too, and the host that the pages call web1. */
let on: GearHost;
let far: GearHost;

const gear = '/opt/gear/bin/run.cjs';
const folder = '/root/pages';
const [known, config, inventory] = [
  '/root/.ssh/known_hosts',
  '/root/.ssh/config',
  '/root/.config/gear/hosts.yaml',
];
const privateImage = 'registry.example.com/private:1';
const named = (tag: string, version: string): ImageSpec => ({ ...webImage(version), tag });
const tags = ['nginx:1.27', 'shop:1', 'shop:2', privateImage];

beforeAll(async () => {
  [on, far] = await Promise.all([gearHost('trixie'), gearHost('bookworm')]);
  for (const { host } of [on, far])
    for (const engine of engines) await loadImages(host, engine, [named('nginx:1.27', '1')]);
  await on.host.sh(`ln -s ${gear} /usr/local/bin/gear; cp ${known} /root/known_hosts.kept`);
});
afterAll(async () => {
  await on.host.sh(`rm /usr/local/bin/gear; mv /root/known_hosts.kept ${known}`);
  for (const { host } of [on, far])
    for (const engine of engines)
      await host.sh(`for tag in ${tags.join(' ')}; do ${engine} rmi --force $tag || true; done`);
});

// As the pages have it, a host calls itself by the name that it has in the inventory.
beforeEach(async () => {
  await far.host.sh('hostname web1');
  await on.host.sh(`mkdir -p ${folder}`);
});
afterEach(async () => {
  await far.host.heal();
  await far.host.sh('hostname bookworm');
  await on.clear();
  await far.clear();
  await on.host.sh(`rm -rf ${folder} ${config} ${inventory} /root/.local/state/gear`);
});

async function write(path: string, text: string): Promise<void> {
  await on.host.exec(['sh', '-c', `mkdir -p "$(dirname ${path})" && cat >${path}`], { input: text });
}

/** What the inventory of the pages on images and on moving has. */
function hosts(entries: Readonly<Record<string, string>>): Promise<void> {
  const lines = Object.entries(entries).map(([name, entry]) => `  ${name}: ${entry}\n`);
  return write(inventory, `hosts:\n${lines.join('')}`);
}
const [onFar, onNear] = ['{address: root@bookworm}', '{address: root@trixie}'];

/** Types every line of the consoles of a page in their order, each after what has to be there before it. */
async function follow(page: string, before: Readonly<Record<string, () => Promise<unknown>>>): Promise<void> {
  const lines = await consoleLines(page);
  expect(lines.map(({ command }) => command)).toEqual(expect.arrayContaining(Object.keys(before)));
  for (const line of lines) {
    await before[line.command]?.();
    const { code, said } = await type(line);
    expect(code, `${line.command}\n${said}`).toBe(0);
    expect(said, line.command).toMatch(formOf(line.shown));
  }
}

/** A line that the page shows with a question is typed at a terminal, and one that goes on for ever is interrupted. */
async function type({ command, shown }: PageLine): Promise<{ readonly code: number; readonly said: string }> {
  const answers = [...shown.matchAll(/\[y\/N\] (\w+)/g)].map(([, answer = '']) => ({
    to: '[y/N]',
    type: answer,
  }));
  if (answers.length > 0) {
    const { code, said } = await typed(on, command.replace(/^gear /, ''), answers, folder);
    return { code, said: onScreen(said) };
  }
  if (command.endsWith(' --follow')) return interrupted(command);
  const line = ['sh', '-c', `cd ${folder} && ${command} 2>&1`];
  const { code, stdout } = await on.host.exec(line, { check: false, timeoutMs: 180_000 });
  return { code, said: stdout };
}

/** What stays on a screen of what was sent to it. */
function onScreen(sent: string): string {
  return stripVTControlCharacters(sent)
    .replaceAll(/\r+\n/g, '\n')
    .replaceAll(/[^\n]*\r/g, '');
}

async function interrupted(command: string): Promise<{ readonly code: number; readonly said: string }> {
  const running = await on.host.spawn(['sh', '-c', `exec ${command} >${folder}/said 2>&1`]);
  await on.host.waitFor(['test', '-s', `${folder}/said`]);
  await running.signal('SIGINT');
  return { code: await running.exited, said: await on.host.sh(`cat ${folder}/said`) };
}

const shop = `name: shop
containers:
  web: {image: "nginx:1.27", volumes: ["data:/data"]}
`;

test('docs/topics/hosts.md, with the user of gear’s own that it makes', async () => {
  const sudo = '/etc/sudoers.d/anna';
  const address = (host: GearHost) => host.host.address;
  const addresses = { on: ['10.0.0.1/24', '2001:db8::2/64'], far: ['10.0.0.5/24', '2001:db8::1/64'] };
  const net = (host: GearHost, verb: string, list: readonly string[]) =>
    host.host.sh(list.map((each) => `ip address ${verb} ${each} dev host0`).join('\n'));
  const [making = '', ...others] = await fenced('hosts', 'sh');
  const [kept = '', ...more] = await fenced('hosts', 'yaml');
  expect([...others, ...more]).toEqual([]);
  await net(on, 'add', addresses.on);
  await net(far, 'add', addresses.far);
  await far.host.sh(`
    /usr/sbin/sshd -p 2222 -o PidFile=/run/sshd-2222.pid
    cd "$(mktemp -d)"; cp /root/.ssh/authorized_keys gear.pub\n${making}`);
  await on.host.sh(`
    useradd --create-home --shell /bin/sh anna
    install -d -m 700 -o anna /home/anna/.ssh
    install -m 600 -o anna /root/.ssh/authorized_keys /home/anna/.ssh/
    echo 'anna ALL=(root) NOPASSWD: /bin/sh' >${sudo}; chmod 0440 ${sudo}
    sed -n 's/^bookworm,[^ ]* /[2001:db8::1]:2222 /p' ${known} >>${known}`);
  await write(config, `Host web2\n  HostName ${address(on)}\n  HostKeyAlias trixie\n`);
  try {
    await follow('hosts', {
      'gear logs web1/shop web2/shop --follow': () =>
        far.inside('docker', 'shop', 'sh', '-c', 'echo hello >/proc/1/fd/1'),
      'gear ls --host zone=a --host local': () => write(inventory, kept),
      'gear cp ./dump.sql db1/shop.db:/tmp/': async () => {
        // db1 is web1 by another name, and its shop is another one.
        await on.ok('rm', 'web1/shop');
        await write(`${folder}/shop.yaml`, 'name: shop\ncontainers: {db: {image: "nginx:1.27"}}\n');
        await on.ok('apply', `${folder}/shop.yaml`, '--host', 'db1', '--yes');
        await write(`${folder}/dump.sql`, 'select 1;\n');
      },
    });
    expect(await far.inside('podman', 'shop.db', 'cat', '/tmp/dump.sql')).toBe('select 1;');
    const check = await on.ok('host', 'check', 'gear@bookworm');
    expect(check.stdout).toMatch(/^gear@bookworm: ok {2}web1: systemd 252, docker .*, podman .*, as root/);
    for (const engine of engines) {
      const name = `gear@bookworm/sudo-${engine}`;
      await on.ok('install', 'nginx:1.27', name, 'SECRET=value', '--engine', engine);
      expect(await far.variable(engine, `sudo-${engine}`, 'SECRET')).toBe('value');
      expect((await on.ok('status', name)).stdout).toContain('running');
      expect((await on.gear(['logs', name])).code).toBe(0);
      await on.ok('rm', name);
    }
    // The key is good for this alone.
    const forward =
      'ssh -o BatchMode=yes -o ExitOnForwardFailure=yes -W 127.0.0.1:22 gear@bookworm </dev/null';
    expect((await on.host.exec(['sh', '-c', forward], { check: false })).code).not.toBe(0);
  } finally {
    await net(on, 'delete', addresses.on);
    await net(far, 'delete', addresses.far);
    await far.host.sh('kill $(cat /run/sshd-2222.pid); rm /etc/sudoers.d/gear');
    await on.host.sh(`rm ${sudo}`);
    for (const [{ host }, user] of [
      [far, 'gear'],
      [on, 'anna'],
    ] as const)
      await host.sh(`
        pkill -KILL -u ${user} || true
        while pgrep -u ${user}; do sleep 0.05; done
        userdel --remove ${user}`);
  }
});

test('docs/topics/images.md', async () => {
  await hosts({
    web1: onFar,
    web2: '{address: root@trixie, engine: podman}',
    web3: '{address: root@bookworm, engine: podman}',
  });
  await loadImages(on.host, 'docker', [named('shop:1', '1')]);
  await write(`${folder}/Dockerfile`, 'FROM shop:1\nRUN echo two >/www/index.html\n');
  await on.ok('install', 'shop:1', 'web1/shop');
  await follow('images', {
    [`gear push ${privateImage} web2 web3 --from web1`]: () =>
      loadImages(far.host, 'docker', [named(privateImage, '9')]),
  });
  expect(await far.inside('docker', 'shop', 'cat', '/www/index.html')).toBe('two');
  for (const { host } of [on, far]) await host.sh(`podman image inspect ${privateImage}`);
});

test('docs/topics/moving.md', async () => {
  await hosts({ web1: onFar, web2: onNear, staging: onFar, prod: onNear });
  await write(`${folder}/shop.yaml`, shop);
  await on.ok('apply', `${folder}/shop.yaml`, '--host', 'web1', '--yes');
  await follow('moving', {
    'gear move web1/shop web2 --with-volumes': () =>
      far.inside('docker', 'shop.web', 'sh', '-c', 'head -c 300000 /dev/urandom >/data/some'),
    'gear promote shop --from staging --to prod -f prod.yaml': async () => {
      await on.ok('rm', 'web2/shop');
      await on.ok('apply', `${folder}/shop.yaml`, '--host', 'staging', '--yes');
      await write(`${folder}/prod.yaml`, 'containers: {web: {ports: ["8079:8080"]}}\n');
    },
    'gear recover web1 --to web2': async () => {
      await on.serves(8079, 'web 1');
      await on.ok('rm', 'prod/shop', 'staging/shop', '--volumes');
      await on.ok('apply', `${folder}/shop.yaml`, '--host', 'web1', '--yes');
      // Without open connections: that those are dead takes gear ten seconds to notice.
      await far.host.sh('for pid in $(pgrep -f "sshd: root"); do kill $pid; done');
      await far.host.cut();
    },
  });
  expect(await on.activeState('shop.web')).toBe('active');
});
