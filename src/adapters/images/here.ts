import type { ImageSource } from '../../ports/image-source.ts';
import { connectEngine, detectEngines } from '../engine/connect.ts';
import { imageSource } from './source.ts';

/** The images of this machine's engines, Docker first. Nothing is asked before an image is looked for. */
export function imagesHere(): ImageSource {
  return imageSource(async () => {
    const found = await detectEngines();
    return Promise.all(found.map(({ kind }) => connectEngine(kind)));
  });
}
