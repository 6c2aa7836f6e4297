import type { EngineKind } from '../core/model/container.ts';
import { unknownImageConfig } from '../core/model/image.ts';
import type { FlowContext } from './context.ts';
import { type FoundImage, resolveImage } from './images.ts';
import type { PullPolicy } from './inputs.ts';

/** Whether an image that is not there is fetched, or stands in the plan as something to fetch. */
export type ImagePolicy = PullPolicy | 'plan';

/** The ID of an image that is not there yet. */
export const unknownImageId = `sha256:${'0'.repeat(64)}`;

/** Finds each image once, however many containers have it, all side by side. */
export function imageFinder(
  context: FlowContext,
  policy: ImagePolicy,
): (engine: EngineKind, reference: string) => Promise<FoundImage> {
  const found = new Map<string, Promise<FoundImage>>();
  return (engine, reference) => {
    const key = `${engine} ${reference}`;
    const known = found.get(key) ?? find(context, engine, reference, policy);
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
