import { existsSync } from 'node:fs';
import { run } from './command.ts';

/**
 * A lab's network is a namespace of its own with one bridge and no way out. The addresses are of the range for
 * benchmarks (RFC 2544), which neither Docker nor Podman gives to containers, and can be the same in every lab.
 */
const subnet = '198.18.77';
const bridge = 'br0';

export function addressOf(hostIndex: number): string {
  return `${subnet}.${10 + hostIndex}`;
}

/** The machine's own address on the lab's bridge. */
const machineAddress = `${subnet}.1`;
export const bridgeName = bridge;
export const prefixLength = 24;

export function namespaceOf(lab: string): string {
  return `gear-lab-${lab}`;
}

export function namespacePath(lab: string): string {
  return `/run/netns/${namespaceOf(lab)}`;
}

export async function createNetwork(lab: string): Promise<void> {
  const ip = ['ip', '-n', namespaceOf(lab)];
  await run(['ip', 'netns', 'add', namespaceOf(lab)]);
  await run([...ip, 'link', 'set', 'lo', 'up']);
  await run([...ip, 'link', 'add', bridge, 'type', 'bridge']);
  await run([...ip, 'address', 'add', `${machineAddress}/${prefixLength}`, 'dev', bridge]);
  await run([...ip, 'link', 'set', bridge, 'up']);
}

/** Pulls a host's cable, or plugs it in again: the host sees its carrier go and come. */
export async function setCable(lab: string, machine: string, up: boolean): Promise<void> {
  await run(['ip', '-n', namespaceOf(lab), 'link', 'set', `vb-${machine}`, up ? 'up' : 'down']);
}

export async function removeNetwork(lab: string): Promise<void> {
  if (existsSync(namespacePath(lab))) await run(['ip', 'netns', 'delete', namespaceOf(lab)]);
}

/** Puts the lab's network before a command of this machine. `ip netns exec` would hide the cgroups. */
export function onNetwork(lab: string, argv: readonly string[]): string[] {
  return ['nsenter', `--net=${namespacePath(lab)}`, '--', ...argv];
}
