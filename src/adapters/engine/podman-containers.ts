import type { Engine, EngineContainer } from '../../ports/engine.ts';
import { engineRefused, notOurs } from './engine-failure.ts';
import { array, object, string, stringMap, strings } from './json.ts';
import { ownerLabel } from './owner-label.ts';
import type { PodmanCommand } from './podman-command.ts';

const stopBoundMs = 10 * 60_000;

/** libpod's words for Docker's states. */
const dockerStates: Readonly<Record<string, string>> = { configured: 'created', stopped: 'exited' };

/** Containers of Podman. */
export function podmanContainers(
  podman: PodmanCommand,
): Pick<Engine, 'owned' | 'everyContainer' | 'container' | 'remove' | 'discard'> {
  async function list(filter: string | null, signal?: AbortSignal): Promise<readonly EngineContainer[]> {
    const filters = filter === null ? [] : ['--filter', filter];
    const args = ['ps', '--all', '--no-trunc', ...filters, '--format', 'json'];
    return array(await podman.json('list containers', args, signal === undefined ? {} : { signal })).map(
      listedContainer,
    );
  }

  async function container(name: string): Promise<EngineContainer | null> {
    // The filter is a regular expression.
    const found = await list(`name=^${name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}$`);
    return found.find((each) => each.name === name) ?? null;
  }

  async function byId(id: string): Promise<EngineContainer | null> {
    return (await list(`id=${id}`)).find((each) => each.id === id) ?? null;
  }

  async function discard({ id, name, running }: EngineContainer): Promise<void> {
    if (running) await gone(podman, `stop the container ${name}`, ['stop', id]);
    // By ID, so that a container which took the name meanwhile is safe; without --volumes, since they hold data.
    await gone(podman, `remove the container ${name}`, ['rm', id]);
  }

  return {
    container,
    owned: (signal) => list(`label=${ownerLabel}`, signal),
    everyContainer: () => list(null),
    async remove(name, owner, id) {
      const found = await (id === undefined ? container(name) : byId(id));
      if (found === null) return;
      if (found.labels[ownerLabel] !== owner) throw notOurs('podman', 'container', name, owner);
      await discard(found);
    },
    discard,
  };
}

async function gone(podman: PodmanCommand, what: string, args: readonly string[]): Promise<void> {
  const outcome = await podman.run(what, args, { timeoutMs: stopBoundMs });
  if (outcome.status === 0 || /no such container|no container with (?:name or )?id/i.test(outcome.stderr))
    return;
  throw engineRefused('podman', what, outcome.stderr);
}

function listedContainer(value: unknown): EngineContainer {
  const listed = object(value);
  const state = string(listed['State']);
  const imageId = string(listed['ImageID']);
  return {
    name: strings(listed['Names'])[0] ?? '',
    id: string(listed['Id']),
    imageId: imageId === '' || imageId.startsWith('sha256:') ? imageId : `sha256:${imageId}`,
    running: state === 'running' || state === 'paused' || state === 'stopping',
    state: dockerStates[state] ?? state,
    unhealthy: string(listed['Status']).endsWith('(unhealthy)'),
    labels: stringMap(listed['Labels']),
  };
}
