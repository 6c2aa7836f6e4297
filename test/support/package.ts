import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const exec = promisify(execFile);
const root = path.join(import.meta.dirname, '..', '..');

/** What `npm pack` makes, installed into a folder of its own as a user would, without a network. */
export interface InstalledPackage {
  /** Paths inside the package. */
  readonly files: readonly string[];
  /** Folder of the installed package. */
  readonly folder: string;
  /** The command that npm put on the PATH. */
  readonly gear: string;
  /** An empty home folder for it. */
  readonly home: string;
  remove(): Promise<void>;
}

/** Packs the checkout, which builds it, and installs the tarball. */
export async function installPackage(): Promise<InstalledPackage> {
  const temp = await mkdtemp(path.join(tmpdir(), 'gear-package-'));
  const npm = (...args: string[]) => exec('npm', [...args, '--cache', path.join(temp, 'npm')], { cwd: root });
  const { stdout } = await npm('pack', '--json', '--pack-destination', temp);
  // The build prints a line of its own before npm's JSON.
  const [packed] = JSON.parse(stdout.slice(stdout.indexOf('[\n'))) as [
    { filename: string; files: { path: string }[] },
  ];
  const prefix = path.join(temp, 'prefix');
  await npm('install', '--global', '--offline', '--prefix', prefix, path.join(temp, packed.filename));
  return {
    files: packed.files.map((file) => file.path),
    folder: path.join(prefix, 'lib', 'node_modules', 'gear'),
    gear: path.join(prefix, 'bin', 'gear'),
    home: path.join(temp, 'home'),
    remove: () => rm(temp, { recursive: true }),
  };
}
