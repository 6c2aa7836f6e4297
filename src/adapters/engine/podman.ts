import type { CreateRequest, Engine } from '../../ports/engine.ts';
import type { Files } from '../../ports/files.ts';
import { runCommand, type RunCommand } from '../process/command.ts';
import { createByCommand } from './create.ts';
import { createConnected } from './create-connected.ts';
import type { InvokingUser } from './invoking-user.ts';
import { once } from './once.ts';
import { podmanCommand, podmanUnitEnvironment } from './podman-command.ts';
import { podmanContainers } from './podman-containers.ts';
import { localPodmanFacts, podmanFacts, podmanSetup } from './podman-facts.ts';
import { podmanImages } from './podman-images.ts';
import { podmanMaking } from './podman-making.ts';
import { podmanNetworks } from './podman-networks.ts';
import { podmanParcels } from './podman-parcels.ts';
import { podmanVolumes } from './podman-volumes.ts';

export interface PodmanTarget {
  /** Absolute path of the podman command. */
  readonly command: string;
  readonly user: InvokingUser;
  /** Files of the host, which has logins of its own. */
  readonly files: Pick<Files, 'read'>;
  /** How it is run where it is not on this machine. */
  readonly run?: RunCommand;
}

/** Podman through its command. */
export function podmanEngine({ command, user, files, run = runCommand }: PodmanTarget): Engine {
  const isHere = run === runCommand;
  const podman = podmanCommand(command, user, run);
  const containers = podmanContainers(podman);
  const create = (request: CreateRequest): Promise<string> =>
    createByCommand('podman', command, request, podmanUnitEnvironment(user), run);
  return {
    kind: 'podman',
    facts: once(() => (isHere ? localPodmanFacts(podman) : podmanFacts(podman))),
    setup: once(() => podmanSetup(podman)),
    ...podmanImages(podman, files),
    ...podmanParcels(podman),
    ...containers,
    ...podmanVolumes(podman),
    ...podmanNetworks(podman),
    create: (request) => createConnected(request, { create, ...podmanMaking(podman, containers) }),
  };
}
