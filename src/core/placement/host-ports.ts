import type { ContainerSpec, PortMapping } from '../model/container.ts';
import { hashOf } from '../model/hash.ts';
import { portsOverlap } from '../model/ports.ts';

/**
 * Ports that gear gives away: below those that Linux takes for outgoing connections (ip_local_port_range begins at
 * 32768), so that no connection of the host's holds one when a container starts.
 */
const pool = { first: 20_000, last: 29_999 } as const;

/** Whether a mapping leaves the host port to gear: `0:80`. */
export function isUnchosen({ hostPort }: PortMapping): boolean {
  return hostPort === 0;
}

/** The host port that a mapping of the present form has for the same port of the container; undefined when none. */
export function presentPort(wanted: PortMapping, present: readonly PortMapping[]): PortMapping | undefined {
  return present.find(
    ({ hostIp, containerPort, protocol }) =>
      hostIp === wanted.hostIp && containerPort === wanted.containerPort && protocol === wanted.protocol,
  );
}

/**
 * The mapping with each port of the pool in turn that none of `taken` overlaps. Where it begins follows from the
 * container's name and port, so that a plan and its apply choose alike.
 */
export function* freePorts(
  name: string,
  wanted: PortMapping,
  taken: readonly PortMapping[],
): Generator<PortMapping> {
  const size = pool.last - pool.first + 1;
  const start = Number.parseInt(hashOf([name, wanted.containerPort, wanted.protocol]).slice(0, 8), 16) % size;
  for (let step = 0; step < size; step++) {
    const candidate = { ...wanted, hostPort: pool.first + ((start + step) % size) };
    if (!taken.some((other) => portsOverlap(candidate, other))) yield candidate;
  }
}

/** Whether the spec leaves a host port to gear. */
export function hasUnchosenPort({ ports }: Pick<ContainerSpec, 'ports'>): boolean {
  return ports.some(isUnchosen);
}
