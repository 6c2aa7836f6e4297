import { createHash } from 'node:crypto';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { FailureError } from '../../errors/failure.ts';
import type { ImageFrame, PackedLayer } from '../../ports/image-source.ts';
import { array, object, parseJson, string, strings } from '../engine/json.ts';
import { BrokenArchive, type TarFile, tarFiles } from './read-tar.ts';
import { Scratch } from './scratch.ts';

/** Above this nothing in an archive is a description. */
const longestText = 8 * 1024 * 1024;

/** What is wanted of an image in the form of `docker save`. */
export interface ImageReading {
  /** How people know the image. */
  readonly name: string;
  /** Digests of its layers, lowest first. */
  readonly layers: readonly string[];
  readonly wanted: ReadonlySet<string>;
  readonly onLayer: (digest: string, layer: PackedLayer) => void;
}

/**
 * Reads an image once, as its engine writes it: packs the layers that are wanted, each under the digest that its own
 * content has, and returns what is beside them. Engines name the files of layers by their digest (Docker since 25,
 * Podman), by something else (Docker before), or by that of their compressed form (Docker with the store of containerd).
 */
export async function readImage(
  archive: AsyncIterable<Uint8Array>,
  reading: ImageReading,
): Promise<ImageFrame> {
  const { name, layers, wanted } = reading;
  const { layerBytes, texts } = await readParts(archive, reading).catch((error: unknown) => {
    throw error instanceof BrokenArchive ? unfit(name, `is not whole: ${error.message}`) : error;
  });
  const lacking = [...wanted].find((layer) => !layerBytes.has(layer));
  const config = configIn(texts, layers);
  if (lacking === undefined && config !== null) {
    const digest = `sha256:${createHash('sha256').update(config).digest('hex')}`;
    return { config: { content: config, digest }, layerBytes };
  }
  throw unfit(name, lacking === undefined ? 'has no configuration' : `has no layer ${lacking.slice(0, 19)}`);
}

interface Parts {
  /** Bytes of each layer by its digest. */
  readonly layerBytes: ReadonlyMap<string, number>;
  /** What is beside the layers, by name. */
  readonly texts: ReadonlyMap<string, Uint8Array>;
}

async function readParts(
  archive: AsyncIterable<Uint8Array>,
  { layers, wanted, onLayer }: ImageReading,
): Promise<Parts> {
  const layerBytes = new Map<string, number>();
  const texts = new Map<string, Uint8Array>();
  for await (const file of tarFiles(archive)) {
    const named = layers.find((layer) => file.name.includes(layer.replace('sha256:', '')));
    if (named !== undefined && !wanted.has(named)) {
      layerBytes.set(named, file.sizeBytes);
      continue;
    }
    const text = file.sizeBytes <= longestText ? await bytesOf(file) : null;
    // A tar begins with the name of its first file: no layer looks like this.
    if (text !== null && (text[0] === 0x7b || text[0] === 0x5b)) {
      texts.set(file.name, text);
      continue;
    }
    const found = await weigh(text === null ? file.body : [text]);
    const isWanted = wanted.has(found.digest) && !layerBytes.has(found.digest);
    if (layers.includes(found.digest)) layerBytes.set(found.digest, found.bytes);
    if (isWanted) onLayer(found.digest, await found.pack());
    else found.drop();
  }
  return { layerBytes, texts };
}

function unfit(name: string, how: string): FailureError {
  return new FailureError({
    code: 'ENGINE_FAILED',
    message: `the archive of ${name} from its engine ${how}`,
    next: 'see whether the image is whole there: docker save, or podman save',
    subject: name,
  });
}

interface Weighed {
  readonly digest: string;
  readonly bytes: number;
  /** One of both is called. */
  readonly pack: () => Promise<PackedLayer>;
  readonly drop: () => void;
}

/** Sets a layer aside and finds its digest, which is of what it is uncompressed. */
async function weigh(body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Weighed> {
  const raw = await Scratch.of(fromEither(body));
  const isGzip = await beginsWith(raw, [0x1f, 0x8b]);
  const hash = createHash('sha256');
  let bytes = 0;
  const sink = async (content: AsyncIterable<Buffer>): Promise<void> => {
    for await (const piece of content) {
      hash.update(piece);
      bytes += piece.length;
    }
  };
  await pipeline(Readable.from(raw.read()), isGzip ? createGunzip() : new PassThrough(), sink);
  return {
    digest: `sha256:${hash.digest('hex')}`,
    bytes,
    pack: async () => {
      if (isGzip) return raw;
      const packed = await Scratch.of(raw.read(), createGzip());
      raw.close();
      return packed;
    },
    drop: () => {
      raw.close();
    },
  };
}

async function* fromEither(
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* body;
}

async function beginsWith(content: Scratch, magic: readonly number[]): Promise<boolean> {
  for await (const piece of content.read()) return magic.every((byte, at) => piece[at] === byte);
  return false;
}

async function bytesOf({ body }: TarFile): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** The configuration of the image with these layers, of those that the manifest names. */
function configIn(texts: ReadonlyMap<string, Uint8Array>, layers: readonly string[]): Uint8Array | null {
  const json = (name: string): unknown => {
    const text = texts.get(name);
    return text === undefined ? undefined : parseJson(new TextDecoder().decode(text));
  };
  const names = array(json('manifest.json')).map((entry) => string(object(entry)['Config']));
  const found = names.find((name) => {
    const own = strings(object(object(json(name))['rootfs'])['diff_ids']);
    return own.length === layers.length && own.every((layer, at) => layer === layers[at]);
  });
  return found === undefined ? null : (texts.get(found) ?? null);
}
