import { readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest } from '../../src/core/model/manifest.ts';
import { generationPath, paths } from '../../src/core/model/paths.ts';
import { unitLinks } from '../../src/core/plan/links.ts';
import { renderAll } from '../../src/flows/render.ts';
import type { Host } from '../lab/host.ts';
import { sleepImage } from '../lab/images.ts';
import { gear } from './gear.ts';

/**
 * Makes a host have so many containers, `planted1` and on, that are not started: the first by gear, the others as
 * copies of it in the same generation. To install a thousand takes minutes, of which nothing is measured.
 */
export async function plant(host: Host, count: number): Promise<readonly string[]> {
  await host.exec([gear, 'install', sleepImage().tag, 'planted1', '--engine', 'docker', '--no-start']);
  const target = await host.sh(`readlink ${paths.current}`);
  const folder = join(host.root, target);
  const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as Manifest;
  // Others may have left one of their own on the host.
  const first = manifest.instances.find(({ name }) => name === 'planted1');
  if (first === undefined) throw new Error('gear installed nothing');
  const names = Array.from({ length: count }, (_, at) => `planted${String(at + 1)}`);
  const instances = names.map((name) => ({ ...first, name, app: name, container: name }));
  const docker = { systemdVersion: 257, engineCommand: '/usr/bin/docker', liveRestore: false };
  const units = [...renderAll(instances, new Map([['docker', docker]]), []).values()].flat();
  const whole: Manifest = {
    ...manifest,
    instances: instances.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    units: Object.fromEntries(units.map(({ name, hash }) => [name, hash])),
  };
  for (const { name, text } of units) {
    if (text === null) throw new Error('every planted unit is rendered');
    await writeFile(join(folder, 'units', name), text);
    const link = unitLinks(name);
    if (name !== 'ctr-planted1.service') await symlink(link.target, join(host.root, link.path));
  }
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(whole));
  await host.exec(['systemctl', 'daemon-reload']);
  return names;
}

/** Takes all that gear has on the host away, as nobody but a benchmark may: without gear. */
export async function uproot(host: Host): Promise<void> {
  await host.sh(`
    rm -rf ${generationPath(1).replace(/1$/, '*')} ${paths.current} /etc/systemd/system/ctr-*.service
    docker ps -aq --filter label=gear.name | xargs -r docker rm -f >/dev/null
    docker network ls -q --filter label=gear.owner | xargs -r docker network rm >/dev/null
    systemctl daemon-reload`);
}
