import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HostOutcome } from '../../src/flows/on-hosts.ts';
import type { PushedImage } from '../../src/report/values-of-images.ts';
import { type ImageSpec, image, slowImage, webImage } from '../lab/images.ts';
import { engines, loadImages } from '../lab/load-images.ts';
import { startRegistry } from '../lab/registry.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';

/** Where gear is typed and the images are, and the host without them: Docker 26 and 20.10, Podman 5.4 and 4.3. */
let on: GearHost;
let far: GearHost;
let ids: Record<string, string>;

const parcels = '/var/lib/gear/parcels';
/** Half of it is what compression leaves: the link needs a moment for it. */
const noise = randomBytes(30_000_000).toString('hex');
/** A layer that no image of another test has brought to the host. */
const unique = { '/pushed': randomBytes(8).toString('hex') };
const named = (tag: string, files: Record<string, string> = {}): ImageSpec => ({
  ...webImage(tag, { files: { ...unique, ...files } }),
  tag: `pushed:${tag}`,
});
const names = ['1', '2', 'big', 'auto', 'mixed', 'several'].map((tag) => `pushed:${tag}`);
const late = slowImage(1);
const slow: ImageSpec = { ...late, tag: 'pushed:2', files: { ...late.files, ...unique } };

beforeAll(async () => {
  [on, far] = await Promise.all([gearHost('trixie'), gearHost('bookworm')]);
  const specs = [
    named('1'),
    slow,
    named('big', { '/noise': noise }),
    image({ tag: 'pushed:auto' }),
    named('mixed', { '/mixed': '' }),
    named('several', { '/noise': noise.slice(0, 4_000_000) }),
  ];
  ids = await loadImages(on.host, 'docker', specs);
});
afterAll(async () => {
  await far.clear();
  for (const { host } of [on, far]) {
    for (const engine of engines)
      await host.sh(
        `for name in ${names.join(' ')}; do ${engine} rmi --force docker.io/library/$name || true; done`,
      );
  }
  await far.host.sh(`rm -rf ${parcels}`);
});

async function pushed(...words: readonly string[]): Promise<PushedImage> {
  const { stdout } = await on.ok('push', ...words, '--json');
  const [outcome] = JSON.parse(stdout) as HostOutcome<PushedImage>[];
  if (outcome?.ok !== true) throw new Error(`nothing was pushed: ${stdout}`);
  return outcome.value;
}

test('a connection that is cut in the middle is told; the same command sends only what did not arrive', async () => {
  const folder = `${parcels}/${(ids['pushed:big'] ?? '').slice(7)}-podman`;
  const cutting = await far.host.spawn([
    'sh',
    '-c',
    `until [ -n "$(find ${folder} -name '*.part' -size +4M 2>/dev/null)" ]; do sleep 0.01; done; pkill -KILL -f '[s]shd: root'`,
  ]);
  const lost = await on.gear(['push', 'pushed:big', 'bookworm', '--engine', 'podman']);
  expect(await cutting.exited).toBe(0);
  expect(lost).toMatchObject({ code: 3 });
  expect(lost.stderr).toContain('the connection to bookworm was lost');
  const { sentLayers, layers } = await pushed('pushed:big', 'bookworm', '--engine', 'podman');
  expect([sentLayers, layers]).toEqual([1, 2]);
  expect(await far.host.sh(`ls ${parcels}`)).toBe('');
});

test('several who send the same at once, to both engines, all have it there, and nothing is left', async () => {
  const sent = ['docker', 'podman', 'docker', 'podman'].map((engine) =>
    pushed('pushed:several', 'bookworm', '--engine', engine),
  );
  for (const { id } of await Promise.all(sent)) expect(id).toBe(ids['pushed:several']);
  const hex = (ids['pushed:several'] ?? '').slice(7);
  for (const engine of engines)
    expect(await far.host.sh(`${engine} image inspect --format '{{.Id}}' pushed:several`)).toContain(hex);
  expect(await far.host.sh(`ls ${parcels}`)).toBe('');
  await far.host.sh('docker rmi --force pushed:several; podman rmi --force pushed:several');
});

test.each(engines)(
  '%s gets the layers that it lacks, and has the same image under the same name',
  async (engine) => {
    await pushed('pushed:1', 'bookworm', '--engine', engine);
    const { sentLayers, sentBytes, id } = await pushed('pushed:2', 'bookworm', '--engine', engine);
    expect(sentLayers).toBe(1);
    expect(sentBytes).toBeLessThan(2000);
    expect(id).toBe(ids['pushed:2']);
    expect((await pushed('pushed:2', 'bookworm', '--engine', engine)).changed).toBe(false);
    await on.ok('install', 'pushed:2', 'bookworm/pushed', '--engine', engine, '--pull', 'never');
    expect((await far.status('pushed')).ready).toBe(true);
    await on.ok('rm', 'bookworm/pushed');
  },
);

