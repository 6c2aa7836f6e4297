import type { ContainerSpec, PortMapping } from '../core/model/container.ts';
import type { Manifest } from '../core/model/manifest.ts';
import { freePorts, hasUnchosenPort, isUnchosen, presentPort } from '../core/placement/host-ports.ts';
import { FailureError } from '../errors/failure.ts';
import type { FlowContext } from './context.ts';

interface Wanting {
  readonly name: string;
  readonly spec: ContainerSpec;
}

/**
 * The specs by name, each `0:PORT` of them with a host port: the one that the present form has, else a free one, on
 * which nothing listens. FailureError PORT_TAKEN when none is left.
 */
export async function withHostPorts(
  context: FlowContext,
  wanting: readonly Wanting[],
  manifest: Manifest | null,
): Promise<ReadonlyMap<string, ContainerSpec>> {
  const present = new Map(manifest?.instances.map(({ name, spec }) => [name, spec.ports]));
  const taken = [...[...present.values()].flat(), ...wanting.flatMap(({ spec }) => spec.ports)].filter(
    (port) => !isUnchosen(port),
  );
  const chosen = new Map<string, ContainerSpec>();
  for (const { name, spec } of wanting) {
    if (!hasUnchosenPort(spec)) {
      chosen.set(name, spec);
      continue;
    }
    const ports: PortMapping[] = [];
    // One after the other: each takes what the next must leave.
    for (const port of spec.ports) {
      const left = (present.get(name) ?? []).filter((each) => !ports.includes(each));
      const own = isUnchosen(port)
        ? (presentPort(port, left) ?? (await bindablePort(context, name, port, taken)))
        : port;
      taken.push(own);
      ports.push(own);
    }
    chosen.set(name, { ...spec, ports });
  }
  return chosen;
}

async function bindablePort(
  { host }: FlowContext,
  name: string,
  wanted: PortMapping,
  taken: readonly PortMapping[],
): Promise<PortMapping> {
  for (const candidate of freePorts(name, wanted, taken)) {
    const { protocol, hostIp, hostPort } = candidate;
    if (await host.canBind({ protocol, address: hostIp, port: hostPort })) return candidate;
  }
  throw new FailureError({
    code: 'PORT_TAKEN',
    message: `${name}: no host port is free for its port ${String(wanted.containerPort)}/${wanted.protocol}`,
    next: `choose one: --publish HOST:${String(wanted.containerPort)}`,
    subject: name,
  });
}
