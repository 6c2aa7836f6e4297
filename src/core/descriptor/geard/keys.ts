import type { Path } from '../document.ts';
import type { Coverage } from '../foreign/coverage.ts';
import type { ForeignReader } from '../foreign/foreign-reader.ts';

function kept(name: string, to: string, note = ''): Coverage {
  return { name, verdict: 'kept', to, note };
}

function near(name: string, to: string, note: string): Coverage {
  return { name, verdict: 'approximated', to, note };
}

/** The keys of a deployment of geard. */
export const deploymentKeys: readonly Coverage[] = [
  kept('Containers', 'containers'),
  near(
    'Instances',
    'ports',
    'the ports that were given to single instances are kept; where they ran is left out',
  ),
  kept('IdPrefix', 'containers', 'names begin with it'),
  near('RandomizeIds', '', 'left out: names are those of the containers'),
];

export const containerKeys: readonly Coverage[] = [
  kept('Name', 'containers'),
  kept('Image', 'image'),
  kept('Count', 'count', 'without it nothing runs, as for geard'),
  kept('PublicPorts', 'ports', 'one without External gets a free port, which stays'),
  near(
    'Links',
    'after',
    'the other container is asked by its name and own port, instead of an address of its own',
  ),
  kept('Environment', 'env'),
  near('Affinity', '', 'left out: geard never acted on it'),
];

/** A value by its key, and where it stands. */
export type Given = ReadonlyMap<string, readonly [value: unknown, path: Path]>;

/**
 * The keys of a map by the names that they are known by: geard reads them without regard to case, and passes over what it
 * does not know, which is told.
 */
export function keysOf(reader: ForeignReader, value: unknown, path: Path, known: readonly string[]): Given {
  const found = new Map<string, readonly [unknown, Path]>();
  for (const [key, item] of Object.entries(reader.fields(value, path) ?? {})) {
    const name = known.find((each) => each.toLowerCase() === key.toLowerCase());
    if (name !== undefined) found.set(name, [item, [...path, key]]);
    else reader.tell([...path, key], 'approximated', 'left out: geard passes over it as well');
  }
  return found;
}
