import type { Engine } from '../../ports/engine.ts';
import { createByCommand } from './create.ts';
import type { InvokingUser } from './invoking-user.ts';
import { once } from './once.ts';
import { podmanCommand, podmanUnitEnvironment } from './podman-command.ts';
import { podmanContainers } from './podman-containers.ts';
import { podmanFacts } from './podman-facts.ts';
import { podmanImages } from './podman-images.ts';
import { podmanVolumes } from './podman-volumes.ts';

export interface PodmanTarget {
  /** Absolute path of the podman command. */
  readonly command: string;
  readonly user: InvokingUser;
}

/** Podman through its command. */
export function podmanEngine({ command, user }: PodmanTarget): Engine {
  const podman = podmanCommand(command, user);
  return {
    kind: 'podman',
    facts: once(() => podmanFacts(podman)),
    ...podmanImages(podman),
    ...podmanContainers(podman),
    ...podmanVolumes(podman),
    create: (request) => createByCommand('podman', command, request, podmanUnitEnvironment(user)),
  };
}
