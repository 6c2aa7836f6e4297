import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cgroupRoot } from './cgroup.ts';
import { cleanEnv, run } from './command.ts';
import { LabUnavailable } from './errors.ts';
import { withLock } from './lock.ts';

/** The programs that the lab calls, and the Debian package which has each. */
const packageOf = {
  'systemd-nspawn': 'systemd-container',
  mmdebstrap: 'mmdebstrap',
  ip: 'iproute2',
  nsenter: 'util-linux',
  flock: 'util-linux',
  mount: 'mount',
  'ssh-keygen': 'openssh-client',
  tar: 'tar',
} as const;

/** The archive's keys: not a program, and Debian's relatives do not have them at hand. */
const keyring = { file: '/usr/share/keyrings/debian-archive-keyring.gpg', package: 'debian-archive-keyring' };

export type LabCheck = { ok: true } | { ok: false; reason: string };

/**
 * Whether hosts can be booted here, without changing anything. Missing programs are no obstacle where apt-get can
 * bring them; that they really come shows only when a lab goes up.
 */
export function canRunLab(): LabCheck {
  const reason = obstacle();
  return reason === undefined ? { ok: true } : { ok: false, reason };
}

function obstacle(): string | undefined {
  if (process.platform !== 'linux') return `the lab needs Linux, this is ${process.platform}`;
  if (process.getuid?.() !== 0) return 'the lab needs root, to mount file systems and boot hosts';
  const missing = missingPackages();
  if (missing.length > 0 && !onPath('apt-get')) {
    return `the lab needs ${missing.join(', ')}, and there is no apt-get to install it`;
  }
  if (spawnSync('unshare', ['--mount', 'true']).status !== 0) {
    return 'the lab needs the right to mount, which this container or sandbox does not give';
  }
  if (!readFileSync('/proc/filesystems', 'utf8').includes('\toverlay\n') && !loadsOverlay()) {
    return 'the lab needs the overlay file system, which this kernel does not have';
  }
  const root = cgroupRoot();
  if (root === undefined) return 'the lab needs a cgroup v2 hierarchy, and none is mounted';
  try {
    accessSync(root, constants.W_OK);
  } catch {
    return `the lab needs to write to ${root}, which is read-only here`;
  }
  return undefined;
}

/** Installs with apt-get what is missing; throws LabUnavailable when that fails. */
export async function installRequirements(progress: (line: string) => void): Promise<void> {
  if (missingPackages().length === 0) return;
  await withLock('/run/lock/gear-lab-apt', async () => {
    const missing = missingPackages();
    if (missing.length === 0) return;
    progress(`installing ${missing.join(', ')} with apt-get`);
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    const install = ['apt-get', 'install', '-y', '-q', '--no-install-recommends', ...missing];
    const options = { env, timeoutMs: 300_000, check: false };
    // One that does not end has failed, too.
    const attempt = (argv: readonly string[]) =>
      run(argv, options).catch((error: unknown) => ({ code: 1, stderr: String(error) }));
    // Stale package lists make the first attempt fail, or are not there at all.
    if ((await attempt(install)).code === 0) return;
    await attempt(['apt-get', 'update', '-q']);
    const result = await attempt(install);
    if (result.code !== 0) {
      const last = result.stderr.trim().split('\n').at(-1) ?? '';
      throw new LabUnavailable(`apt-get could not install ${missing.join(', ')}: ${last}`);
    }
  });
}

function missingPackages(): string[] {
  const missing: string[] = Object.entries(packageOf)
    .filter(([program]) => !onPath(program))
    .map(([, name]) => name);
  if (!existsSync(keyring.file)) missing.push(keyring.package);
  return [...new Set(missing)];
}

function onPath(program: string): boolean {
  return (cleanEnv['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}

function loadsOverlay(): boolean {
  return spawnSync('modprobe', ['overlay'], { env: cleanEnv }).status === 0;
}
