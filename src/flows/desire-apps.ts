import type { VolumeRequest } from '../core/model/app.ts';
import type { ContainerSpec, Environment } from '../core/model/container.ts';
import { isSame } from '../core/model/same.ts';
import type { Hold, Instance, InstanceFile } from '../core/model/instance.ts';
import type { AppSource } from '../core/model/manifest.ts';
import { resolveInstance } from '../core/model/resolve.ts';
import type { Observed } from '../core/plan/observed.ts';
import { volumesOf } from '../core/plan/preparation.ts';
import { findRenames } from '../core/plan/renames.ts';
import { noWishes, type VolumeToErase } from '../core/plan/wishes.ts';
import { dataHash } from '../apply/data-store.ts';
import { environmentHash } from '../apply/environment-store.ts';
import type { HeldBack } from './change-apps.ts';
import { desireNetworks } from './desire-networks.ts';
import type { OwnedVolumeOf } from './owned-volumes.ts';
import type { Desire } from './planning.ts';
import { isDisabled } from './watch-purpose.ts';
import type { PreparedApp, PreparedContainer } from './prepare-apps.ts';

/** What a desire is made of, beside the snapshot of the host. */
export interface DesireInput {
  readonly apps: readonly PreparedApp[];
  readonly heldBack: HeldBack;
  /** Full names: only they are changed; null: all. */
  readonly only: ReadonlySet<string> | null;
  readonly pruneVolumes: boolean;
  readonly sources: ReadonlyMap<string, AppSource>;
  /** The hold of what is new, by its name. */
  readonly holdOf: (name: string) => Hold | null;
  /** What keeps stopped what a person disabled and stopped; null: it starts again. */
  readonly holdsDisabled: Hold | null;
  readonly key: Uint8Array;
  /** Subnets that new networks must keep clear of. */
  readonly usedSubnets: readonly string[];
  /** The specs by name, with host ports chosen. */
  readonly specs: ReadonlyMap<string, ContainerSpec>;
  /** Volumes with gear's mark. */
  readonly volumes: readonly OwnedVolumeOf[];
}

/**
 * The whole set of the host: other apps as they are, these as described. What left the descriptor of one of these is no
 * longer in it; what is held stays held.
 */
export function desireApps(input: DesireInput, observed: Observed): Desire {
  const apps = input.apps.filter(({ request }) => !input.heldBack.has(request.app));
  const names = new Set(apps.map(({ request }) => request.app));
  const { holdsDisabled } = input;
  const present = (observed.manifest?.instances ?? []).map((each) =>
    holdsDisabled !== null && names.has(each.app) && isDisabled(observed, each)
      ? { ...each, hold: holdsDisabled }
      : each,
  );
  const before = new Map(present.map((each) => [each.name, each]));
  const environments = new Map<string, Environment>();
  const data = new Map<string, Uint8Array>();
  const isMeant = (name: string): boolean => input.only?.has(name) ?? true;
  const stated = new Set(
    apps.flatMap(({ containers }) => containers.map(({ name }) => name).filter(isMeant)),
  );
  const goes = (each: Instance): boolean => names.has(each.app) && input.only === null;
  const leaving = present.filter((each) => !stated.has(each.name) && goes(each));
  const renamed = new Map<string, string>();
  const described = apps.flatMap((app) => {
    const describe = (container: PreparedContainer, old: Former | undefined): Instance =>
      toInstance(input, app.engine, container, old, environments, data);
    const meant = app.containers.filter(({ name }) => isMeant(name));
    const coming =
      leaving.length === 0
        ? []
        : meant.filter(({ name }) => !before.has(name)).map((each) => describe(each, undefined));
    const renames = findRenames(leaving, coming);
    for (const [name, former] of renames) renamed.set(name, former.name);
    return meant.map((container) => {
      const former = renames.get(container.name);
      if (former !== undefined) return describe(container, asFormer(former));
      const old = before.get(container.name);
      const after = describe(container, old);
      // The very object tells whoever renders that nothing changed.
      return old !== undefined && isSame(old, after) ? old : after;
    });
  });
  const kept = present.filter((each) => !stated.has(each.name) && !goes(each));
  const desired = [...kept, ...described];
  const touched = [...present.filter(goes).map((each) => each.name), ...stated];
  return {
    desired,
    networks: [
      ...(observed.manifest?.networks ?? []).filter(({ app }) => !names.has(app)),
      ...desireNetworks(apps, observed.manifest, {
        usedSubnets: input.usedSubnets,
        stays: input.only !== null,
      }),
    ],
    sources: new Map([...input.sources].filter(([app]) => names.has(app) && input.only === null)),
    environments,
    data,
    volumes: new Map(
      apps.flatMap(({ request }) =>
        request.volumes.map((each): [string, VolumeRequest] => [each.name, each]),
      ),
    ),
    wishes: {
      ...noWishes,
      touched: new Set(touched),
      renamed,
      eraseVolumes: input.pruneVolumes ? unmounted(input.volumes, names, desired) : [],
    },
  };
}

/** What an instance keeps of the one that was there before. */
type Former = Pick<Instance, 'hold' | 'formerly'>;

/** What a renamed instance keeps: where its image declares volumes, their names too. */
function asFormer({ name, formerly = name, ownedVolumes, hold }: Instance): Former {
  return { hold, ...(ownedVolumes.length === 0 ? {} : { formerly }) };
}

function toInstance(
  { key, specs, holdOf }: DesireInput,
  engine: Instance['engine'],
  { name, request, environment, secrets, found, initImages }: PreparedContainer,
  old: Former | undefined,
  environments: Map<string, Environment>,
  data: Map<string, Uint8Array>,
): Instance {
  const hash = environmentHash(key, environment);
  if (hash !== null) environments.set(hash, environment);
  const contents = new Map((request.files ?? []).map((each) => [each.target, each.content]));
  const files = (request.spec.files ?? []).map((file): InstanceFile => {
    const content = contents.get(file.target);
    if (content === undefined) throw new Error(`no content for ${file.target} of ${name}`);
    const of = dataHash(key, content);
    data.set(of, content);
    return { ...file, hash: of };
  });
  return resolveInstance({
    name,
    app: request.app,
    container: request.container,
    engine,
    spec: specs.get(name) ?? request.spec,
    image: found.image,
    imageConfig: found.config,
    environmentKeys: Object.keys(environment),
    secretEnvironment: request.secretEnvironment,
    environmentFile: hash,
    ...(files.length === 0 ? {} : { files }),
    ...(secrets.length === 0 ? {} : { secrets }),
    ...(initImages.length === 0 ? {} : { initImages: initImages.map(({ image }) => image) }),
    formerly: old?.formerly,
    hold: old === undefined ? holdOf(name) : old.hold,
  });
}

function unmounted(
  volumes: readonly OwnedVolumeOf[],
  apps: ReadonlySet<string>,
  desired: readonly Instance[],
): readonly VolumeToErase[] {
  const mounted = new Set(desired.flatMap((instance) => volumesOf(instance)));
  return volumes
    .filter(({ app, volume }) => apps.has(app) && !mounted.has(volume))
    .map(({ engine, volume, instance }) => ({ engine, volume, instance }));
}
