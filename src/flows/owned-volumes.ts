import { attempt, FailureError } from '../errors/failure.ts';
import type { EngineKind } from '../core/model/container.ts';
import type { Instance } from '../core/model/instance.ts';
import { volumesOf } from '../core/plan/preparation.ts';
import type { VolumeToErase } from '../core/plan/wishes.ts';
import type { FlowContext } from './context.ts';

/** A volume that gear made, with the app and the instance that it was made for. */
export interface OwnedVolumeOf extends VolumeToErase {
  readonly app: string;
}

/** Volumes that gear made, of every engine of the host; one that is not among the needed ones may be silent. */
export async function ownedVolumes(
  context: FlowContext,
  needed?: ReadonlySet<EngineKind>,
): Promise<readonly OwnedVolumeOf[]> {
  const { engines } = await context.host.facts();
  const found = await Promise.all(
    engines.map(async (kind) => {
      const asked = await attempt(async () => (await context.host.engine(kind)).ownedVolumes());
      if (!asked.ok && needed?.has(kind) !== false) throw new FailureError(...asked.failures);
      const volumes = asked.ok ? asked.value : [];
      return volumes.map(({ name, labels }) => ({
        engine: kind,
        volume: name,
        instance: labels['gear.name'] ?? '',
        app: labels['gear.owner'] ?? '',
      }));
    }),
  );
  return found.flat();
}

/** Whose a volume is: that of the instance it was made for, or where that was renamed, of the one that has it now. */
export function holderOf({ engine, volume, instance }: OwnedVolumeOf, declared: readonly Instance[]): string {
  if (declared.some(({ name }) => name === instance)) return instance;
  const holder = declared.find((each) => each.engine === engine && volumesOf(each).includes(volume));
  return holder?.name ?? instance;
}
