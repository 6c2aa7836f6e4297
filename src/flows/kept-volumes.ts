import { attempt } from '../errors/failure.ts';
import type { Instance } from '../core/model/instance.ts';
import { volumesOf } from '../core/plan/preparation.ts';
import type { FlowContext } from './context.ts';
import { ownedVolumes } from './owned-volumes.ts';

/**
 * What stays of the data of removed containers, in words, with the command that deletes it: by the name of each
 * container. Volumes that another container mounts are in use, and not told.
 */
export async function tellKeptVolumes(
  context: FlowContext,
  removed: readonly Instance[],
  others: readonly Instance[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const used = new Set(others.flatMap((each) => volumesOf(each).map((volume) => `${each.engine} ${volume}`)));
  const left = removed.map((each) => ({
    ...each,
    volumes: volumesOf(each).filter((volume) => !used.has(`${each.engine} ${volume}`)),
  }));
  if (left.every(({ volumes }) => volumes.length === 0)) return new Map();
  // What cannot be asked is left out: the removal is done, and its report must not fail.
  const asked = await attempt(() => ownedVolumes(context, new Set(removed.map(({ engine }) => engine))));
  const made = new Set(
    asked.ok ? asked.value.map(({ engine, volume, instance }) => `${engine} ${volume} ${instance}`) : [],
  );
  return new Map(
    left.map(({ name, engine, volumes }) => {
      const own = volumes.filter((volume) => made.has(`${engine} ${volume} ${name}`));
      const strange = asked.ok ? volumes.filter((volume) => !own.includes(volume)) : [];
      return [
        name,
        [
          ...line(own, `gear rm ${name} --volumes`),
          ...line(strange, `${engine} volume rm ${strange.join(' ')}`),
        ],
      ];
    }),
  );
}

function line(volumes: readonly string[], command: string): readonly string[] {
  if (volumes.length === 0) return [];
  const [what, stays, its] = volumes.length === 1 ? ['volume', 'stays', 'its'] : ['volumes', 'stay', 'their'];
  return [`${what} ${volumes.join(', ')} ${stays}; to delete ${its} data: ${command}`];
}
