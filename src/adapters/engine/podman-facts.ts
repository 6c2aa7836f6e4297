import type { EngineFacts, EngineSetup } from '../../ports/engine.ts';
import { object, string } from './json.ts';
import type { PodmanCommand } from './podman-command.ts';

/** What podman says of itself. Its containers do not depend on a daemon, which is told by the unit, not here. */
export async function podmanFacts(podman: PodmanCommand): Promise<EngineFacts> {
  const said = object(await podman.json('tell its version', ['version', '--format', 'json']));
  const client = object(said['Client']);
  return {
    kind: 'podman',
    version: string(client['Version']),
    command: podman.command,
    liveRestore: false,
    architecture: string(client['OsArch']).replace(/^.*\//, ''),
  };
}

/** What podman says of its store and its cgroups. */
export async function podmanSetup(podman: PodmanCommand): Promise<EngineSetup> {
  const info = object(await podman.json('describe itself', ['info', '--format', 'json']));
  return {
    cgroupDriver: string(object(info['host'])['cgroupManager']),
    storagePath: string(object(info['store'])['graphRoot']) || '/var/lib/containers/storage',
  };
}
