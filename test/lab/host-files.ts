import { randomBytes } from 'node:crypto';
import { chmod, copyFile, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './command.ts';
import { addressOf, prefixLength } from './network.ts';
import { hostFolder, labFolder, type HostState, type LabState } from './state.ts';

/** The private key with which root logs in to every host of the lab; its public half lies beside it. */
export function keyFile(lab: string): string {
  return join(labFolder(lab), 'id_ed25519');
}

/** The host keys of the lab's hosts, under their names and addresses. */
export function knownHostsFile(lab: string): string {
  return join(labFolder(lab), 'known_hosts');
}

/** The host's root file system as this machine sees it. */
export function rootOf(lab: string, host: string): string {
  return join(hostFolder(lab, host), 'root');
}

/** Makes the lab's key pair and a host key for each host. */
export async function createKeys(lab: LabState): Promise<void> {
  const hostKeyFile = (host: string) => join(hostFolder(lab.name, host), 'ssh_host_ed25519_key');
  await Promise.all([
    createKey(keyFile(lab.name), `lab ${lab.name}`),
    ...lab.hosts.map((host) => createKey(hostKeyFile(host.name), host.name)),
  ]);
  const lines = lab.hosts.map(async (host) => {
    const key = await readFile(`${hostKeyFile(host.name)}.pub`, 'utf8');
    return `${host.name},${addressOf(host.index)} ${key}`;
  });
  await writeFile(knownHostsFile(lab.name), (await Promise.all(lines)).join(''));
}

/** Writes what makes one host differ from the base tree, before its first boot: its name, address and keys. */
export async function furnishHost(
  lab: LabState,
  { name, light = false }: HostState,
  address: string,
): Promise<void> {
  const root = rootOf(lab.name, name);
  const hostKey = join(hostFolder(lab.name, name), 'ssh_host_ed25519_key');
  const names = lab.hosts.map((host) => `${addressOf(host.index)} ${host.name}\n`);
  await writeFile(join(root, 'etc/hostname'), `${name}\n`);
  await writeFile(join(root, 'etc/hosts'), `127.0.0.1 localhost\n::1 localhost\n${names.join('')}`);
  await writeFile(join(root, 'etc/machine-id'), `${randomBytes(16).toString('hex')}\n`);
  await writeFile(join(root, 'etc/systemd/system/host0.service'), networkUnit(address));
  await mkdir(join(root, 'etc/systemd/system/multi-user.target.wants'), { recursive: true });
  await symlink('../host0.service', join(root, 'etc/systemd/system/multi-user.target.wants/host0.service'));
  for (const unit of light ? engineUnits : [])
    await symlink('/dev/null', join(root, 'etc/systemd/system', unit));
  await copyFile(hostKey, join(root, 'etc/ssh/ssh_host_ed25519_key'));
  await copyFile(`${hostKey}.pub`, join(root, 'etc/ssh/ssh_host_ed25519_key.pub'));
  await copyFile(keyFile(lab.name), join(root, 'root/.ssh/id_ed25519'));
  await copyFile(`${keyFile(lab.name)}.pub`, join(root, 'root/.ssh/authorized_keys'));
  await copyFile(knownHostsFile(lab.name), join(root, 'root/.ssh/known_hosts'));
  await chmod(join(root, 'root/.ssh'), 0o700);
}

const engineUnits = ['docker.service', 'docker.socket', 'containerd.service'];

/** Static, so that a host that is `running` can be reached, and an unplugged cable does not take the address away. */
function networkUnit(address: string): string {
  return `[Unit]
Description=Address in the lab's network
DefaultDependencies=no
Wants=network.target
Before=network.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=ip link set host0 up
ExecStart=ip address replace ${address}/${prefixLength} dev host0
`;
}

async function createKey(file: string, comment: string): Promise<void> {
  await run(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', comment, '-f', file]);
}
