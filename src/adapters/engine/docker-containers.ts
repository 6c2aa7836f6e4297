import type { Engine, EngineContainer } from '../../ports/engine.ts';
import type { DockerConnection } from './docker-connection.ts';
import { dockerFailure, statusOf, wordsOf } from './docker-connection.ts';
import { notOurs } from './engine-failure.ts';
import { array, object, string, stringMap, strings } from './json.ts';
import { ownerLabel } from './owner-label.ts';

/** A stop may take as long as the container was told at its creation; dockerd itself kills it then. */
const stopBoundMs = 10 * 60_000;

/** Containers of dockerd. */
export function dockerContainers(
  connection: DockerConnection,
): Pick<Engine, 'owned' | 'everyContainer' | 'container' | 'remove' | 'discard'> {
  async function inspect(word: string): Promise<EngineContainer> {
    return inspectedContainer(
      object(
        await connection.ask(
          `inspect the container ${word}`,
          (docker) => docker.getContainer(word).inspect(),
          [404],
        ),
      ),
    );
  }

  // dockerd also takes the beginning of an ID for a name.
  async function container(name: string): Promise<EngineContainer | null> {
    const found = await inspect(name);
    return found.name === name ? found : null;
  }

  async function byId(id: string): Promise<EngineContainer | null> {
    const found = await inspect(id);
    return found.id === id ? found : null;
  }

  async function list(
    filters: Record<string, string[]>,
    abortSignal?: AbortSignal,
  ): Promise<readonly EngineContainer[]> {
    const listed = await connection.ask('list containers', (docker) =>
      docker.listContainers({ all: true, filters, ...(abortSignal === undefined ? {} : { abortSignal }) }),
    );
    return array(listed).map(listedContainer);
  }

  async function discard(found: EngineContainer): Promise<void> {
    if (found.running) await stop(connection, found);
    await removeById(connection, found);
  }

  return {
    container,
    owned: (signal) => list({ label: [ownerLabel] }, signal),
    everyContainer: () => list({}),
    async remove(name, owner, id) {
      const found = await (id === undefined ? container(name) : byId(id));
      if (found === null) return;
      if (found.labels[ownerLabel] !== owner) throw notOurs('docker', 'container', name, owner);
      await discard(found);
    },
    discard,
  };
}

/** Asks the payload to end, as the kept container's own stop signal and time say. */
async function stop(connection: DockerConnection, container: EngineContainer): Promise<void> {
  const docker = await connection.streams();
  try {
    await docker.getContainer(container.id).stop({ abortSignal: AbortSignal.timeout(stopBoundMs) });
  } catch (error) {
    if (statusOf(error) === 304 || statusOf(error) === 404) return;
    throw dockerFailure(error, `stop the container ${container.name}`, connection.socketPath);
  }
}

/** By ID, so that a container which took the name meanwhile is safe; anonymous volumes stay, since they hold data. */
async function removeById(connection: DockerConnection, container: EngineContainer): Promise<void> {
  const docker = await connection.streams();
  try {
    await docker
      .getContainer(container.id)
      .remove({ v: false, force: false, abortSignal: AbortSignal.timeout(stopBoundMs) });
  } catch (error) {
    if (statusOf(error) === 404) return;
    if (statusOf(error) === 409 && wordsOf(error).includes('already in progress')) return;
    throw dockerFailure(error, `remove the container ${container.name}`, connection.socketPath);
  }
}

function listedContainer(value: unknown): EngineContainer {
  const listed = object(value);
  const state = string(listed['State']);
  return {
    name: ownName(strings(listed['Names'])),
    id: string(listed['Id']),
    imageId: string(listed['ImageID']),
    running: isRunning(state),
    state,
    // "Up 3 seconds (unhealthy)"
    unhealthy: string(listed['Status']).endsWith('(unhealthy)'),
    labels: stringMap(listed['Labels']),
  };
}

function inspectedContainer(found: Readonly<Record<string, unknown>>): EngineContainer {
  const state = string(object(found['State'])['Status']);
  return {
    name: string(found['Name']).slice(1),
    id: string(found['Id']),
    imageId: string(found['Image']),
    running: isRunning(state),
    state,
    unhealthy: string(object(object(found['State'])['Health'])['Status']) === 'unhealthy',
    labels: stringMap(object(found['Config'])['Labels']),
  };
}

/** A legacy link of another container adds names such as '/other/alias'. */
function ownName(names: readonly string[]): string {
  const own = names.find((name) => name.lastIndexOf('/') === 0) ?? '';
  return own.slice(1);
}

function isRunning(state: string): boolean {
  return state === 'running' || state === 'paused' || state === 'restarting';
}
