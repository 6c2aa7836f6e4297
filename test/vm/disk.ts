import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { run } from '../lab/command.ts';
import { withLock } from '../lab/lock.ts';
import { dpkgOptions, maskedUnits, packagesOf } from '../lab/recipe.ts';
import { cache, type Progress } from '../lab/tree.ts';

/** What a machine boots from: paths of files that are only read. */
export interface SystemDisk {
  readonly kernel: string;
  readonly initrd: string;
  readonly disk: string;
}

/** On the console of a machine, when all is started. */
export const bootedWords = 'the machine is up';

const packages = [...packagesOf('trixie'), 'linux-image-cloud-amd64', 'initramfs-tools', 'apparmor'];

/** Unlike a lab host's: the kernel is its own, so nothing is left out that only a shared one lacks. */
const files: Readonly<Record<string, string>> = {
  '/etc/fstab': '/dev/vda / ext4 defaults 0 1\n/dev/vdb /opt ext4 ro 0 2\n',
  '/etc/hostname': 'machine\n',
  '/etc/systemd/network/10-machine.network': '[Match]\nName=e*\n\n[Network]\nDHCP=yes\n',
  // systemd's own words end on a console when somebody may log in there, which is earlier.
  '/etc/systemd/system/told.service': `[Unit]
After=multi-user.target

[Service]
Type=oneshot
ExecStart=echo '${bootedWords}'
StandardOutput=journal+console

[Install]
WantedBy=graphical.target
`,
  // The key of whoever boots it is on the second disk.
  '/etc/ssh/sshd_config.d/10-key.conf': 'AuthorizedKeysFile /opt/authorized_keys\n',
};

/** Takes about a minute the first time; whoever asks while another builds waits for that one. */
export async function systemDisk(progress: Progress): Promise<SystemDisk> {
  const recipe = JSON.stringify([packages, dpkgOptions, maskedUnits, files]);
  const hash = createHash('sha256').update(recipe).digest('hex').slice(0, 12);
  const folder = join(cache, `machine-${hash}`);
  await withLock(join(cache, 'machine.lock'), async () => {
    if (existsSync(folder)) return;
    progress('building the disk of a virtual machine, once, about a minute');
    const unfinished = `${folder}.unfinished`;
    await rm(unfinished, { recursive: true, force: true });
    await build(unfinished);
    await rename(unfinished, folder);
  });
  return {
    kernel: join(folder, 'vmlinuz'),
    initrd: join(folder, 'initrd.img'),
    disk: join(folder, 'disk.img'),
  };
}

async function build(folder: string): Promise<void> {
  const root = join(folder, 'root');
  await mkdir(folder, { recursive: true });
  await run(
    [
      ...['mmdebstrap', '--mode=root', '--format=directory', '--variant=minbase'],
      `--include=${packages.join(',')}`,
      ...dpkgOptions.map((option) => `--dpkgopt=${option}`),
      ...['trixie', root],
    ],
    { timeoutMs: 900_000 },
  );
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  await run(['systemctl', `--root=${root}`, 'enable', 'systemd-networkd', 'told']);
  await run(['systemctl', `--root=${root}`, 'mask', ...maskedUnits]);
  for (const name of await readdir(join(root, 'boot'))) {
    const kept = /^(vmlinuz|initrd\.img)-/.exec(name)?.[1];
    if (kept !== undefined) await rename(join(root, 'boot', name), join(folder, kept));
  }
  // Sparse: what a machine writes goes to a layer of its own.
  await makeDisk(root, join(folder, 'disk.img'), '8G');
  await rm(root, { recursive: true });
}

/** A disk with the files of a folder; nothing is mounted for it. */
export async function makeDisk(folder: string, disk: string, size: string): Promise<void> {
  await run(['mke2fs', '-q', '-t', 'ext4', '-d', folder, disk, size]);
}
