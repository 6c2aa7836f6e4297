import { type Fields, isMap } from './fields.ts';
import { childOrigin, type Sourced } from '../text/overlay.ts';
import { extendedKey } from './asks-for-files.ts';
import { withChild } from './with-child.ts';

const sections = ['services', 'networks', 'volumes', 'secrets', 'configs', extendedKey] as const;

/** A project with all that an included one has; `clashes` are the keys that both have, and that differ. */
export function addProject(
  project: Sourced,
  included: Sourced,
): { readonly project: Sourced; readonly clashes: readonly string[] } {
  const clashes: string[] = [];
  const added = sections.reduce((result, kind) => {
    const [mine, theirs] = [(result.value as Fields)[kind], (included.value as Fields)[kind]];
    if (!isMap(theirs)) return result;
    let section: Sourced = { value: isMap(mine) ? mine : {}, origin: childOrigin(result.origin, kind) };
    for (const [name, value] of Object.entries(theirs)) {
      const present = (section.value as Fields)[name];
      if (present !== undefined && JSON.stringify(present) !== JSON.stringify(value))
        clashes.push(`${kind}.${name}`);
      const origin = childOrigin(childOrigin(included.origin, kind), name);
      section = withChild(section, name, { value, origin });
    }
    return withChild(result, kind, section);
  }, project);
  return { project: added, clashes };
}
