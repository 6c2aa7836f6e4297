import { spawn } from 'node:child_process';
import { openSync, closeSync } from 'node:fs';
import { join } from 'node:path';
import { cleanEnv } from './command.ts';
import type { HostCgroup } from './cgroup.ts';
import { rootOf } from './host-files.ts';
import { bridgeName, onNetwork } from './network.ts';
import { hostFolder, type Bind, type HostState, type LabState } from './state.ts';

/** The machine's node, at a place that is on every PATH inside. */
const nodeBind: Bind = { from: process.execPath, to: '/usr/local/bin/node', readOnly: true };

/**
 * The name that systemd-nspawn knows a host by. It goes into the name of a network interface, `vb-<machine>`, which
 * has room for 15 letters, and into /run/systemd/nspawn, which all labs share: hence no host name.
 */
export function machineName(lab: LabState, host: HostState): string {
  return `${lab.id}-${host.index}`;
}

/** Where what the host's PID 1 writes to its console is kept. */
export function consoleFile(lab: LabState, host: HostState): string {
  return join(hostFolder(lab.name, host.name), 'console.log');
}

/** Folders of the machine's disk below the engines' own, because overlay2 does not work upon an overlay. */
export function engineFolders(lab: LabState, host: HostState): Bind[] {
  const folder = hostFolder(lab.name, host.name);
  return [
    { from: join(folder, 'docker'), to: '/var/lib/docker' },
    { from: join(folder, 'containers'), to: '/var/lib/containers' },
  ];
}

/** Starts systemd-nspawn in the host's cgroup and in a session of its own, and returns at once. */
export function startNspawn(lab: LabState, host: HostState, cgroup: HostCgroup): void {
  const log = openSync(consoleFile(lab, host), 'a');
  const join = ['sh', '-c', 'echo $$ >"$0" && exec "$@"', `${cgroup.path}/cgroup.procs`];
  const [file = '', ...args] = [...join, ...onNetwork(lab.name, nspawnCommand(lab, host))];
  const child = spawn(file, args, {
    // Docker needs cgroup v2 inside, also where the machine itself is hybrid.
    env: { ...cleanEnv, SYSTEMD_NSPAWN_UNIFIED_HIERARCHY: '1' },
    detached: true,
    stdio: ['ignore', log, log],
  });
  child.unref();
  closeSync(log);
}

function nspawnCommand(lab: LabState, host: HostState): string[] {
  return [
    ...['systemd-nspawn', '--quiet', '--settings=no', '--boot', '--console=pipe'],
    ...[`--directory=${rootOf(lab.name, host.name)}`, `--machine=${machineName(lab, host)}`],
    `--hostname=${host.name}`,
    // No systemd-machined, and the cgroup is ours already.
    ...['--register=no', '--keep-unit'],
    `--network-bridge=${bridgeName}`,
    // What container engines do that systemd-nspawn forbids by default.
    ...['--capability=all', '--system-call-filter=add_key keyctl bpf'],
    // The host's files say these themselves.
    ...['--resolv-conf=off', '--timezone=off', '--link-journal=no'],
    ...[nodeBind, ...engineFolders(lab, host), ...host.binds].map(bindOption),
  ];
}

/** A colon within a path is escaped with a backslash (systemd-nspawn(1), --bind). */
function bindOption({ from, to, readOnly }: Bind): string {
  const [source, target] = [from, to].map((path) => path.replace(/[\\:]/g, '\\$&'));
  return `--bind${readOnly === true ? '-ro' : ''}=${source}:${target}`;
}
