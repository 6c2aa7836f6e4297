import type { AppRequest } from '../../src/core/model/app.ts';
import type { ContainerRequest, ContainerSpec } from '../../src/core/model/container.ts';

/** What a test says of a container; the rest is that of a plain one. */
export interface ContainerParts extends Partial<Omit<ContainerRequest, 'spec' | 'app'>> {
  readonly spec?: Partial<ContainerSpec>;
}

/** An app as a descriptor would give it; each container is on the app's own network unless it says otherwise. */
export function makeApp(
  app: string,
  containers: Readonly<Record<string, ContainerParts>>,
  parts: Partial<Omit<AppRequest, 'app' | 'containers'>> = {},
): AppRequest {
  return {
    app,
    source: `${app}.yaml`,
    networks: [],
    volumes: [],
    ...parts,
    containers: Object.entries(containers).map(([key, { spec, ...given }]) => ({
      app,
      container: key,
      environment: {},
      ...given,
      spec: {
        image: `${given.container ?? key}:1`,
        ports: [],
        mounts: [],
        networks: [{ name: `${app}_default`, aliases: [given.container ?? key] }],
        restart: 'always',
        stopTimeoutMs: 10_000,
        after: [],
        requires: [],
        ...spec,
      },
    })),
  };
}
