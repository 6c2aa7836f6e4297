import { FailureError } from '../errors/failure.ts';
import type { EngineKind } from '../core/model/container.ts';
import { checkEngineVersion } from '../core/model/engine-version.ts';
import type { ImageConfig } from '../core/model/image.ts';
import type { ResolvedImage } from '../core/model/instance.ts';
import type { Engine, ImageFacts } from '../ports/engine.ts';
import type { FlowContext } from './context.ts';
import type { PullPolicy } from './inputs.ts';
import { markPulled } from './pulled-images.ts';

/** Less free space than this is no place to pull into: dockerd itself misbehaves on a full disk. */
const leastFreeBytes = 256 * 1024 * 1024;

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
  return asFound(engine, await pull(context, engine, reference), reference);
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
  if (image.digest === null) {
    throw new FailureError({
      code: 'IMAGE_UNKNOWN',
      message: `the image ${image.reference} (${image.id.slice(0, 19)}) is gone from ${kind}, and it came from no registry`,
      next: `build or load it again, then: gear set NAME --image ${image.reference}`,
      subject: image.reference,
    });
  }
  const facts = await pull(context, engine, image.digest);
  if (facts.id !== image.id) return { image: { ...image, id: facts.id }, config: facts.config };
  return { image, config: facts.config };
}

async function pull(context: FlowContext, engine: Engine, reference: string): Promise<ImageFacts> {
  const { storagePath } = await engine.setup();
  const free = await context.host.files.freeBytes(storagePath);
  if (free < leastFreeBytes) {
    throw new FailureError({
      code: 'DISK_FULL',
      message: `${storagePath} has ${String(Math.floor(free / 1024 / 1024))} MB free; pulling ${reference} needs at least ${String(leastFreeBytes / 1024 / 1024)} MB`,
      next: `see what can go: ${engine.kind} system df; df -h ${storagePath}`,
      subject: reference,
    });
  }
  const before = await engine.image(reference);
  const startMs = context.clock.nowMs();
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
    elapsedMs: context.clock.nowMs() - startMs,
  });
  if (before?.id !== facts.id) await markPulled(context, engine.kind, facts.id, reference);
  return facts;
}

async function checkPlatform(engine: Engine, facts: ImageFacts, reference: string): Promise<void> {
  const { architecture } = await engine.facts();
  if (facts.architecture === '' || facts.architecture === architecture) return;
  throw new FailureError({
    code: 'IMAGE_PLATFORM',
    message: `${reference} was built for ${facts.architecture}; this host runs ${architecture}`,
    next: `use an image for ${architecture}`,
    subject: reference,
  });
}

/** The digest under the name that was asked for; any other name of the same image would serve another registry. */
function digestOf(facts: ImageFacts, reference: string): string | null {
  const name = reference.replace(/@.*$/, '').replace(/:[^:/]*$/, '');
  const digests = facts.digests.filter((digest) => !digest.startsWith('gear.local/'));
  return (
    digests.find((digest) => digest.startsWith(`${name}@`)) ??
    digests.find((digest) => digest.includes(`${name}@`)) ??
    null
  );
}
