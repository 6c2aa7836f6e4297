import { afterAll, beforeAll, expect, test } from 'vitest';
import { engines, loadImages } from '../lab/load-images.ts';
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
