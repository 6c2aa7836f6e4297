import { instanceOfUnit, isOwnLink } from '../core/plan/links.ts';
import { paths } from '../core/model/paths.ts';
import { unitName } from '../core/model/unit-names.ts';
import type { Host } from '../ports/host.ts';
import { observeLinks } from './links.ts';

/**
 * Names of instances that something of gear's is left of: a link into its generations, or a container with its label
 * and without a unit of somebody else's (that one was ejected). FailureError when an engine does not answer.
 */
export async function leftInstances(host: Host): Promise<readonly string[]> {
  const { engines } = await host.facts();
  const [links, ...containers] = await Promise.all([
    observeLinks(host.files),
    ...engines.map(async (kind) => (await host.engine(kind)).owned()),
  ]);
  // The boot link of a unit that is a file, and no link of gear's, is that unit's own.
  const wasEjected = (path: string): boolean => {
    const unit = `${paths.units}/${path.slice(path.lastIndexOf('/') + 1)}`;
    const target = links.get(unit);
    return target !== undefined && !isOwnLink(unit, target);
  };
  const linked = [...links].flatMap(([path, target]) => {
    const name = instanceOfUnit(path);
    return name !== null && isOwnLink(path, target) && !wasEjected(path) ? [name] : [];
  });
  const labelled = containers
    .flat()
    .map(({ labels }) => labels['gear.name'] ?? '')
    .filter((name) => name !== '' && !wasEjected(unitName(name)));
  return [...new Set([...linked, ...labelled])];
}
