import { stat } from 'node:fs/promises';
import type { EngineFacts, EngineSetup } from '../../ports/engine.ts';
import { object, string } from './json.ts';
import { once } from './once.ts';
import type { PodmanCommand } from './podman-command.ts';

interface AskedFile {
  readonly file: string;
  readonly facts: () => Promise<EngineFacts>;
}

const asked = new Map<string, AskedFile>();

/**
 * What the podman of this machine says of itself. The same file says the same: a process that lives long asks it once, and
 * again after an upgrade, since each question is a process and gear watch would have it at each change.
 */
export async function localPodmanFacts(podman: PodmanCommand): Promise<EngineFacts> {
  const { dev, ino, ctimeNs } = await stat(podman.command, { bigint: true });
  const file = [dev, ino, ctimeNs].join(':');
  const before = asked.get(podman.command);
  const now = before?.file === file ? before : { file, facts: once(() => podmanFacts(podman)) };
  asked.set(podman.command, now);
  return now.facts();
}

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
