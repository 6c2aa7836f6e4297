import type { VolumeRequest } from '../../core/model/app.ts';
import type { Instance } from '../../core/model/instance.ts';
import { volumesOf } from '../../core/plan/preparation.ts';
import { FailureError } from '../../errors/failure.ts';
import type { EngineKind } from '../../core/model/container.ts';
import type { EngineVolume } from '../../ports/engine.ts';
import type { FlowContext } from '../context.ts';
import { listTree } from './copy-tree.ts';

/** A volume that an app takes along, with the folders of its data on both hosts. */
export interface MovingVolume {
  readonly name: string;
  readonly source: string;
  readonly target: string;
}

/** A volume that an app mounts where it is. */
export interface MountedVolume {
  readonly engine: EngineKind;
  readonly volume: EngineVolume;
}

/** The volumes of an app's instances as their engines have them, each once. */
export async function mountedVolumes(
  { host }: FlowContext,
  instances: readonly Instance[],
): Promise<readonly MountedVolume[]> {
  const names = new Map(
    instances.flatMap((each) =>
      volumesOf(each).map((name): [string, readonly [EngineKind, string]] => [
        `${each.engine} ${name}`,
        [each.engine, name],
      ]),
    ),
  );
  const found = await Promise.all(
    [...names.values()].map(async ([engine, name]) => {
      const volume = await (await host.engine(engine)).volume(name);
      return volume === null ? [] : [{ engine, volume }];
    }),
  );
  return found.flat();
}

/** Whether gear can copy what is in a volume: else a driver, or what is mounted there, has the data. */
function isPlain({ driver, options }: EngineVolume): boolean {
  return driver === 'local' && Object.keys(options).length === 0;
}

/** Volumes with more to say than a name, for whoever makes them elsewhere. */
export function volumeRequests(volumes: readonly MountedVolume[]): readonly VolumeRequest[] {
  return volumes
    .map(({ volume }) => volume)
    .filter((volume) => !isPlain(volume))
    .map(({ name, driver, options }) => ({ name, driver, options }));
}

/** Which volumes go where: by name, and those of an image by what they are mounted on, for their names may differ. */
export async function movingVolumes(
  from: FlowContext,
  to: FlowContext,
  here: readonly Instance[],
  there: readonly Instance[],
): Promise<readonly MovingVolume[]> {
  const pairs = new Map<
    string,
    { readonly from: readonly [EngineKind, string]; readonly to: readonly [EngineKind, string] }
  >();
  for (const instance of here) {
    const other = there.find(({ name }) => name === instance.name);
    if (other === undefined) continue;
    for (const name of volumesOf(instance)) {
      const owned = instance.ownedVolumes.find((each) => each.name === name);
      const same = other.ownedVolumes.find(({ target }) => target === owned?.target)?.name ?? name;
      pairs.set(`${instance.engine} ${name}`, { from: [instance.engine, name], to: [other.engine, same] });
    }
  }
  const moving = await Promise.all(
    [...pairs.values()].map(async (pair) => {
      const [source, target] = await Promise.all([volumeIn(from, pair.from), volumeIn(to, pair.to)]);
      if (source === null || target === null || !isPlain(source)) return [];
      return [{ name: source.name, source: source.folder, target: target.folder }];
    }),
  );
  return moving.flat();
}

async function volumeIn(
  { host }: FlowContext,
  [engine, name]: readonly [EngineKind, string],
): Promise<EngineVolume | null> {
  return (await host.engine(engine)).volume(name);
}

/**
 * Refuses to write into volumes of those names that are there already, with something in them. FailureError
 * VOLUME_TAKEN.
 */
export async function refuseFullVolumes(
  to: FlowContext,
  volumes: readonly MountedVolume[],
  app: string,
): Promise<void> {
  const { engines } = await to.host.facts();
  const full = await Promise.all(
    volumes
      .filter(({ engine }) => engines.includes(engine))
      .map(async ({ engine, volume: { name } }) => {
        const there = await volumeIn(to, [engine, name]);
        if (there === null || !isPlain(there)) return [];
        const entries = await listTree(to.host, there.folder, true, to.signal);
        return entries.length > 1 ? [name] : [];
      }),
  );
  const names = full.flat();
  if (names.length === 0) return;
  throw new FailureError({
    code: 'VOLUME_TAKEN',
    message: `there is data already in ${names.join(', ')} on the host that ${app} is to move to`,
    next: 'look at it; where nothing of it is needed: --replace-volumes, which deletes it',
    subject: app,
  });
}
