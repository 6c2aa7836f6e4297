import { existsSync } from 'node:fs';
import { lstat, mkdir, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { run } from './command.ts';
import { LabUnavailable } from './errors.ts';
import { withLock } from './lock.ts';
import {
  dpkgOptions,
  files,
  folders,
  maskedUnits,
  packagesOf,
  recipeHash,
  removedFiles,
  type Suite,
} from './recipe.ts';

/** Another folder serves to measure a first run without touching what others use. */
/** Where base trees are kept. */
export const cache = process.env['GEAR_LAB_CACHE'] ?? '/var/cache/gear-lab';

export type Progress = (line: string) => void;

/**
 * The path of a suite's root tree, which hosts use read-only below their own layer. Built once with mmdebstrap
 * (about a minute) and kept in /var/cache; whoever asks while another builds waits for that one.
 */
export async function baseTree(suite: Suite, progress: Progress): Promise<string> {
  const tree = join(cache, `${suite}-${recipeHash(suite)}`);
  const root = join(tree, 'rootfs');
  if (existsSync(root)) return root;
  const wait = () => progress(`${suite}: another process is building this base tree, waiting for it`);
  await withLock(
    join(cache, `${suite}.lock`),
    async () => {
      if (!existsSync(root)) await build(suite, tree, progress);
    },
    wait,
  );
  return root;
}

async function build(suite: Suite, tree: string, progress: Progress): Promise<void> {
  await removeUnfinished(suite);
  const unfinished = `${tree}.unfinished`;
  const root = join(unfinished, 'rootfs');
  await mkdir(unfinished, { recursive: true });
  const started = Date.now();
  const tell = (line: string) =>
    progress(`${suite}: ${line} (${Math.round((Date.now() - started) / 1000)} s)`);
  tell('building the base tree, once, about a minute');
  const { code, stderr } = await run(bootstrapCommand(suite, root), {
    check: false,
    timeoutMs: 900_000,
    onLine: (line) => {
      const step = /^I: ((?:downloading|extracting|installing|cleaning).*)/.exec(line)?.[1];
      if (step !== undefined) tell(step);
    },
  });
  if (code !== 0) {
    const why =
      stderr
        .trim()
        .split('\n')
        .filter((line) => line.startsWith('E: '))
        .at(0) ?? 'see mmdebstrap(1)';
    throw new LabUnavailable(`mmdebstrap could not build ${suite}: ${why}`);
  }
  await furnish(root);
  await rename(unfinished, tree);
  tell('base tree ready');
}

/** In a mount namespace of its own, so that no mount within the tree survives when mmdebstrap is killed. */
function bootstrapCommand(suite: Suite, root: string): string[] {
  return [
    ...['unshare', '--mount', '--propagation=private', 'setpriv', '--pdeathsig', 'KILL'],
    ...['mmdebstrap', '--mode=root', '--format=directory', '--variant=minbase'],
    `--include=${packagesOf(suite).join(',')}`,
    ...dpkgOptions.map((option) => `--dpkgopt=${option}`),
    ...[suite, root],
  ];
}

async function furnish(root: string): Promise<void> {
  for (const path of removedFiles) await rm(join(root, path), { force: true });
  const ssh = join(root, 'etc/ssh');
  for (const name of await readdir(ssh)) if (name.startsWith('ssh_host_')) await rm(join(ssh, name));
  for (const path of folders) await mkdir(join(root, path), { recursive: true });
  for (const unit of maskedUnits) await replaceBySymlink('/dev/null', join(root, 'etc/systemd/system', unit));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await rm(join(root, path), { force: true });
    await writeFile(join(root, path), text);
  }
}

async function replaceBySymlink(target: string, path: string): Promise<void> {
  await rm(path, { force: true });
  await symlink(target, path);
}

/** What a killed builder left; the lock is held, so nobody is working on it. */
async function removeUnfinished(suite: Suite): Promise<void> {
  for (const name of await readdir(cache)) {
    const path = join(cache, name);
    if (!name.startsWith(`${suite}-`) || !basename(path).endsWith('.unfinished')) continue;
    if ((await lstat(path)).isDirectory()) await rm(path, { recursive: true });
  }
}
