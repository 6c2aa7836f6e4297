import type { EngineFacts } from '../../ports/engine.ts';
import { object, string } from './json.ts';
import type { PodmanCommand } from './podman-command.ts';

/** What podman says of itself. Its containers do not depend on a daemon, which is told by the unit, not here. */
export async function podmanFacts(podman: PodmanCommand): Promise<EngineFacts> {
  const info = object(await podman.json('describe itself', ['info', '--format', 'json']));
  const host = object(info['host']);
  return {
    kind: 'podman',
    version: string(object(info['version'])['Version']),
    command: podman.command,
    liveRestore: false,
    cgroupDriver: string(host['cgroupManager']),
    storagePath: string(object(info['store'])['graphRoot']) || '/var/lib/containers/storage',
    architecture: string(host['arch']),
  };
}
