import type { PortMapping } from '../../model/container.ts';
import { instanceName } from '../../model/instance-name.ts';
import { portsOverlap, portText } from '../../model/ports.ts';
import type { Path } from '../document.ts';
import type { Finding, ReadApp } from './read-app.ts';

interface Publication {
  readonly app: ReadApp;
  readonly owner: string;
  readonly port: PortMapping;
  readonly path: Path;
}

/** PORT_TAKEN for a host port that containers of these apps would take from each other; told where the later one says so. */
export function findSharedPorts(apps: readonly ReadApp[]): readonly Finding[] {
  const byPort = new Map<number, Publication[]>();
  const findings: Finding[] = [];
  for (const publication of publicationsOf(apps)) {
    const others = byPort.get(publication.port.hostPort) ?? [];
    const other = others.find(
      ({ port, owner }) => owner !== publication.owner && portsOverlap(port, publication.port),
    );
    others.push(publication);
    byPort.set(publication.port.hostPort, others);
    if (other !== undefined) findings.push(toFinding(publication, other));
  }
  return findings;
}

function* publicationsOf(apps: readonly ReadApp[]): Generator<Publication> {
  for (const app of apps) {
    for (const request of app.request.containers) {
      for (const [index, port] of request.spec.ports.entries()) {
        const path = ['containers', request.container, 'ports', index];
        yield { app, owner: instanceName(request), port, path };
      }
    }
  }
}

function toFinding(later: Publication, earlier: Publication): Finding {
  const { source, line } = earlier.app.place(earlier.path);
  return {
    apps: [...new Set([earlier.app, later.app])],
    failure: {
      code: 'PORT_TAKEN',
      message: `${later.owner} and ${earlier.owner} would both take host port ${later.port.hostPort}/${later.port.protocol}`,
      next: `give one of them another; ${source}:${line ?? 1} has ${portText(earlier.port)}`,
      place: later.app.place(later.path),
    },
  };
}
