import type { Planned } from './planning.ts';

/**
 * Warnings by app: it was applied from another file before, and containers of that go. Two files of one name would
 * take each other's containers away, turn by turn.
 */
export function findOtherSources({ observed, desire }: Planned): ReadonlyMap<string, string> {
  const { manifest } = observed;
  const stays = new Set(desire.desired.map(({ name }) => name));
  return new Map(
    [...(desire.sources ?? [])].flatMap(([app, { path: source }]): readonly (readonly [string, string])[] => {
      const before = manifest?.sources?.[app];
      const going = (manifest?.instances ?? [])
        .filter((each) => each.app === app && !stays.has(each.name))
        .map(({ name }) => name)
        .filter((name) => ![...desire.wishes.renamed.values()].includes(name));
      if (before === undefined || before === source || going.length === 0) return [];
      const words = `it was applied from ${before} before, and this is ${source}: ${going.join(', ')} would go`;
      return [[app, `${words}; give one of the files another name: if both are meant`]];
    }),
  );
}
