import type { Engine } from '../../ports/engine.ts';
import type { Making } from './create-connected.ts';
import { notOurs } from './engine-failure.ts';
import { ownerLabel } from './owner-label.ts';
import type { PodmanCommand } from './podman-command.ts';

/** The steps that make a container of Podman whole, beside its creation. */
export function podmanMaking(
  podman: PodmanCommand,
  containers: Pick<Engine, 'container'>,
): Omit<Making, 'create'> {
  return {
    async connect(container, { name, aliases, ip, ip6 }) {
      await podman.text(`join ${container} to the network ${name}`, [
        ...['network', 'connect'],
        ...aliases.flatMap((alias) => ['--alias', alias]),
        ...(ip === undefined ? [] : ['--ip', ip]),
        ...(ip6 === undefined ? [] : ['--ip6', ip6]),
        ...[name, container],
      ]);
    },
    async rename(container, name) {
      await podman.text(`name the container ${name}`, ['rename', container, name]);
    },
    async discard(container) {
      const found = await containers.container(container);
      if (found === null) return;
      if (!(ownerLabel in found.labels)) throw notOurs('podman', 'container', container, 'this app');
      await podman.text(`remove the container ${container}`, ['rm', '--ignore', '--volumes', container]);
    },
  };
}
