import type { CreateRequest, Engine } from '../../ports/engine.ts';
import { createByCommand } from './create.ts';
import { createConnected } from './create-connected.ts';
import type { InvokingUser } from './invoking-user.ts';
import { once } from './once.ts';
import { podmanCommand, podmanUnitEnvironment } from './podman-command.ts';
import { podmanContainers } from './podman-containers.ts';
import { podmanFacts, podmanSetup } from './podman-facts.ts';
import { podmanImages } from './podman-images.ts';
import { podmanMaking } from './podman-making.ts';
import { podmanNetworks } from './podman-networks.ts';
import { podmanVolumes } from './podman-volumes.ts';

export interface PodmanTarget {
  /** Absolute path of the podman command. */
  readonly command: string;
  readonly user: InvokingUser;
}

/** Podman through its command. */
export function podmanEngine({ command, user }: PodmanTarget): Engine {
  const podman = podmanCommand(command, user);
  const containers = podmanContainers(podman);
  const create = (request: CreateRequest): Promise<string> =>
    createByCommand('podman', command, request, podmanUnitEnvironment(user));
  return {
    kind: 'podman',
    facts: once(() => podmanFacts(podman)),
    setup: once(() => podmanSetup(podman)),
    ...podmanImages(podman),
    ...containers,
    ...podmanVolumes(podman),
    ...podmanNetworks(podman),
    create: (request) => createConnected(request, { create, ...podmanMaking(podman, containers) }),
  };
}
