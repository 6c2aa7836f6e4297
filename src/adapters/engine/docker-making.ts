import type { Engine } from '../../ports/engine.ts';
import type { Making } from './create-connected.ts';
import type { DockerConnection } from './docker-connection.ts';
import { notOurs } from './engine-failure.ts';
import { ownerLabel } from './owner-label.ts';

/** The steps that make a container of dockerd whole, beside its creation. */
export function dockerMaking(
  connection: DockerConnection,
  containers: Pick<Engine, 'container'>,
): Omit<Making, 'create'> {
  return {
    async connect(container, { name, aliases, ip, ip6 }) {
      const addresses = {
        ...(ip === undefined ? {} : { IPv4Address: ip }),
        ...(ip6 === undefined ? {} : { IPv6Address: ip6 }),
      };
      const what = `join ${container} to the network ${name}`;
      // dockerd looks for the network only when the container starts.
      await connection.ask(what, (docker) => docker.getNetwork(name).inspect());
      await connection.ask(what, (docker) =>
        docker.getNetwork(name).connect({
          Container: container,
          EndpointConfig: {
            Aliases: [...aliases],
            ...(Object.keys(addresses).length === 0 ? {} : { IPAMConfig: addresses }),
          },
        }),
      );
    },
    async rename(container, name) {
      await connection.ask(`name the container ${name}`, (docker) =>
        docker.getContainer(container).rename({ name }),
      );
    },
    async discard(container) {
      const found = await containers.container(container);
      if (found === null) return;
      if (!(ownerLabel in found.labels)) throw notOurs('docker', 'container', container, 'this app');
      await connection.ask(
        `remove the container ${container}`,
        (docker) => docker.getContainer(container).remove({ v: true }),
        [404],
      );
    },
  };
}
