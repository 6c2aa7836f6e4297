import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { engines, loadImages } from '../lab/load-images.ts';
import { packImages } from '../lab/image-archive.ts';
import { webImage } from '../lab/images.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';

/** Where gear is typed, and the host that apps come from and go to. */
let on: GearHost;
let far: GearHost;

beforeAll(async () => {
  [on, far] = await Promise.all([gearHost('trixie'), gearHost('bookworm')]);
  for (const { host } of [on, far])
    for (const engine of engines) await loadImages(host, engine, [webImage('1')]);
});
afterAll(async () => {
  await far.host.heal();
  await on.clear();
  await far.clear();
  await on.host.sh('rm -rf /root/moves /root/.local/state/gear');
});

async function write(path: string, text: string): Promise<void> {
  await on.host.exec(['sh', '-c', `mkdir -p "$(dirname ${path})" && cat >${path}`], { input: text });
}

test('what a dead host ran, runs on another one, from what was kept at each change', async () => {
  await write(
    '/root/moves/lost.yaml',
    'name: lost\ncontainers:\n  web: {image: "web:1", env: {TOKEN: hunter2}, volumes: ["data:/data"], ports: ["8075:8080"]}\n',
  );
  await on.ok('apply', '/root/moves/lost.yaml', '--host', 'bookworm', '--yes');
  await on.ok('install', 'web:1', 'bookworm/single', 'KEY=value');
  const kept = await on.host.sh(
    'cd /root/.local/state/gear/hosts && stat -c "%a %n" . bookworm bookworm/*; cat */*',
  );
  expect(kept).toContain('700 bookworm\n600 bookworm/descriptors.json\n600 bookworm/manifest.json\n');
  expect(kept).not.toContain('hunter2');
  expect(await on.fails(4, 'recover', 'bookworm', '--to', 'local', '--yes')).toContain(
    'gear move bookworm/APP',
  );

  await far.host.cut();
  const { code, stdout, stderr } = await on.gear(['recover', 'bookworm', '--to', 'local', '--yes']);
  expect(code).toBe(4);
  expect(stdout).toContain('local: lost.web installed');
  expect(stderr).toContain('volume lost_data is not on this host');
  expect(stderr).toContain('single: the values of KEY are gone');
  await on.serves(8075, 'web 1');
  expect(await on.variable('docker', 'lost.web', 'TOKEN')).toBe('hunter2');
  await write('/root/moves/single.env', 'KEY=again\n');
  const values = ['--env-file', '/root/moves/single.env'];
  await on.ok('recover', 'bookworm', 'single', '--to', 'local', '--yes', ...values);
  expect(await on.variable('docker', 'single', 'KEY')).toBe('again');
  await far.host.heal();
  await on.ok('rm', 'bookworm/lost', 'bookworm/single', 'lost', 'single', '--volumes');
});

/** The same image on both hosts: those of two suites differ in their busybox. */
async function sameImages(): Promise<void> {
  const { tar } = await packImages([webImage('7')], join(on.host.root, 'usr/bin/busybox'));
  for (const { host } of [on, far])
    for (const engine of engines) await host.exec([engine, 'load'], { input: tar });
}

/** All that is in a volume, with owners, modes, times and links, as one sum. */
function sumOf({ host }: GearHost, engine: string, volume: string): Promise<string> {
  return host.sh(`
    cd "$(${engine} volume inspect --format '{{.Mountpoint}}' ${volume})"
    { find . ! -type d -printf '%P %y %m %U %G %T@ %n %l %s\\n'; find . -type d -printf '%P %m %U %G %T@\\n'
      find . -type f -exec sha256sum {} +; } | sort | sha256sum`);
}

