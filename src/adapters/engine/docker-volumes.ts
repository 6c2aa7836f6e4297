import type { Engine, EngineVolume } from '../../ports/engine.ts';
import type { DockerConnection } from './docker-connection.ts';
import { notOurs } from './engine-failure.ts';
import { array, object, string, stringMap } from './json.ts';
import { ownerLabel } from './owner-label.ts';

/** Volumes of dockerd. */
export function dockerVolumes(
  connection: DockerConnection,
): Pick<Engine, 'volume' | 'ownedVolumes' | 'ensureVolume' | 'removeVolume'> {
  async function volume(name: string): Promise<EngineVolume | null> {
    const found = await connection.ask(
      `inspect the volume ${name}`,
      (docker) => docker.getVolume(name).inspect(),
      [404],
    );
    return found === null ? null : volumeOf(found);
  }

  return {
    volume,
    async ownedVolumes() {
      const filters = { label: [ownerLabel] };
      const listed = object(
        await connection.ask('list volumes', (docker) => docker.listVolumes({ filters })),
      );
      return array(listed['Volumes']).map(volumeOf);
    },
    async ensureVolume(name, labels, { driver, options } = {}) {
      // dockerd's create also succeeds for a volume that exists, and leaves its labels as they are.
      if ((await volume(name)) !== null) return false;
      await connection.ask(`make the volume ${name}`, (docker) =>
        docker.createVolume({
          Name: name,
          Labels: { ...labels },
          ...(driver === undefined ? {} : { Driver: driver }),
          ...(options === undefined ? {} : { DriverOpts: { ...options } }),
        }),
      );
      return true;
    },
    async removeVolume(name, owner) {
      const found = await volume(name);
      if (found === null) return;
      if (found.labels[ownerLabel] !== owner) throw notOurs('docker', 'volume', name, owner);
      await connection.ask(`remove the volume ${name}`, (docker) => docker.getVolume(name).remove(), [404]);
    },
  };
}

function volumeOf(value: unknown): EngineVolume {
  const found = object(value);
  return {
    name: string(found['Name']),
    folder: string(found['Mountpoint']),
    driver: string(found['Driver']),
    options: stringMap(found['Options']),
    labels: stringMap(found['Labels']),
  };
}
