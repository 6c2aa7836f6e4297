import type { EngineKind } from '../../core/model/container.ts';
import { FailureError } from '../../errors/failure.ts';
import type { CommandOutcome } from '../process/command.ts';
import { engineRefused } from './engine-failure.ts';
import { parseJson, strings } from './json.ts';

/** The format that makes both engines' `image inspect` print the layers of each image on a line. */
export const layersFormat = '{{json .RootFS.Layers}}';

/** Reads those lines. Where an image went while it was asked about, the others are told all the same. */
export function readLayers(stdout: string): readonly (readonly string[])[] {
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('['))
    .map((line) => strings(parseJson(line)));
}

/**
 * A layer that is not in the folder and that the engine does not look for in its store: Docker 20.10 and 26.1 and Podman
 * 4.3 and 5.4 name its file, Docker with the store of containerd the layer.
 */
const layerAsked = /[0-9a-f]{64}"?:? (?:not found|no such file or directory)/;

/** What came of a load: the ID, null for a layer that was asked for. FailureError DISK_FULL, ENGINE_FAILED. */
export function loadedImage(kind: EngineKind, { status, stdout, stderr }: CommandOutcome): string | null {
  const [, id] = /(?:sha256:)?\b([0-9a-f]{64})\b/.exec(stdout) ?? [];
  if (status === 0 && id !== undefined) return `sha256:${id}`;
  if (/no space left on device|disk quota exceeded/i.test(stderr)) {
    throw new FailureError({
      code: 'DISK_FULL',
      message: `${kind} has no space left for the image`,
      next: `see what can go: ${kind} system df`,
    });
  }
  if (layerAsked.test(stderr)) return null;
  throw engineRefused(kind, 'load the image', stderr === '' ? stdout : stderr);
}
