import type { ErrorCode } from '../errors/codes.ts';
import { attempt, FailureError } from '../errors/failure.ts';
import type { EngineKind } from '../core/model/container.ts';
import { checkEngineVersion } from '../core/model/engine-version.ts';
import type { ImageConfig } from '../core/model/image.ts';
import type { ResolvedImage } from '../core/model/instance.ts';
import { keepTagPrefix } from '../core/model/keep-tag.ts';
import type { Engine, ImageFacts } from '../ports/engine.ts';
import type { SourceImage } from '../ports/image-source.ts';
import type { FlowContext } from './context.ts';
import { checkPlatform, checkRoom } from './image-checks.ts';
import type { PullPolicy } from './inputs.ts';
import { markPulled } from './pulled-images.ts';
import { sendImage } from './send-image.ts';

/** An image as found or fetched, with what it says about itself. */
export interface FoundImage {
  readonly image: ResolvedImage;
  readonly config: ImageConfig;
}

/** Resolves a reference to an image on the host, pulling as the policy says; nothing that runs is touched. */
export async function resolveImage(
  context: FlowContext,
  kind: EngineKind,
  reference: string,
  policy: PullPolicy,
): Promise<FoundImage> {
  const found = await findImage(context, kind, reference, policy);
  if (found !== null) return found;
  const engine = await context.host.engine(kind);
  return asFound(engine, await bring(context, engine, reference, policy), reference);
}

/** As resolveImage, of what the host has; null where the policy has it pulled. */
export async function findImage(
  context: FlowContext,
  kind: EngineKind,
  reference: string,
  policy: PullPolicy,
): Promise<FoundImage | null> {
  const engine = await context.host.engine(kind);
  // Asked side by side: each is a process of its own for Podman.
  const [local, about] = await Promise.all([
    policy === 'always' ? null : engine.image(reference),
    engine.facts(),
  ]);
  const old = checkEngineVersion(about);
  if (old !== null) throw new FailureError(old);
  if (local === null && policy === 'never') {
    throw new FailureError({
      code: 'IMAGE_UNKNOWN',
      message: `${kind} has no image ${reference}, and --pull never forbids fetching it`,
      next: `see what there is: ${kind} image ls; or leave --pull out`,
      subject: reference,
    });
  }
  return local === null ? null : asFound(engine, local, reference);
}

async function asFound(engine: Engine, facts: ImageFacts, reference: string): Promise<FoundImage> {
  await checkPlatform(engine, facts, reference);
  return { image: { reference, id: facts.id, digest: digestOf(facts, reference) }, config: facts.config };
}

/** Makes sure that an image which was resolved before is still there: after a prune it is fetched again by its digest. */
export async function restoreImage(
  context: FlowContext,
  kind: EngineKind,
  image: ResolvedImage,
): Promise<FoundImage> {
  const engine = await context.host.engine(kind);
  const local = await engine.image(image.id);
  if (local !== null) return { image, config: local.config };
  const own = image.digest === null ? await imageHere(context, image.reference) : null;
  if (own?.facts.id === image.id) {
    const { id } = await sendImage(context, { kind, reference: image.reference, image: own });
    return { image: { ...image, id }, config: own.facts.config };
  }
  if (image.digest === null) {
    throw new FailureError({
      code: 'IMAGE_UNKNOWN',
      message: `the image ${image.reference} (${image.id.slice(0, 19)}) is gone from ${kind}, and it came from no registry`,
      next: `build or load it again, then: gear set NAME --image ${image.reference}`,
      subject: image.reference,
    });
  }
  const facts = await pullImage(context, engine, image.digest);
  if (facts.id !== image.id) return { image: { ...image, id: facts.id }, config: facts.config };
  return { image, config: facts.config };
}

/**
 * Fetches an image that the host lacks. One that comes from no registry and is where gear is typed is sent from there;
 * so is one that no registry gives to the host, unless the registry is what was asked for.
 */
async function bring(
  context: FlowContext,
  engine: Engine,
  reference: string,
  policy: PullPolicy,
): Promise<ImageFacts> {
  const own = policy === 'always' ? null : await imageHere(context, reference);
  if (own === null) return pullImage(context, engine, reference);
  if (own.facts.digests.length === 0) return send(context, engine, reference, own);
  const pulled = await attempt(() => pullImage(context, engine, reference));
  if (pulled.ok) return pulled.value;
  const [failure] = pulled.failures;
  if (failure === undefined || !refusals.has(failure.code)) throw new FailureError(...pulled.failures);
  context.emit({ type: 'notice', subject: reference, message: `${failure.message}; it is sent from here` });
  return send(context, engine, reference, own);
}

/** Why a registry gave no image, where another way to the image is one. */
const refusals: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'IMAGE_UNKNOWN',
  'PULL_DENIED',
  'PULL_LIMITED',
  'PULL_UNREACHABLE',
  'PULL_CERTIFICATE',
  'PULL_FAILED',
  'CREDENTIALS',
]);

/** The image where gear is typed; an engine there that cannot be asked is none. */
async function imageHere({ imagesHere }: FlowContext, reference: string): Promise<SourceImage | null> {
  const found = await attempt(() => imagesHere?.find(reference) ?? Promise.resolve(null));
  return found.ok ? found.value : null;
}

async function send(
  context: FlowContext,
  engine: Engine,
  reference: string,
  image: SourceImage,
): Promise<ImageFacts> {
  const pushed = await sendImage(context, { kind: engine.kind, reference, image });
  const { id, sentBytes, elapsedMs } = pushed;
  // Where somebody else has sent it meanwhile there is nothing to tell.
  if (pushed.changed) context.emit({ type: 'pushed', image: reference, bytes: sentBytes, elapsedMs });
  const facts = await engine.image(id);
  if (facts !== null) return facts;
  throw new FailureError({
    code: 'IMAGE_UNKNOWN',
    message: `${reference} was sent to ${engine.kind}, and is gone again`,
    next: 'look for what removes images there, and run the same command again',
    subject: reference,
  });
}

/** Fetches an image, where there is room for it. FailureError DISK_FULL, PULL_…. */
export async function pullImage(
  context: FlowContext,
  engine: Engine,
  reference: string,
): Promise<ImageFacts> {
  await checkRoom(context, engine, reference);
  const before = await engine.image(reference);
  const startMs = context.clock.passedMs();
  const facts = await engine.pull(reference, {
    signal: context.signal,
    onProgress: (progress) => {
      context.emit({ type: 'pull', image: reference, ...progress });
    },
  });
  context.emit({
    type: 'pulled',
    image: reference,
    id: facts.id,
    elapsedMs: context.clock.passedMs() - startMs,
  });
  if (before?.id !== facts.id) await markPulled(context, engine.kind, facts.id, reference);
  return facts;
}

/** The digest under the name that was asked for; any other name of the same image would serve another registry. */
function digestOf(facts: ImageFacts, reference: string): string | null {
  const name = reference.replace(/@.*$/, '').replace(/:[^:/]*$/, '');
  const digests = facts.digests.filter((digest) => !digest.startsWith(keepTagPrefix));
  return (
    digests.find((digest) => digest.startsWith(`${name}@`)) ??
    digests.find((digest) => digest.includes(`${name}@`)) ??
    null
  );
}
