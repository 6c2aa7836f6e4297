import type { Engine, Parcel } from '../../ports/engine.ts';
import type { RunCommand } from '../process/command.ts';
import { startFailure } from './create.ts';
import type { DockerConnection } from './docker-connection.ts';
import { dockerFailure } from './docker-connection.ts';
import { engineInterrupted, isAborted } from './engine-failure.ts';
import { array, object, string } from './json.ts';
import { layersFormat, loadedImage, readLayers } from './parcels.ts';

/** The docker command of a host, for what would cost a request each through the API, or the way there and back. */
export interface DockerCommand {
  readonly command: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly run: RunCommand;
}

/** The archive is put together on the host: what is loaded need not travel at once, nor again. */
const loadScript = 'docker=$1; shift; tar -cf - "$@" | "$docker" load --quiet';

/** How images come to dockerd without a registry, and leave it. */
export function dockerParcels(
  connection: DockerConnection,
  { command, environment, run }: DockerCommand,
): Pick<Engine, 'layers' | 'save' | 'load'> {
  return {
    async layers() {
      const listed = await connection.ask('list images', (docker) => docker.listImages({ all: true }));
      const ids = array(listed).map((item) => string(object(item)['Id']));
      if (ids.length === 0) return [];
      const { stdout } = await run(command, ['image', 'inspect', '--format', layersFormat, ...ids], {
        environment,
      });
      return readLayers(stdout);
    },
    async *save(imageId) {
      try {
        const docker = await connection.streams();
        yield* (await docker.getImage(imageId).get()) as AsyncIterable<Uint8Array>;
      } catch (error) {
        throw dockerFailure(error, `save the image ${imageId}`, connection.socketPath);
      }
    },
    async load({ folder, parts, signal }: Parcel) {
      const what = 'load the image';
      if (isAborted(signal)) throw engineInterrupted(what);
      const names = ['-C', folder, 'manifest.json', ...parts];
      const outcome = await run('/bin/sh', ['-c', loadScript, 'sh', command, ...names], {
        environment,
        ...(signal === undefined ? {} : { signal }),
      }).catch((error: unknown) => {
        if (isAborted(signal)) throw engineInterrupted(what);
        throw startFailure('docker', command, what, error);
      });
      return loadedImage('docker', outcome);
    },
  };
}
