import type { AppRequest } from '../../model/app.ts';
import type { ContainerRequest, Environment, GivenFile } from '../../model/container.ts';
import type { Instance } from '../../model/instance.ts';
import type { AppNetwork } from '../../model/network.ts';

/** What the host keeps of an instance beside the manifest. */
export interface InstanceContents {
  readonly environment: Environment;
  readonly files: readonly GivenFile[];
}

/**
 * The app that the instances of a manifest were made from, as far as the manifest tells: networks that gear does not
 * own are external, and a volume is only a name.
 */
export function runningApp(
  app: string,
  instances: readonly Instance[],
  networks: readonly AppNetwork[],
  contents: ReadonlyMap<string, InstanceContents>,
): AppRequest {
  const own = instances.filter((each) => each.app === app);
  const [first] = own;
  const owned = networks.filter((network) => network.app === app);
  const used = new Set(own.flatMap(({ spec }) => (spec.networks ?? []).map(({ name }) => name)));
  const strangers = [...used].filter((name) => !owned.some((network) => network.name === name));
  return {
    app,
    source: `the running app ${app}`,
    ...(first === undefined ? {} : { engine: first.engine }),
    containers: own.map((instance) => requestOf(instance, contents.get(instance.name))),
    networks: [
      ...owned.map(({ name, spec }) => ({ name, spec })),
      ...strangers.map((name) => ({ name, external: true as const, spec: {} })),
    ].toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    volumes: [],
  };
}

function requestOf(instance: Instance, contents: InstanceContents | undefined): ContainerRequest {
  const { app, container, spec, secretEnvironment } = instance;
  // The host has the values of secrets among the others; whoever reads this is to see their names alone.
  const plain = Object.entries(contents?.environment ?? {}).filter(
    ([key]) => secretEnvironment === undefined || !Object.hasOwn(secretEnvironment, key),
  );
  const copy = copyOf(instance);
  return {
    app,
    container,
    ...(copy === undefined ? {} : { copy }),
    spec,
    environment: Object.fromEntries(plain),
    ...(secretEnvironment === undefined ? {} : { secretEnvironment }),
    files: contents?.files ?? [],
  };
}

/** The number in `shop.web-2`; a single one has none. */
function copyOf({ name, app, container }: Instance): number | undefined {
  const start = `${app}.${container}-`;
  const number = name.startsWith(start) ? name.slice(start.length) : '';
  return /^[1-9]\d*$/.test(number) ? Number(number) : undefined;
}
