import type { Engine, Parcel } from '../../ports/engine.ts';
import { startFailure } from './create.ts';
import { engineInterrupted, engineRefused, isAborted } from './engine-failure.ts';
import { array, object, string } from './json.ts';
import { layersFormat, loadedImage, readLayers } from './parcels.ts';
import { podmanEnvironment, type PodmanCommand } from './podman-command.ts';
import { streamCommand } from '../process/stream-command.ts';

/** How images come to Podman without a registry, and leave it. */
export function podmanParcels(podman: PodmanCommand): Pick<Engine, 'layers' | 'save' | 'load'> {
  return {
    async layers() {
      const listed = array(await podman.json('list images', ['images', '--all', '--format', 'json']));
      const ids = listed.map((item) => string(object(item)['Id']));
      if (ids.length === 0) return [];
      const inspect = ['image', 'inspect', '--format', layersFormat, ...ids];
      return readLayers((await podman.run('inspect images', inspect)).stdout);
    },
    async *save(imageId) {
      const what = `save the image ${imageId}`;
      const { command, user } = podman;
      const line = [command, 'save', '--quiet', '--format', 'docker-archive', imageId] as const;
      try {
        yield* streamCommand(line, podmanEnvironment(user), ({ status, stderr }) => {
          if (status !== 0) throw engineRefused('podman', what, stderr);
        });
      } catch (error) {
        throw startFailure('podman', command, what, error);
      }
    },
    async load({ folder, signal }: Parcel) {
      const what = 'load the image';
      if (isAborted(signal)) throw engineInterrupted(what);
      const outcome = await podman
        .run(what, ['pull', '--quiet', `dir:${folder}`], {
          timeoutMs: null,
          ...(signal === undefined ? {} : { signal }),
        })
        .catch((error: unknown) => {
          if (isAborted(signal)) throw engineInterrupted(what);
          throw error;
        });
      return loadedImage('podman', outcome);
    },
  };
}
