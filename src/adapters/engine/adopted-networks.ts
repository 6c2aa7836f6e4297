import { type AdoptedNetwork, adoptedNetworkPath, parseAdoptedNetwork } from '../../core/model/adopted.ts';
import { paths } from '../../core/model/paths.ts';
import type { Engine, EngineNetwork } from '../../ports/engine.ts';
import type { Files } from '../../ports/files.ts';
import { appLabel, ownerLabel } from './owner-label.ts';

type Networks = Pick<Engine, 'network' | 'ownedNetworks' | 'ensureNetwork' | 'removeNetwork'>;

/**
 * The networks of an engine with those among gear's own that were there before it: a network cannot be labelled once it
 * is made, so a record says whose it is. gear uses such a one, and leaves it behind when its app goes.
 */
export function adoptedNetworks(engine: Engine, files: Files): Networks {
  async function records(): Promise<readonly AdoptedNetwork[]> {
    const entries = await files.list(paths.adoptedNetworks);
    const read = await Promise.all(
      entries.map(async ({ name }) =>
        parseAdoptedNetwork(name, await files.read(`${paths.adoptedNetworks}/${name}`)),
      ),
    );
    return read.filter((each) => each !== null).filter((each) => each.engine === engine.kind);
  }

  function marked(network: EngineNetwork, all: readonly AdoptedNetwork[]): EngineNetwork {
    const record = all.find(({ name }) => name === network.name);
    if (record === undefined || appLabel in network.labels) return network;
    return {
      ...network,
      labels: { ...network.labels, [appLabel]: record.app, [ownerLabel]: record.name },
    };
  }

  return {
    async network(name) {
      const [found, all] = await Promise.all([engine.network(name), records()]);
      return found === null ? null : marked(found, all);
    },
    async ownedNetworks() {
      const [own, all] = await Promise.all([engine.ownedNetworks(), records()]);
      const missing = all.filter(({ name }) => !own.some((each) => each.name === name));
      const adopted = await Promise.all(missing.map(({ name }) => engine.network(name)));
      return [...own, ...adopted.filter((each) => each !== null).map((each) => marked(each, all))];
    },
    async ensureNetwork(wanted) {
      const record = (await records()).find(({ name, app }) => name === wanted.name && app === wanted.app);
      if (record !== undefined && (await engine.network(wanted.name)) !== null) return false;
      return engine.ensureNetwork(wanted);
    },
    async removeNetwork(name, owner, options) {
      const record = (await records()).find((each) => each.name === name && each.app === owner);
      const found = record === undefined ? null : await engine.network(name);
      if (record !== undefined) await files.remove(adoptedNetworkPath(record));
      // One that was made anew meanwhile has gear's labels.
      if (found !== null && !(appLabel in found.labels)) return [];
      return engine.removeNetwork(name, owner, options);
    },
  };
}
