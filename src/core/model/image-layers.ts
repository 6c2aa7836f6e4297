import type { EngineKind } from './engine-kind.ts';

/**
 * The layers of an image, lowest first, that an engine must be given beside what it has of other images. Docker knows a
 * layer by all that lie below it, so what it has begins at the bottom and ends at the first difference (the chain ID of
 * the OCI image specification); Podman finds a layer by its own digest, wherever it lies.
 */
export function layersToSend(
  kind: EngineKind,
  layers: readonly string[],
  present: readonly (readonly string[])[],
): readonly string[] {
  if (kind === 'podman') {
    const known = new Set(present.flat());
    return [...new Set(layers.filter((layer) => !known.has(layer)))];
  }
  const shared = Math.max(0, ...present.map((other) => commonLength(layers, other)));
  return [...new Set(layers.slice(shared))];
}

function commonLength(one: readonly string[], other: readonly string[]): number {
  const differs = one.findIndex((layer, at) => layer !== other[at]);
  return differs === -1 ? one.length : differs;
}
