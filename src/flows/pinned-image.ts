import type { EngineKind } from '../core/model/container.ts';
import { unknownImageConfig, unknownImageId } from '../core/model/image.ts';
import type { Instance, ResolvedImage } from '../core/model/instance.ts';
import { imagesOf } from '../core/plan/form.ts';
import { attempt, type Failure, FailureError } from '../errors/failure.ts';
import type { Engine, ImageFacts } from '../ports/engine.ts';
import type { FlowContext } from './context.ts';
import { type FoundImage, pullImage } from './images.ts';
import type { ImagePolicy } from './inputs.ts';
import { sendImage } from './send-image.ts';

/** The images of instances by the name under which these ask for them. */
export function imagesByName(instances: readonly Instance[]): ReadonlyMap<string, ResolvedImage> {
  return new Map(instances.flatMap((each) => imagesOf(each).map((image) => [image.reference, image])));
}

interface PinnedSearch {
  readonly policy: ImagePolicy;
  /** Finds another image of the same name; null: none other will do. */
  readonly similar: (() => Promise<FoundImage>) | null;
}

/**
 * The very image that ran on another host: by its ID, else by its digest, from the registry; where no registry gives it,
 * it is sent by the host that the app comes from. FailureError IMAGE_UNKNOWN where none of them has it, PULL_….
 */
export async function findPinned(
  context: FlowContext,
  kind: EngineKind,
  image: ResolvedImage,
  { policy, similar }: PinnedSearch,
): Promise<FoundImage> {
  const engine = await context.host.engine(kind);
  const facts = await localImage(engine, image);
  if (facts !== null) return found(image, facts);
  const there = await attempt(() => context.imagesThere?.find(image.id) ?? Promise.resolve(null));
  const own = there.ok && there.value?.facts.id === image.id ? there.value : null;
  if (policy === 'plan' && (image.digest !== null || own !== null))
    return { image: { ...image, id: unknownImageId }, config: unknownImageConfig };
  const fetched = await attempt(() => fetchExactly(context, engine, image, policy));
  if (fetched.ok) return found(image, fetched.value);
  if (own !== null && policy !== 'never') {
    const { id } = await sendImage(context, { kind, reference: image.reference, image: own });
    const sent = await engine.image(id);
    if (sent !== null) return found(image, sent);
  }
  if (similar === null) throw new FailureError(...fetched.failures);
  const other = await attempt(similar);
  if (!other.ok) throw new FailureError(...fetched.failures);
  context.emit({
    type: 'warning',
    subject: image.reference,
    message: `the image that ran (${image.id.slice(0, 19)}) cannot be had; another one of that name takes its place`,
  });
  return other.value;
}

async function localImage(engine: Engine, { id, digest }: ResolvedImage): Promise<ImageFacts | null> {
  return (await engine.image(id)) ?? (digest === null ? null : await engine.image(digest));
}

async function fetchExactly(
  context: FlowContext,
  engine: Engine,
  { reference, id, digest }: ResolvedImage,
  policy: ImagePolicy,
): Promise<ImageFacts> {
  if (digest !== null && policy !== 'never') return pullImage(context, engine, digest);
  throw new FailureError(notHere(reference, id, digest));
}

function notHere(reference: string, id: string, digest: string | null): Failure {
  const origin = digest === null ? 'it came from no registry' : '--pull never forbids fetching it';
  return {
    code: 'IMAGE_UNKNOWN',
    message: `the image that runs as ${reference} (${id.slice(0, 19)}) is not on this host, and ${origin}`,
    next: `bring that very image there: gear push ${reference} HOST; or docker save ${reference} | ssh HOST docker load`,
    subject: reference,
  };
}

function found(image: ResolvedImage, { id, config }: ImageFacts): FoundImage {
  return { image: { ...image, id }, config };
}
