import type { AppRequest } from '../../model/app.ts';
import type { ContainerRequest } from '../../model/container.ts';
import { instanceName } from '../../model/instance-name.ts';
import { shortKeys, type ShortKey } from './short-keys.ts';

/** What the parts of an app are written with. */
export interface ExportContext {
  readonly app: AppRequest;
  /** The requests of each container, by its name: one a copy. */
  readonly copies: ReadonlyMap<string, readonly ContainerRequest[]>;
  readonly networkKeys: ReadonlyMap<string, ShortKey>;
  readonly volumeKeys: ReadonlyMap<string, ShortKey>;
  /** Full name of an instance → its container. */
  readonly owners: ReadonlyMap<string, string>;
  /** What of the app a descriptor cannot say, for people. */
  readonly notes: string[];
}

/** Gathers the names of an app, and what each is called in its descriptor. */
export function exportContext(app: AppRequest): ExportContext {
  const copies = new Map<string, ContainerRequest[]>();
  for (const request of app.containers)
    copies.set(request.container, [...(copies.get(request.container) ?? []), request]);
  const specs = app.containers.map(({ spec }) => spec);
  const volumes = specs.flatMap(({ mounts }) =>
    mounts.filter(({ kind }) => kind === 'volume').map(({ source }) => source),
  );
  const networks = specs.flatMap(({ networks: used = [] }) => used.map(({ name }) => name));
  return {
    app,
    copies,
    networkKeys: shortKeys(app.app, [...networks, ...app.networks.map(({ name }) => name)]),
    volumeKeys: shortKeys(app.app, [...volumes, ...app.volumes.map(({ name }) => name)]),
    owners: new Map(app.containers.map((request) => [instanceName(request), request.container])),
    notes: [],
  };
}
