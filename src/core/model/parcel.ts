import type { EngineKind } from './engine-kind.ts';

/** An image as it is described to an engine: layers may be left out of the folder that the engine has already. */
export interface ParcelContent {
  readonly config: { readonly digest: string; readonly sizeBytes: number };
  /** All of them, lowest first. */
  readonly layers: readonly { readonly digest: string; readonly sizeBytes: number }[];
}

/**
 * The files that make an image of a folder of its parts. For Docker the manifest of `docker save` (image specification
 * 1.2), whose layers dockerd looks for in its own store first. For Podman the transport dir of containers-transports(5),
 * with Docker's manifest (schema 2), since OCI's knows no health checks: what the storage has is not read from there.
 */
export function parcelFiles(
  kind: EngineKind,
  { config, layers }: ParcelContent,
): Readonly<Record<string, string>> {
  if (kind === 'docker') {
    const entry = {
      Config: partName(config.digest),
      RepoTags: null,
      Layers: layers.map(({ digest }) => partName(digest)),
    };
    return { 'manifest.json': JSON.stringify([entry]) };
  }
  const manifest = {
    schemaVersion: 2,
    mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
    config: {
      mediaType: 'application/vnd.docker.container.image.v1+json',
      size: config.sizeBytes,
      digest: config.digest,
    },
    layers: layers.map(({ digest, sizeBytes }) => ({
      mediaType: 'application/vnd.docker.image.rootfs.diff.tar',
      size: sizeBytes,
      digest,
    })),
  };
  return { 'manifest.json': JSON.stringify(manifest), version: 'Directory Transport Version: 1.1\n' };
}

/** The name of the file with the part of an image that has the digest 'sha256:…'. */
export function partName(digest: string): string {
  return digest.replace('sha256:', '');
}
