import { readFile } from 'node:fs/promises';
import type { CommandResult, UserManagerFacts } from '../../ports/host.ts';
import type { EngineKind } from '../../core/model/container.ts';
import { exists } from '../engine/docker-socket.ts';
import type { UserAccount } from './user-account.ts';

/** Programs that talk to the machine's systemd unless they are told otherwise. */
const managerPrograms: ReadonlySet<string> = new Set(['systemctl', 'systemd-run', 'systemd-analyze']);

/**
 * Programs for the data of containers, whose owners are IDs of the user's that only root has outside of the user's
 * namespace (podman-unshare(1)).
 */
const dataPrograms: ReadonlySet<string> = new Set(['tar', 'mkdir', 'mv', 'rm', 'du']);

/** How a command gets into the namespace of a user's containers. */
const namespaces = {
  podman: ['podman', 'unshare'],
  // The same IDs, by unshare(1) of a host without Podman.
  docker: ['unshare', '--map-auto', '--map-root-user', '--'],
} as const;

/**
 * A command for a host, as it is for a user's own systemd and rootless containers; `engine` is one that the host has.
 */
export function asUser(command: readonly string[], engine: EngineKind): readonly string[] {
  const [program = '', ...rest] = command;
  if (managerPrograms.has(program)) return [program, '--user', ...rest];
  return dataPrograms.has(program) ? [...namespaces[engine], ...command] : command;
}

/** What a command of this user needs beside PATH, to find the user's systemd and Podman's store. */
export function userEnvironment({ home, folders }: UserAccount): Readonly<Record<string, string>> {
  return { HOME: home, XDG_RUNTIME_DIR: folders.runtime };
}

/** Whether the user's systemd runs from boot on, and what rootless engines need. */
export async function readUserManagerFacts(
  { name, uid, folders }: UserAccount,
  run: (command: readonly string[]) => Promise<CommandResult>,
): Promise<UserManagerFacts> {
  const socket = `${folders.runtime}/docker.sock`;
  const delegated = `/sys/fs/cgroup/user.slice/user-${String(uid)}.slice/user@${String(uid)}.service`;
  const [lingers, uids, gids, firstPort, controllers, docker] = await Promise.all([
    // logind keeps a file for each user that lingers, which all may see.
    exists(`/var/lib/systemd/linger/${name}`),
    hasSubordinates('/etc/subuid', ['getsubids', name]),
    hasSubordinates('/etc/subgid', ['getsubids', '-g', name]),
    textOf('/proc/sys/net/ipv4/ip_unprivileged_port_start'),
    textOf(`${delegated}/cgroup.controllers`),
    exists(socket),
  ]);
  return {
    lingers,
    hasSubordinateIds: uids && gids,
    firstPort: Number.parseInt(firstPort ?? '1024', 10),
    controllers: controllers === null ? null : controllers.split(/\s+/).filter((word) => word !== ''),
    dockerSocket: docker ? socket : null,
  };

  /** By subuid(5); a directory service that has them instead is asked by getsubids(1). */
  async function hasSubordinates(file: string, ask: readonly string[]): Promise<boolean> {
    const owners = (await textOf(file))?.split('\n').map((line) => line.split(':')[0]) ?? [];
    if (owners.includes(name) || owners.includes(String(uid))) return true;
    const { status, stdout } = await run(ask);
    return status === 0 && stdout.trim() !== '';
  }
}

/** Null where there is no such file, or not for this user. */
async function textOf(path: string): Promise<string | null> {
  return readFile(path, 'utf8').then(
    (text) => text.trim(),
    () => null,
  );
}
