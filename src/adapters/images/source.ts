import type { Engine, ImageFacts } from '../../ports/engine.ts';
import type { ImageFrame, ImageSource, PackedLayer, SourceImage } from '../../ports/image-source.ts';
import { readImage } from './read-image.ts';

/** Images of these engines, asked in order. An image is read as seldom as those who want layers of it allow. */
export function imageSource(engines: () => Promise<readonly Engine[]>): ImageSource {
  const known = new Map<string, SourceImage>();
  return {
    async find(reference) {
      for (const engine of await engines()) {
        const facts = await engine.image(reference);
        if (facts === null) continue;
        const image = known.get(facts.id) ?? sourceImage(engine, facts, reference);
        known.set(facts.id, image);
        return { ...image, facts };
      }
      return null;
    },
  };
}

/** Each layer is set aside once, whoever asks for it, and the frame is of whichever reading was the first. */
function sourceImage(engine: Engine, facts: ImageFacts, name: string): SourceImage {
  const packed = new Map<string, Promise<PackedLayer>>();
  let frame: Promise<ImageFrame> | undefined;

  function read(wanted: ReadonlySet<string>): Promise<ImageFrame> {
    const waiting = new Map<string, PromiseWithResolvers<PackedLayer>>();
    for (const digest of wanted) {
      const layer = withResolvers<PackedLayer>();
      // Whoever wants it listens later, or has failed before.
      layer.promise.catch(() => undefined);
      waiting.set(digest, layer);
      packed.set(digest, layer.promise);
    }
    const reading = readImage(engine.save(facts.id), {
      name,
      layers: facts.layers,
      wanted,
      onLayer: (digest, layer) => waiting.get(digest)?.resolve(layer),
    });
    reading.catch((error: unknown) => {
      for (const layer of waiting.values()) layer.reject(error);
    });
    return reading;
  }

  return {
    facts,
    open(layers) {
      const fresh = new Set(layers.filter((digest) => !packed.has(digest)));
      const reading = fresh.size > 0 || frame === undefined ? read(fresh) : frame;
      frame ??= reading;
      return {
        layer: (digest) => packed.get(digest) ?? Promise.reject(new Error(`${digest} was not asked for`)),
        frame: reading,
      };
    },
  };
}

interface PromiseWithResolvers<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (reason: unknown) => void;
}

/** Promise.withResolvers, which Node has since 22. */
function withResolvers<T>(): PromiseWithResolvers<T> {
  let resolve: (value: T) => void = () => undefined;
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<T>((res, rej) => {
    resolve = res;
    reject = rej;
  });
  return { promise, resolve, reject };
}
