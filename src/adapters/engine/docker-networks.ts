import type { AppNetwork, NetworkSpec } from '../../core/model/network.ts';
import type { Engine, EngineNetwork } from '../../ports/engine.ts';
import type { DockerConnection } from './docker-connection.ts';
import { statusOf, wordsOf } from './docker-connection.ts';
import { notOurs } from './engine-failure.ts';
import { array, object, string, stringMap } from './json.ts';
import { appLabel, networkLabels, ownerLabel } from './owner-label.ts';
import { together } from './together.ts';

/** Networks of dockerd. */
export function dockerNetworks(
  connection: DockerConnection,
): Pick<Engine, 'network' | 'ownedNetworks' | 'ensureNetwork' | 'removeNetwork' | 'subnets'> {
  async function list(filters: Record<string, string[]>): Promise<readonly EngineNetwork[]> {
    const listed = await connection.ask('list networks', (docker) => docker.listNetworks({ filters }));
    return array(listed).map(networkOf);
  }

  const all = together(() => list({}));

  async function network(name: string): Promise<EngineNetwork | null> {
    // The filter finds parts of names; and all networks are few.
    return (await all()).find((each) => each.name === name) ?? null;
  }

  async function users(name: string, ofStrangers = false): Promise<readonly string[]> {
    // A network's own list has only what runs; a kept container could not start again without its network.
    const listed = await connection.ask('list containers', (docker) =>
      docker.listContainers({ all: true, filters: { network: [name] } }),
    );
    return array(listed)
      .map(object)
      .filter((each) => !ofStrangers || !(ownerLabel in stringMap(each['Labels'])))
      .map((each) => string(array(each['Names'])[0]).slice(1));
  }

  /** Those that run on it, by its own list, which is never behind. */
  async function active(name: string): Promise<readonly string[]> {
    const found = await connection.ask(`look at the network ${name}`, (docker) =>
      docker.getNetwork(name).inspect(),
    );
    const containers = Object.values(object(object(found)['Containers']));
    return containers.map((each) => string(object(each)['Name']));
  }

  return {
    network,
    ownedNetworks: () => list({ label: [ownerLabel] }),
    async ensureNetwork(wanted) {
      const found = await network(wanted.name);
      if (found === null) {
        await connection.ask(`make the network ${wanted.name}`, (docker) =>
          docker.createNetwork(createOptions(wanted)),
        );
        return true;
      }
      if (found.labels[appLabel] !== wanted.app) throw notOurs('docker', 'network', wanted.name, wanted.app);
      return false;
    },
    async removeNetwork(name, owner, { evenIfKept = false } = {}) {
      const found = await network(name);
      if (found === null) return [];
      if (found.labels[appLabel] !== owner) throw notOurs('docker', 'network', name, owner);
      // Which of gear's still run is for dockerd to say as it removes: its list may be behind a stop that is over.
      const using = await users(name, evenIfKept);
      if (using.length > 0) return using;
      return connection
        .ask(`remove the network ${name}`, (docker) => removing(docker.getNetwork(name)), [404])
        .then((joined) => (joined === true ? active(name) : []));
    },
    async subnets() {
      return (await list({})).flatMap(({ subnets }) => subnets);
    },
  };
}

/** Whether a container joined it in the meantime, which dockerd refuses with 403. */
async function removing(network: { remove(): Promise<unknown> }): Promise<boolean> {
  try {
    await network.remove();
    return false;
  } catch (error) {
    if (statusOf(error) === 403 && wordsOf(error).includes('active endpoints')) return true;
    throw error;
  }
}

function createOptions({ app, name, spec }: AppNetwork): {
  Name: string;
  CheckDuplicate: true;
  Driver: string;
  Internal: boolean;
  EnableIPv6: boolean;
  IPAM: { Driver: 'default'; Config: Record<string, string>[] };
  Options: Record<string, string>;
  Labels: Record<string, string>;
} {
  return {
    Name: name,
    // dockerd before 25 would make a second one of the name.
    CheckDuplicate: true,
    Driver: spec.driver ?? 'bridge',
    Internal: spec.internal === true,
    EnableIPv6: spec.ipv6 === true,
    IPAM: { Driver: 'default', Config: addressing(spec) },
    Options: { ...spec.options },
    Labels: networkLabels(app, name, spec),
  };
}

function addressing(spec: NetworkSpec): Record<string, string>[] {
  const first = {
    ...(spec.subnet === undefined ? {} : { Subnet: spec.subnet }),
    ...(spec.gateway === undefined ? {} : { Gateway: spec.gateway }),
    ...(spec.ipRange === undefined ? {} : { IPRange: spec.ipRange }),
  };
  const second = spec.subnet6 === undefined ? [] : [{ Subnet: spec.subnet6 }];
  return [...(Object.keys(first).length === 0 ? [] : [first]), ...second];
}

function networkOf(value: unknown): EngineNetwork {
  const found = object(value);
  return {
    name: string(found['Name']),
    driver: string(found['Driver']),
    internal: found['Internal'] === true,
    subnets: array(object(found['IPAM'])['Config'])
      .map((each) => string(object(each)['Subnet']))
      .filter((subnet) => subnet !== ''),
    labels: stringMap(found['Labels']),
  };
}
