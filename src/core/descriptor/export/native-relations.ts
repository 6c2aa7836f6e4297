import type { ContainerSpec } from '../../model/container.ts';
import { isSystemdUnit } from '../../model/systemd-unit.ts';
import { unitName } from '../../model/unit-names.ts';
import type { ExportContext } from './export-context.ts';
import { literals, type Written } from './written.ts';

const keys = {
  after: 'after',
  before: 'before',
  requires: 'requires',
  wants: 'wants',
  part_of: 'partOf',
  conflicts: 'conflicts',
} as const satisfies Record<string, keyof ContainerSpec>;

/** The relations of a container, with the names that a descriptor uses. */
export function nativeRelations(
  spec: ContainerSpec,
  context: ExportContext,
): Readonly<Record<string, Written | undefined>> {
  return Object.fromEntries(
    Object.entries(keys).flatMap(([key, field]) => {
      const names = shortNames(spec[field] ?? [], context);
      return names.length === 0 ? [] : [[key, literals(names)]];
    }),
  );
}

/** All copies of a container of the app together are its name; what is elsewhere stays a full name, or a unit. */
function shortNames(names: readonly string[], { owners, copies }: ExportContext): readonly string[] {
  const given = new Set(names);
  const written = names.map((name) => {
    const own = owners.get(name);
    if (own === undefined) return isSystemdUnit(name) || name.includes('.') ? name : unitName(name);
    const all = [...owners].filter(([, container]) => container === own).map(([full]) => full);
    return all.length === (copies.get(own)?.length ?? 0) && all.every((full) => given.has(full)) ? own : name;
  });
  return [...new Set(written)];
}
