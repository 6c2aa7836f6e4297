import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { LabError } from './errors.ts';
import { isGone } from './gone.ts';
import { startTimeOf } from './proc.ts';
import type { Suite } from './recipe.ts';

/** On disk, not in /run: the hosts' own layers and engine data lie here too, and an overlay wants a real disk. */
const stateRoot = '/var/lib/gear-lab';

/** A path of the machine that appears inside a host. */
export interface Bind {
  from: string;
  to: string;
  readOnly?: boolean;
}

export interface HostState {
  name: string;
  suite: Suite;
  /** The host's place in the lab, from 1; its address and its network interface derive from it. */
  index: number;
  binds: Bind[];
  light?: boolean;
  tree: string;
}

export interface LabState {
  name: string;
  /** Short and unique among the labs of this machine: network interfaces have no room for names. */
  id: string;
  /** The process that the lab must not outlive; null for a lab that stays until `lab down`. */
  owner: { pid: number; startTime: string } | null;
  hosts: HostState[];
}

const namePattern = /^[a-z][a-z0-9-]{0,29}$/;

/** Lab and host names become file, cgroup, network and host names. */
export function assertName(what: string, name: string): void {
  if (!namePattern.test(name)) {
    throw new LabError(
      `${what} "${name}": use a to z, 0 to 9 and -, begin with a letter, at most 30 characters`,
    );
  }
}

export function labFolder(name: string): string {
  return join(stateRoot, 'labs', name);
}

export function hostFolder(lab: string, host: string): string {
  return join(labFolder(lab), 'hosts', host);
}

/** Held by whoever takes a lab down, so that its guard and its owner do not do it at the same time. */
export function lockFile(name: string): string {
  return join(stateRoot, 'locks', name);
}

export function newLabId(): string {
  return randomBytes(3).toString('hex');
}

/** Claims the name: from the first instant the folder exists it says whose it is. */
export async function createState(state: LabState): Promise<void> {
  const folder = labFolder(state.name);
  const unborn = join(stateRoot, 'unborn', state.id);
  await mkdir(join(folder, '..'), { recursive: true });
  await mkdir(unborn, { recursive: true });
  await writeFile(join(unborn, 'lab.json'), JSON.stringify(state, null, 2));
  try {
    await rename(unborn, folder);
  } catch {
    await rm(unborn, { recursive: true });
    throw new LabError(`the lab "${state.name}" is already up: take it down first, or choose another name`);
  }
}

export async function writeState(state: LabState): Promise<void> {
  const file = join(labFolder(state.name), 'lab.json');
  await writeFile(`${file}.new`, JSON.stringify(state, null, 2));
  await rename(`${file}.new`, file);
}

export async function readState(name: string): Promise<LabState | undefined> {
  const text = await readFile(join(labFolder(name), 'lab.json'), 'utf8').catch(isGone);
  return text === undefined ? undefined : (JSON.parse(text) as LabState);
}

export async function listStates(): Promise<LabState[]> {
  const names = (await readdir(join(stateRoot, 'labs')).catch(isGone)) ?? [];
  const states = await Promise.all(names.map(readState));
  return states.filter((state) => state !== undefined);
}

/** This process, so that a later one can tell whether it still lives even when its pid is used again. */
export async function thisProcess(): Promise<{ pid: number; startTime: string }> {
  const startTime = await startTimeOf(process.pid);
  if (startTime === undefined) throw new Error('/proc/self/stat cannot be read');
  return { pid: process.pid, startTime };
}

export async function ownerIsDead(state: LabState): Promise<boolean> {
  if (state.owner === null) return false;
  return (await startTimeOf(state.owner.pid)) !== state.owner.startTime;
}