test('the Docker of trixie gets the one layer that it lacks from the other host, and runs the image', async () => {
  await on.host.sh('docker rmi --force pushed:2');
  const there = ['root@trixie', '--from', 'bookworm', '--engine', 'docker'];
  const { sentLayers, layers, id, changed } = await pushed('pushed:2', ...there);
  expect({ sentLayers, layers, id, changed }).toEqual({
    ...{ sentLayers: 1, layers: 2 },
    ...{ id: ids['pushed:2'], changed: true },
  });
  const { '/pushed': text } = unique;
  expect(await on.host.sh('docker run --rm --pull never pushed:2 cat /pushed')).toBe(text);
});

test('what was spoilt on the host is refused, gets no name, and is sent anew by the next command', async () => {
  await far.host.sh('docker rmi --force pushed:1 pushed:2');
  const image = (ids['pushed:1'] ?? '').slice(7);
  const layers = JSON.parse(
    await on.host.sh(`docker image inspect --format '{{json .RootFS.Layers}}' pushed:1`),
  ) as string[];
  const layer = layers.at(-1) ?? '';
  await far.host.sh(
    `mkdir -p ${parcels}/${image}-docker; tar -cf ${parcels}/${image}-docker/${layer.slice(7)} /etc/hostname`,
  );
  const refused = await on.fails(1, 'push', 'pushed:1', 'bookworm');
  expect(refused).toMatch(/bookworm: Docker could not load the image: .*layer/);
  expect(await far.host.sh('docker images --quiet pushed')).toBe('');
  expect((await pushed('pushed:1', 'bookworm')).sentLayers).toBe(1);
});

test('a host that is dead is listed with status 3, and the others have the image', async () => {
  const result = await on.gear(['push', 'pushed:auto', 'bookworm', 'root@trixie', '198.18.77.250']);
  expect(result.code, result.stderr).toBe(3);
  expect(result.stdout).toMatch(
    /^bookworm: pushed:auto new in docker: \d of 2 layers sent, [\d.]+ k?M?B in /,
  );
  expect(result.stdout).toContain('root@trixie: pushed:auto is there already');
  expect(result.stderr).toMatch(/198\.18\.77\.250 (refuses|does not answer|cannot be reached)/);
  expect(await on.fails(4, 'push', 'pushed:none', 'bookworm')).toContain('no engine here has the image');
  expect(await on.fails(2, 'push', 'pushed:1')).toContain('no host is named');
});

test('an image of no registry goes to the host by itself with the install that needs it', async () => {
  const { stderr } = await on.ok('install', 'pushed:auto', 'bookworm/auto', '--engine', 'podman');
  expect(stderr).toMatch(/bookworm: sent pushed:auto from here, [\d.]+ k?B/);
  expect((await far.status('auto')).problems).toEqual([]);
  await on.ok('push', 'pushed:auto', 'root@trixie', '--from', 'bookworm', '--engine', 'podman');
  expect(await on.host.sh(`podman image inspect --format '{{.Id}}' pushed:auto`)).toBe(
    ids['pushed:auto']?.slice(7),
  );
});

test('images that the host pulls and one that is sent to it come side by side, of one app', async () => {
  const registry = await startRegistry(on.host, { secure: false, port: 5051 });
  await registry.trust(far.host);
  const pulled = await Promise.all(
    ['3', '4'].map((tag) => registry.push({ ...named(tag), tag: `pulled:${tag}` })),
  );
  const [three = '', four = ''] = pulled;
  const text = `name: mixed\nengine: docker\ncontainers: {a: {image: "${three}"}, b: {image: "${four}"}, c: {image: "pushed:mixed"}}\n`;
  await on.host.exec(['tee', '/root/mixed.yaml'], { input: text });
  const { stdout, stderr } = await on.ok('apply', '/root/mixed.yaml', '--host', 'bookworm', '--yes');
  expect(stdout.match(/installed/g)).toHaveLength(3);
  expect(stderr).toContain('sent pushed:mixed from here');
  await on.ok('rm', 'bookworm/mixed');
  await far.host.sh(`docker rmi --force ${pulled.join(' ')}`);
  await on.host.sh('systemctl stop registry-5051; rm /root/mixed.yaml');
});
