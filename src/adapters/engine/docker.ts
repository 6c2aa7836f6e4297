import type { Agent } from 'node:http';
import { paths } from '../../core/model/paths.ts';
import type { CreateRequest, Engine } from '../../ports/engine.ts';
import type { Files } from '../../ports/files.ts';
import { runCommand, type RunCommand } from '../process/command.ts';
import { commandPath, createByCommand } from './create.ts';
import { createConnected } from './create-connected.ts';
import { dockerConnection } from './docker-connection.ts';
import { dockerContainers } from './docker-containers.ts';
import { dockerFacts } from './docker-facts.ts';
import { dockerImages } from './docker-images.ts';
import { dockerMaking } from './docker-making.ts';
import { dockerNetworks } from './docker-networks.ts';
import { dockerParcels } from './docker-parcels.ts';
import { dockerVolumes } from './docker-volumes.ts';
import { hostStore } from './host-store.ts';
import type { InvokingUser } from './invoking-user.ts';
import { once } from './once.ts';

export interface DockerTarget {
  /** Absolute path of the docker command: creates containers. */
  readonly command: string;
  /** The socket of dockerd: everything else. */
  readonly socketPath: string;
  readonly user: InvokingUser;
  /** Files of the host, which has logins of its own. */
  readonly files: Pick<Files, 'read'>;
  /** How both are reached where they are not on this machine. */
  readonly remote?: { readonly run: RunCommand; readonly agent: () => Agent };
}

/** Docker through its API; only `create` runs the command, so that gear and a unit create by the same arguments. */
export function dockerEngine({ command, socketPath, user, files, remote }: DockerTarget): Engine {
  const connection = dockerConnection(socketPath, remote?.agent);
  const containers = dockerContainers(connection);
  const run = remote?.run ?? runCommand;
  const environment = {
    PATH: commandPath,
    // Root's own config.json could inject its proxy, with the password, into the container.
    DOCKER_CONFIG: paths.emptyConfig,
    DOCKER_HOST: `unix://${socketPath}`,
  };
  const create = (request: CreateRequest): Promise<string> =>
    createByCommand('docker', command, request, environment, run);
  const facts = once(() => dockerFacts(connection, command));
  return {
    kind: 'docker',
    facts,
    setup: facts,
    ...dockerImages(connection, user, () => hostStore(files)),
    ...dockerParcels(connection, { command, environment, run }),
    ...containers,
    ...dockerVolumes(connection),
    ...dockerNetworks(connection),
    create: (request) => createConnected(request, { create, ...dockerMaking(connection, containers) }),
  };
}
