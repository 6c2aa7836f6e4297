import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { packTar } from '../../src/adapters/ssh/tar.ts';
import { imageFacts } from '../../src/adapters/engine/image-facts.ts';
import type { ImageFacts } from '../../src/ports/engine.ts';

/** How an engine writes an image: by the digest of a layer, by a name of its own, or compressed. */
export type SavedForm = 'docker 26' | 'docker 20' | 'containerd';

/** An image as an engine has it and writes it. */
export interface SavedImage {
  readonly facts: ImageFacts;
  readonly config: string;
  /** The content of each layer by its digest, lowest first. */
  readonly layers: ReadonlyMap<string, Buffer>;
  readonly archive: Buffer;
}

export const digestOf = (content: string | Uint8Array): string =>
  `sha256:${createHash('sha256').update(content).digest('hex')}`;

/** The image of these layers, a text each, as `docker save` of an engine writes it. */
export function savedImage(
  texts: readonly string[],
  { form = 'docker 26', env = [] as readonly string[] }: { form?: SavedForm; env?: readonly string[] } = {},
): SavedImage {
  const contents = texts.map((text) => packTar([{ path: 'file', mode: 0o644, content: Buffer.from(text) }]));
  const layers = new Map(contents.map((content) => [digestOf(content), content]));
  const config = JSON.stringify({
    architecture: 'amd64',
    config: { Env: env },
    rootfs: { type: 'layers', diff_ids: [...layers.keys()] },
  });
  const named = [...layers.values()].map((content, at) => fileOf(form, content, at));
  const name = digestOf(config).slice(7);
  const manifest = [{ Config: `${name}.json`, RepoTags: null, Layers: named.map(({ path }) => path) }];
  const archive = packTar(
    [
      ...named,
      { path: `${name}.json`, content: Buffer.from(config) },
      { path: 'manifest.json', content: Buffer.from(JSON.stringify(manifest)) },
      { path: 'oci-layout', content: Buffer.from('{"imageLayoutVersion":"1.0.0"}') },
    ].map((file) => ({ ...file, mode: 0o644 })),
  );
  const facts = imageFacts({
    Id: digestOf(config),
    Architecture: 'amd64',
    Config: { Env: env },
    RootFS: { Layers: [...layers.keys()] },
  });
  return { facts, config, layers, archive };
}

function fileOf(form: SavedForm, content: Buffer, at: number): { path: string; content: Buffer } {
  if (form === 'docker 20') return { path: `${String(at).repeat(64)}/layer.tar`, content };
  const written = form === 'containerd' ? gzipSync(content) : content;
  return { path: `blobs/sha256/${digestOf(written).slice(7)}`, content: written };
}

/** Bytes as they come from elsewhere, in pieces of an odd size. */
export async function* inPieces(content: Uint8Array, bytes = 777): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += bytes) {
    await Promise.resolve();
    yield content.subarray(at, at + bytes);
  }
}