test('promote applies the very image that was tried, and what an overlay says', async () => {
  await sameImages();
  await write(
    '/root/moves/try.yaml',
    'name: try\ncontainers:\n  web: {image: "web:7", env: {A: "$$1", B: x}}\n',
  );
  await on.ok('apply', '/root/moves/try.yaml', '--host', 'bookworm', '--yes');
  // Here the tag means another image by now.
  await loadImages(on.host, 'docker', [webImage('7', { env: { OTHER: '1' } })]);
  // No registry has it, so it is sent from host to host.
  await on.host.sh(`docker rmi ${(await far.status('try.web')).imageId}`);
  await write('/root/moves/prod.yaml', 'containers: {web: {env: {B: prod}, ports: ["8078:8080"]}}\n');
  const line = ['promote', 'try', '--from', 'bookworm', '--to', 'local', '--yes'];
  await on.ok(...line, '-f', '/root/moves/prod.yaml');
  await on.serves(8078, 'web 7');
  expect((await on.status('try.web')).imageId).toBe((await far.status('try.web')).imageId);
  expect(await on.variable('docker', 'try.web', 'A')).toBe('$1');
  expect(await on.variable('docker', 'try.web', 'B')).toBe('prod');
  const told = await on.gear(['plan', '/root/moves/try.yaml', '--host', 'local']);
  expect(told.stderr).not.toContain('stays on');
  await write('/root/moves/try.yaml', 'name: try\nhosts: [local]\ncontainers: {web: {image: "web:7"}}\n');
  const stays = await on.gear(['plan', '/root/moves/try.yaml']);
  expect(stays.stderr).toContain('gear move bookworm/try local');
  await write('/root/moves/other.yaml', 'containers: {web: {image: "web:1"}}\n');
  expect(await on.fails(4, ...line, '-f', '/root/moves/other.yaml')).toContain(
    'what is promoted is what was tried',
  );
  await on.ok('rm', 'try', 'bookworm/try');
});

test.each(engines)(
  'an app moves with its data and back, with %s; killed in the middle, the same command finishes',
  async (engine) => {
    await sameImages();
    const name = `moved-${engine}`;
    const volume = `${name}-data`;
    const port = engine === 'docker' ? 8076 : 8077;
    const flags = ['--engine', engine, '--volume', `${volume}:/data`, '--publish', `${String(port)}:8080`];
    await on.ok('install', 'web:7', `bookworm/${name}`, 'TOKEN=hunter2', ...flags);
    await far.host.sh(`
      cd "$(${engine} volume inspect --format '{{.Mountpoint}}' ${volume})"
      dd if=/dev/urandom of=big bs=1M count=40 status=none
      mkdir -p sub/a; echo x >sub/a/f; ln sub/a/f sub/hard; ln -s a/f sub/soft; truncate -s 90M sparse
      chown 999:998 sub/a/f; chmod 4750 sub/a/f; printf 1 >"$(printf 'odd\\nname')"; printf 2 >-dash
      touch -d '2001-02-03 04:05:06.789' sub/a; chmod 0700 .; chown 70:70 .`);
    const before = await sumOf(far, engine, volume);
    expect(await on.fails(2, 'move', `bookworm/${name}`, 'local')).toContain('--with-volumes');

    const line = ['move', `bookworm/${name}`, 'local', '--with-volumes'];
    await on.host.exec(['timeout', '-s', 'KILL', '2', '/opt/gear/bin/run.cjs', ...line], { check: false });
    const cut = [];
    for (const effect of ['1', '2', '4', '7']) {
      const { code } = await on.gear(line, { env: { GEAR_STOP_AFTER_EFFECT: effect } });
      if (code === 0) break;
      cut.push(effect);
      const active = await Promise.all([on, far].map((host) => host.activeState(name)));
      expect(active).not.toEqual(['active', 'active']);
    }
    expect(cut).not.toEqual([]);
    await on.ok(...line);
    await on.serves(port, 'web 7');
    expect(await sumOf(on, engine, volume)).toBe(before);
    expect(await on.variable(engine, name, 'TOKEN')).toBe('hunter2');
    expect((await far.list()).map((row) => row.name)).not.toContain(name);
    expect((await on.ok(...line)).stdout).toContain('already');

    // Back, where its old data is.
    await on.host.sh(`echo more >"$(${engine} volume inspect --format '{{.Mountpoint}}' ${volume})/more"`);
    expect(await on.fails(4, 'move', name, 'bookworm', '--with-volumes')).toContain('--replace-volumes');
    await on.ok('move', name, 'bookworm', '--with-volumes', '--replace-volumes');
    await far.serves(port, 'web 7');
    expect(await sumOf(far, engine, volume)).toBe(await sumOf(on, engine, volume));
    await on.ok('rm', `bookworm/${name}`, '--volumes');
    await on.ok('rm', name, '--volumes');
  },
);
