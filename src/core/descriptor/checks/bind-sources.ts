import type { Finding, ReadApp } from './read-app.ts';

/** The host paths that the apps mount, each once, in order. */
export function bindSources(apps: readonly ReadApp[]): readonly string[] {
  return [
    ...new Set(
      apps.flatMap(({ request }) =>
        request.containers.flatMap(({ spec }) =>
          spec.mounts.flatMap(({ kind, source }) => (kind === 'bind' ? [source] : [])),
        ),
      ),
    ),
  ];
}

/** What helps where a host path to be mounted is not there: of a socket or a file, a folder in its place would be a trap. */
export function absentSourceAdvice(source: string): string {
  const name = source.slice(source.lastIndexOf('/') + 1);
  if (name.endsWith('.sock')) return 'start what listens on that socket, or correct the path';
  if (/^(?!\.).*\.(?!d$)[a-z][a-z0-9]{0,9}$|file$/i.test(name))
    return `make that file (where it is to be a folder: mkdir -p ${source}), or correct the path`;
  return `mkdir -p ${source}; or correct the path`;
}

/** BIND_SOURCE for each mount of a host path that is not there: Docker would make an empty folder, Podman not start. */
export function findAbsentBinds(apps: readonly ReadApp[], absent: ReadonlySet<string>): readonly Finding[] {
  return apps.flatMap((app) => {
    // Copies mount the same.
    const once = app.request.containers.filter(({ copy = 1 }) => copy === 1);
    return once.flatMap(({ container, spec }) =>
      spec.mounts.flatMap(({ kind, source, target }, index): readonly Finding[] =>
        kind !== 'bind' || !absent.has(source)
          ? []
          : [
              {
                apps: [app],
                failure: {
                  code: 'BIND_SOURCE',
                  message: `${source}, which is to be mounted on ${target}, does not exist here`,
                  next: absentSourceAdvice(source),
                  place: app.place(['containers', container, 'volumes', index]),
                },
              },
            ],
      ),
    );
  });
}
