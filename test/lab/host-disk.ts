import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './command.ts';
import { rootOf } from './host-files.ts';
import { engineFolders } from './nspawn.ts';
import { hostFolder, type HostState, type LabState } from './state.ts';
import { until } from './until.ts';

/** Lays the host's own layer over its base tree, unless that is done already. */
export async function mountDisk(lab: LabState, host: HostState): Promise<void> {
  const root = rootOf(lab.name, host.name);
  if (isMounted(root)) return;
  const folder = hostFolder(lab.name, host.name);
  const [upper, work] = [join(folder, 'upper'), join(folder, 'work')];
  const engines = engineFolders(lab, host).map((bind) => bind.from);
  for (const path of [upper, work, root, ...engines]) await mkdir(path, { recursive: true });
  const options = `lowerdir=${host.tree},upperdir=${upper},workdir=${work}`;
  await run(['mount', '-t', 'overlay', `gear-lab-${host.name}`, '-o', options, root]);
}

/** Takes the host's root file system away; the host must be down. */
export async function unmountDisk(lab: LabState, host: HostState): Promise<void> {
  const root = rootOf(lab.name, host.name);
  if (!isMounted(root)) return;
  // The kernel lets go of a dead host's mounts a moment after its processes.
  const attempt = async () => ((await run(['umount', root], { check: false })).code === 0 ? true : undefined);
  const lazily = () => run(['umount', '--lazy', root]);
  await until(`unmounting ${root}`, attempt, { timeoutMs: 3_000 }).catch(lazily);
}

function isMounted(path: string): boolean {
  return existsSync(path) && readFileSync('/proc/self/mounts', 'utf8').includes(` ${path} overlay `);
}
