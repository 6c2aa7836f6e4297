import { attempt, type Result } from '../errors/failure.ts';
import type { EngineKind } from '../core/model/container.ts';
import { volumesOf } from '../core/plan/preparation.ts';
import { readCurrentManifest } from '../observe/manifest.ts';
import type { VolumeRow } from '../report/values-of-volumes.ts';
import type { FlowContext } from './context.ts';
import { ownedVolumes } from './owned-volumes.ts';
import { declaredUsers, replacedSuffix, stagingSuffix, volumeData } from './volumes.ts';

/** The volumes that declared containers have or gear made, sorted by name. */
export async function listVolumes(context: FlowContext): Promise<Result<readonly VolumeRow[]>> {
  return attempt(async () => {
    const known = (await readCurrentManifest(context.host.files))?.instances ?? [];
    const made = new Set((await ownedVolumes(context)).map(({ engine, volume }) => `${engine} ${volume}`));
    const declared = known.flatMap((each) => volumesOf(each).map((volume) => `${each.engine} ${volume}`));
    const rows = [...new Set([...made, ...declared])].map(async (key): Promise<VolumeRow> => {
      const [engine, name] = key.split(' ') as [EngineKind, string];
      return {
        name,
        engine,
        usedBy: declaredUsers({ name, engine }, known),
        owned: made.has(key),
        interrupted: await isInterrupted(context, engine, name),
      };
    });
    return (await Promise.all(rows)).toSorted((a, b) =>
      `${a.name} ${a.engine}` < `${b.name} ${b.engine}` ? -1 : 1,
    );
  });
}

/** Whether a restore into the volume left something: it did not come to its end. A volume that is not there has nothing. */
export async function isInterrupted(
  context: FlowContext,
  engine: EngineKind,
  name: string,
): Promise<boolean> {
  const data = await attempt(() => volumeData(context, { name, engine, labels: {} }));
  if (!data.ok) return false;
  const { files } = context.host;
  const left = [stagingSuffix, replacedSuffix].map((suffix) => files.exists(`${data.value.path}${suffix}`));
  return (await Promise.all(left)).includes(true);
}
