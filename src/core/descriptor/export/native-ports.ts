import type { ContainerRequest, PortMapping } from '../../model/container.ts';
import { portText } from '../../model/port-text.ts';
import type { ExportContext } from './export-context.ts';

/** The ports of all copies: of several, those in one place are a range that the copies share out. */
export function sharedPorts(copies: readonly ContainerRequest[], context: ExportContext): readonly string[] {
  const [first] = copies;
  if (first === undefined) return [];
  if (copies.length === 1) return first.spec.ports.map(portText);
  return first.spec.ports.flatMap((port, place) => {
    const shares = copies.map(({ spec }) => spec.ports[place]);
    // Each copy has a free port of its own.
    if (
      port.hostPort === 0 &&
      shares.every((share) => share !== undefined && portText(share) === portText(port))
    )
      return [portText(port)];
    if (shares.every((share, index) => follows(port, share, index))) return [rangeText(port, copies.length)];
    context.notes.push(
      `the copies of ${first.container} have host ports that are no range: ${portText(port)} is left out`,
    );
    return [];
  });
}

function follows(first: PortMapping, share: PortMapping | undefined, index: number): boolean {
  return (
    share?.hostPort === first.hostPort + index &&
    share.hostIp === first.hostIp &&
    share.containerPort === first.containerPort &&
    share.protocol === first.protocol
  );
}

function rangeText(port: PortMapping, count: number): string {
  const range = `${String(port.hostPort)}-${String(port.hostPort + count - 1)}`;
  return portText(port).replace(
    `${String(port.hostPort)}:${String(port.containerPort)}`,
    `${range}:${String(port.containerPort)}`,
  );
}
