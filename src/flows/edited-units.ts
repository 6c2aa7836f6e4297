import type { Manifest } from '../core/model/manifest.ts';
import { generationPath } from '../core/model/paths.ts';
import { unitTextHash } from '../core/render/text-hash.ts';
import { unitsOf } from '../core/render/units-of.ts';
import type { Files } from '../ports/files.ts';

/** The units of apps whose files in the present generation are not as gear wrote them: by unit, the instance. */
export async function findEditedUnits(
  files: Files,
  manifest: Manifest | null,
  apps: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (manifest === null) return new Map();
  const folder = `${generationPath(manifest.generation)}/units`;
  const units = manifest.instances
    .filter(({ app }) => apps.includes(app))
    .flatMap((instance) => unitsOf(instance).all.map((unit) => ({ unit, instance: instance.name })));
  const edited = await Promise.all(
    units.map(async ({ unit, instance }): Promise<readonly (readonly [string, string])[]> => {
      const content = await files.read(`${folder}/${unit}`);
      const hash = content === null ? null : unitTextHash(new TextDecoder().decode(content));
      return hash === manifest.units[unit] ? [] : [[unit, instance]];
    }),
  );
  return new Map(edited.flat());
}

/** A manifest that does not know the units: they are rendered and written anew. */
export function withoutUnits(manifest: Manifest, units: ReadonlySet<string>): Manifest {
  return {
    ...manifest,
    units: Object.fromEntries(Object.entries(manifest.units).filter(([unit]) => !units.has(unit))),
  };
}
