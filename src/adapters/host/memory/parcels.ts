import type { ImageFacts, Parcel } from '../../../ports/engine.ts';
import { array, object, parseJson, string, strings } from '../../engine/json.ts';
import type { MemoryFiles } from './files.ts';
import { emptyConfig, type MemoryImages } from './images.ts';

/** Takes in an image from a folder of the files in memory as an engine does; null for a layer that is nowhere. */
export function loadParcel(
  files: MemoryFiles,
  images: MemoryImages,
  { folder, parts }: Parcel,
): ImageFacts | null {
  const json = (name: string): unknown => parseJson(files.textOf(`${folder}/${name}`) ?? '');
  const manifest = json('manifest.json');
  const [entry] = array(manifest).map(object);
  const name = string(entry?.['Config']) || string(object(object(manifest)['config'])['digest']).slice(7);
  const config = object(json(name));
  const layers = strings(object(config['rootfs'])['diff_ids']);
  const there = new Set(images.all().flatMap((image) => image.layers));
  if (layers.some((layer) => !there.has(layer) && !parts.includes(layer.slice(7)))) return null;
  const image: ImageFacts = {
    id: `sha256:${name}`,
    digests: [],
    tags: [],
    sizeBytes: 1_000_000,
    architecture: string(config['architecture']),
    layers,
    config: { ...emptyConfig, environment: strings(object(config['config'])['Env']) },
  };
  images.take(image);
  return image;
}
