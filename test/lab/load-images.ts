import { join } from 'node:path';
import type { Host } from './host.ts';
import { packImages } from './image-archive.ts';
import type { ImageSpec } from './images.ts';

export type Engine = 'docker' | 'podman';
export const engines: readonly Engine[] = ['docker', 'podman'];

/** Puts images into a host's engine without any registry; returns their IDs (`sha256:…`) by tag. */
export async function loadImages(
  host: Host,
  engine: Engine,
  specs: readonly ImageSpec[],
): Promise<Record<string, string>> {
  const { tar, ids } = await packImages(specs, join(host.root, 'usr/bin/busybox'));
  await host.exec([engine, 'load'], { input: tar });
  return ids;
}
