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
  const linked = [...links].flatMap(([path, target]) => {
    const name = instanceOfUnit(path);
    return name !== null && isOwnLink(path, target) ? [name] : [];
  });
  const labelled = containers
    .flat()
    .map(({ labels }) => labels['gear.name'] ?? '')
    .filter((name) => {
      const path = `${paths.units}/${unitName(name)}`;
      const target = links.get(path);
      return name !== '' && (target === undefined || isOwnLink(path, target));
    });
  return [...new Set([...linked, ...labelled])];
}
