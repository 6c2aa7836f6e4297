import type { EngineFacts, EngineSetup } from '../../ports/engine.ts';
import type { DockerConnection } from './docker-connection.ts';
import { array, object, string } from './json.ts';
import type { Json } from './json.ts';

/** GET /info names the machine as the kernel does; images name it as Go does. */
const goArchitectures: Readonly<Record<string, string>> = {
  x86_64: 'amd64',
  aarch64: 'arm64',
  armv7l: 'arm',
  armv6l: 'arm',
  i686: '386',
  i386: '386',
};

/** What dockerd says of itself, in one request. */
export async function dockerFacts(
  connection: DockerConnection,
  command: string,
): Promise<EngineFacts & EngineSetup> {
  const info = object(await connection.ask('describe itself', (docker) => docker.info()));
  const architecture = string(info['Architecture']);
  return {
    kind: 'docker',
    version: string(info['ServerVersion']),
    command,
    liveRestore: info['LiveRestoreEnabled'] === true,
    cgroupDriver: string(info['CgroupDriver']),
    storagePath: storagePath(info),
    architecture: goArchitectures[architecture] ?? architecture,
  };
}

/** With the containerd image store, layers are in the folder of containerd, unless dockerd runs a containerd of its own. */
function storagePath(info: Json): string {
  const root = string(info['DockerRootDir']) || '/var/lib/docker';
  const snapshots = array(info['DriverStatus']).some((pair) =>
    array(pair).some((item) => string(item).startsWith('io.containerd.snapshotter')),
  );
  const containerd = string(object(info['Containerd'])['Address']);
  return snapshots && !containerd.includes('/docker/') ? '/var/lib/containerd' : root;
}
