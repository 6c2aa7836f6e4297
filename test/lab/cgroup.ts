import { existsSync, readFileSync, watch } from 'node:fs';
import { mkdir, readdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LabError } from './errors.ts';
import { isGone } from './gone.ts';
import { childrenOf, isInit, numbersIn } from './proc.ts';
import { patienceMs } from './patience.ts';

/**
 * Every host lives in a cgroup of its own, made by the lab: systemd-nspawn splits it into `supervisor` (itself) and
 * `payload` (the host). That is how the lab finds a host's processes, freezes them all at one instant, and knows when
 * the last of them is gone.
 */
export interface HostCgroup {
  readonly path: string;
}

/** Where cgroup v2 is mounted: alone, or beside v1 (hybrid), where systemd-nspawn can use it just as well. */
export function cgroupRoot(): string | undefined {
  return ['/sys/fs/cgroup', '/sys/fs/cgroup/unified'].find(
    (path) => existsSync(join(path, 'cgroup.procs')) && isV2(path),
  );
}

function isV2(path: string): boolean {
  return readFileSync('/proc/self/mounts', 'utf8').includes(` ${path} cgroup2 `);
}

/** The cgroup of a lab, whose children are its hosts. */
export function labCgroup(lab: string): string {
  return join(cgroupRoot() ?? '/sys/fs/cgroup', 'gear-lab', lab);
}

export function hostCgroup(lab: string, host: string): HostCgroup {
  return { path: join(labCgroup(lab), host) };
}

/** Makes the cgroup and hands it every controller that there is; on a hybrid machine there may be none. */
export async function createHostCgroup({ path }: HostCgroup): Promise<void> {
  await mkdir(path, { recursive: true });
  const root = cgroupRoot();
  if (root === undefined) return;
  for (const parent of [root, join(path, '../..'), join(path, '..')]) {
    const controllers = (await readFile(join(parent, 'cgroup.controllers'), 'utf8'))
      .split(/\s+/)
      .filter(Boolean);
    await writeFile(join(parent, 'cgroup.subtree_control'), controllers.map((name) => `+${name}`).join(' '));
  }
}

/** The host's PID 1 as this machine numbers it, or undefined when the host is down. */
export async function leaderPid({ path }: HostCgroup): Promise<number | undefined> {
  for (const supervisor of await numbersIn(join(path, 'supervisor', 'cgroup.procs'))) {
    for (const child of await childrenOf(supervisor)) if (await isInit(child)) return child;
  }
  return undefined;
}

/** Stops every process of the host at one instant, or lets them go on; resolves when the kernel says it is done. */
export async function setFrozen({ path }: HostCgroup, frozen: boolean): Promise<void> {
  const payload = join(path, 'payload');
  await writeFile(join(payload, 'cgroup.freeze'), frozen ? '1' : '0');
  await awaitEvent(payload, `frozen ${frozen ? 1 : 0}`, patienceMs);
}

/** Resolves when no process is left in the host's cgroup, systemd-nspawn included. */
export async function awaitEmpty({ path }: HostCgroup, timeoutMs: number): Promise<void> {
  await awaitEvent(path, 'populated 0', timeoutMs);
}

/** Kills whatever is in the host's cgroup, systemd-nspawn included. */
export async function killAll({ path }: HostCgroup): Promise<void> {
  await writeFile(join(path, 'cgroup.kill'), '1').catch(isGone);
}

/** Removes a cgroup and all below it; they must be empty of processes. */
export async function removeCgroup(path: string): Promise<void> {
  const entries = await readdir(path, { withFileTypes: true }).catch(isGone);
  if (entries === undefined) return;
  for (const entry of entries) if (entry.isDirectory()) await removeCgroup(join(path, entry.name));
  await rmdir(path).catch(isGone);
}

/** The kernel reports a change of cgroup.events through inotify (cgroup-v2, "cgroup.events"). */
async function awaitEvent(path: string, line: string, timeoutMs: number): Promise<void> {
  const file = join(path, 'cgroup.events');
  const holds = () => !existsSync(file) || readFileSync(file, 'utf8').split('\n').includes(line);
  if (holds()) return;
  await new Promise<void>((resolve, reject) => {
    const watcher = watch(file, check);
    const timer = setTimeout(() => {
      watcher.close();
      reject(new LabError(`waited ${timeoutMs} ms in vain for "${line}" in ${file}`));
    }, timeoutMs);
    function check() {
      if (!holds()) return;
      clearTimeout(timer);
      watcher.close();
      resolve();
    }
    check();
  });
}
