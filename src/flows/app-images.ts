import type { EngineKind } from '../core/model/container.ts';
import { unknownImageConfig, unknownImageId } from '../core/model/image.ts';
import type { FlowContext } from './context.ts';
import { type FoundImage, resolveImage } from './images.ts';
import type { PinnedImages } from './app-inputs.ts';
import type { ImagePolicy } from './inputs.ts';
import { findPinned } from './pinned-image.ts';

/** Finds each image once, however many containers have it, all side by side. */
export function imageFinder(
  context: FlowContext,
  policy: ImagePolicy,
  pinned?: PinnedImages,
): (engine: EngineKind, reference: string) => Promise<FoundImage> {
  const found = new Map<string, Promise<FoundImage>>();
  return (engine, reference) => {
    const key = `${engine} ${reference}`;
    const pin = pinned?.byName.get(reference);
    const look = (): Promise<FoundImage> => find(context, engine, reference, policy);
    const known =
      found.get(key) ??
      (pin === undefined
        ? look()
        : findPinned(context, engine, pin, { policy, similar: pinned?.orSimilar === true ? look : null }));
    found.set(key, known);
    return known;
  };
}

async function find(
  context: FlowContext,
  kind: EngineKind,
  reference: string,
  policy: ImagePolicy,
): Promise<FoundImage> {
  if (policy !== 'plan') return resolveImage(context, kind, reference, policy);
  const engine = await context.host.engine(kind);
  if ((await engine.image(reference)) !== null) return resolveImage(context, kind, reference, 'never');
  return { image: { reference, id: unknownImageId, digest: null }, config: unknownImageConfig };
}
