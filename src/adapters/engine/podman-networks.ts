import { networkCreateArguments } from '../../core/render/network-arguments.ts';
import type { Engine, EngineNetwork } from '../../ports/engine.ts';
import { engineRefused, notOurs } from './engine-failure.ts';
import { array, object, string, stringMap, strings } from './json.ts';
import { appLabel, ownerLabel } from './owner-label.ts';
import type { PodmanCommand } from './podman-command.ts';
import { together } from './together.ts';

/** Networks of Podman. */
export function podmanNetworks(
  podman: PodmanCommand,
): Pick<Engine, 'network' | 'ownedNetworks' | 'ensureNetwork' | 'removeNetwork' | 'subnets'> {
  async function list(...filters: readonly string[]): Promise<readonly EngineNetwork[]> {
    const args = ['network', 'ls', ...filters.flatMap((each) => ['--filter', each]), '--format', 'json'];
    return array(await podman.json('list networks', args)).map(networkOf);
  }

  const all = together(() => list());

  async function network(name: string): Promise<EngineNetwork | null> {
    // The filter is a regular expression, and all networks are few.
    return (await all()).find((each) => each.name === name) ?? null;
  }

  async function users(name: string): Promise<readonly string[]> {
    const args = ['ps', '--all', '--filter', `network=${name}`, '--format', 'json'];
    const listed = array(await podman.json('list containers', args)).map(object);
    // The filter also takes the beginning of an ID.
    return listed
      .filter((each) => strings(each['Networks']).includes(name))
      .map((each) => strings(each['Names'])[0] ?? '');
  }

  return {
    network,
    ownedNetworks: () => list(`label=${ownerLabel}`),
    async ensureNetwork(wanted) {
      const found = await network(wanted.name);
      if (found === null) {
        await podman.text(`make the network ${wanted.name}`, networkCreateArguments(wanted));
        return true;
      }
      if (found.labels[appLabel] !== wanted.app) throw notOurs('podman', 'network', wanted.name, wanted.app);
      return false;
    },
    async removeNetwork(name, owner) {
      const found = await network(name);
      if (found === null) return [];
      if (found.labels[appLabel] !== owner) throw notOurs('podman', 'network', name, owner);
      const using = await users(name);
      if (using.length > 0) return using;
      const what = `remove the network ${name}`;
      const outcome = await podman.run(what, ['network', 'rm', name]);
      if (outcome.status === 0 || /network not found|unable to find network/i.test(outcome.stderr)) return [];
      if (/has associated containers|being used/i.test(outcome.stderr)) return users(name);
      throw engineRefused('podman', what, outcome.stderr);
    },
    async subnets() {
      return (await list()).flatMap(({ subnets }) => subnets);
    },
  };
}

function networkOf(value: unknown): EngineNetwork {
  const found = object(value);
  return {
    name: string(found['name']),
    driver: string(found['driver']),
    internal: found['internal'] === true,
    subnets: array(found['subnets'])
      .map((each) => string(object(each)['subnet']))
      .filter((subnet) => subnet !== ''),
    labels: stringMap(found['labels']),
  };
}
