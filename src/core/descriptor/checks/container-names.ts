import type { EngineKind } from '../../model/container.ts';
import { quote } from '../../../errors/quote.ts';
import { instanceName } from '../../model/instance-name.ts';
import type { Finding, ReadApp } from './read-app.ts';

interface Named {
  readonly app: ReadApp;
  readonly owner: string;
  readonly container: string;
  readonly engine: EngineKind | undefined;
}

/** NAME_TAKEN for a name that the engine would have to give two containers of these apps; told where the later one says so. */
export function findSharedContainerNames(apps: readonly ReadApp[]): readonly Finding[] {
  const byName = new Map<string, Named[]>();
  const findings: Finding[] = [];
  for (const app of apps) {
    for (const request of app.request.containers) {
      const { containerName } = request.spec;
      // That copies have one name is told by itself.
      if (containerName === undefined || (request.copy ?? 1) > 1) continue;
      const { container } = request;
      const later: Named = { app, owner: instanceName(request), container, engine: app.request.engine };
      const others = byName.get(containerName) ?? [];
      byName.set(containerName, [...others, later]);
      const other = others.find(
        ({ engine }) => engine === undefined || later.engine === undefined || engine === later.engine,
      );
      if (other !== undefined) findings.push(toFinding(containerName, later, other));
    }
  }
  return findings;
}

function toFinding(name: string, later: Named, earlier: Named): Finding {
  const path = (container: string) => ['containers', container, 'container_name'];
  const { source, line } = earlier.app.place(path(earlier.container));
  return {
    apps: [...new Set([earlier.app, later.app])],
    failure: {
      code: 'NAME_TAKEN',
      message: `${later.owner} and ${earlier.owner} would both be called ${quote(name)} by the engine`,
      next: `give one of them another; ${source}:${String(line ?? 1)} has it too`,
      place: later.app.place(path(later.container)),
    },
  };
}
