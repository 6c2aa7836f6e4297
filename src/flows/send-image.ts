import { layersToSend } from '../core/model/image-layers.ts';
import { parseImageReference } from '../core/model/image-reference.ts';
import { parcelFiles, partName } from '../core/model/parcel.ts';
import { paths } from '../core/model/paths.ts';
import type { EngineKind } from '../core/model/container.ts';
import type { ErrorCode } from '../errors/codes.ts';
import { attempt, FailureError } from '../errors/failure.ts';
import type { Engine, ImageFacts } from '../ports/engine.ts';
import type { PackedLayer, SourceImage } from '../ports/image-source.ts';
import type { PushedImage } from '../report/values-of-images.ts';
import type { FlowContext } from './context.ts';
import { checkPlatform, checkRoom } from './image-checks.ts';
import { markPulled } from './pulled-images.ts';
import { sendingAlone } from './locked.ts';

/** The parts of an image are nobody's business but root's. */
const folderMode = 0o700;
const fileMode = 0o600;

/** What is sent, from where, and to which engine of the host. */
export interface Sending {
  readonly kind: EngineKind;
  /** The name that it is to have on the host. */
  readonly reference: string;
  readonly image: SourceImage;
}

/**
 * Brings an image to the host: only the layers that its engine lacks travel, compressed, and what arrived whole before
 * is not sent again. The engine has it under its name once it is what it must be. FailureError IMAGE_…, DISK_FULL,
 * ENGINE_…, HOST_…, FILE_FAILED, NOT_ROOT, LOCKED, INTERRUPTED.
 */
export async function sendImage(context: FlowContext, sending: Sending): Promise<PushedImage> {
  const { kind, reference, image } = sending;
  const startMs = context.clock.passedMs();
  const engine = await context.host.engine(kind);
  await checkPlatform(engine, image.facts, reference);
  const there = await present(engine, reference, image.facts);
  const { facts, moved } =
    there === null ? await move(context, engine, sending) : { facts: there, moved: null };
  if (isName(reference) && (await engine.image(reference))?.id !== facts.id)
    await engine.tag(facts.id, reference);
  return {
    image: reference,
    engine: kind,
    id: facts.id,
    layers: image.facts.layers.length,
    sentLayers: moved?.sentLayers ?? 0,
    sentBytes: moved?.sentBytes ?? 0,
    whole: moved?.whole ?? false,
    changed: moved !== null,
    elapsedMs: context.clock.passedMs() - startMs,
  };
}

interface Moved {
  readonly facts: ImageFacts;
  readonly sentLayers: number;
  readonly sentBytes: number;
  /** The engine did not take an archive without the layers that it has. */
  readonly whole: boolean;
}

/** What the engine has then, and what was sent for it: null where somebody else has sent it meanwhile. */
async function move(
  context: FlowContext,
  engine: Engine,
  sending: Sending,
): Promise<{ readonly facts: ImageFacts; readonly moved: Moved | null }> {
  const { reference, image } = sending;
  // Each engine wants other files beside the layers.
  const parcel = `${partName(image.facts.id)}-${engine.kind}`;
  return sendingAlone(context, parcel, async (alone) => {
    // Whoever was waited for may have brought it.
    const brought = await present(engine, reference, image.facts);
    const moved = brought === null ? await bringAlone(alone, engine, sending, parcel) : null;
    const facts = brought ?? moved?.facts ?? image.facts;
    await markPulled(context, engine.kind, facts.id, reference);
    return { facts, moved };
  });
}

async function bringAlone(
  context: FlowContext,
  engine: Engine,
  sending: Sending,
  parcel: string,
): Promise<Moved> {
  await checkRoom(context, engine, sending.reference);
  const folder = `${paths.parcels}/${parcel}`;
  const moved = await attempt(() => bring(context, engine, sending, folder));
  const spoilt = !moved.ok && moved.failures.some(({ code }) => spoils.has(code));
  // What arrived stays for the next try, unless it is what was wrong; and who lost the lock has left it to another.
  if (!context.signal.aborted && (moved.ok || spoilt)) await context.host.files.removeFolder(folder);
  if (!moved.ok) throw new FailureError(...moved.failures);
  return moved.value;
}

const spoils: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['ENGINE_FAILED', 'IMAGE_DAMAGED']);

async function bring(context: FlowContext, engine: Engine, sending: Sending, folder: string): Promise<Moved> {
  const { image, reference } = sending;
  const lacking = layersToSend(engine.kind, image.facts.layers, await engine.layers());
  const thin = await sendLayers(context, sending, folder, lacking);
  const id = await load(context, engine, sending, folder);
  if (id !== null) return { ...thin, facts: await verified(engine, sending, id), whole: false };
  context.emit({
    type: 'notice',
    subject: reference,
    message: `the store of ${engine.kind} does not take an image without the layers that it has; all of them are sent`,
  });
  const rest = await sendLayers(context, sending, folder, image.facts.layers);
  const whole = await load(context, engine, sending, folder);
  if (whole === null) throw damaged(reference, 'the engine does not find its layers');
  return {
    facts: await verified(engine, sending, whole),
    sentLayers: thin.sentLayers + rest.sentLayers,
    sentBytes: thin.sentBytes + rest.sentBytes,
    whole: true,
  };
}

/** Sends those of the layers that are not in the folder yet. */
async function sendLayers(
  context: FlowContext,
  { image, reference }: Sending,
  folder: string,
  layers: readonly string[],
): Promise<Pick<Moved, 'sentLayers' | 'sentBytes'>> {
  const { files } = context.host;
  const arrived = new Set((await files.list(folder)).map(({ name }) => name));
  const wanted = [...new Set(layers)].filter((layer) => !arrived.has(partName(layer)));
  const reading = image.open(wanted);
  // What it fails with, each layer fails with too.
  reading.frame.catch(() => undefined);
  let sentBytes = 0;
  for (const [at, digest] of wanted.entries()) {
    const layer = await reading.layer(digest);
    const told = { type: 'push', image: reference, layer: at + 1, layers: wanted.length } as const;
    const content = counted(layer, (currentBytes) => {
      context.emit({ ...told, currentBytes, totalBytes: layer.sizeBytes });
    });
    await files.receive(`${folder}/${partName(digest)}`, content, digest, context.signal);
    sentBytes += layer.sizeBytes;
    context.onEffect?.();
  }
  return { sentLayers: wanted.length, sentBytes };
}

async function* counted(layer: PackedLayer, tell: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  tell(bytes);
  for await (const piece of layer.read()) {
    yield piece;
    bytes += piece.length;
    tell(bytes);
  }
}

/** Has the engine take in what lies in the folder; null when it asks for more. */
async function load(
  context: FlowContext,
  engine: Engine,
  { image }: Sending,
  folder: string,
): Promise<string | null> {
  const { files } = context.host;
  const { config, layerBytes } = await image.open([]).frame;
  const layers = image.facts.layers.map((digest) => ({ digest, sizeBytes: layerBytes.get(digest) ?? 0 }));
  const { digest, content } = config;
  const description = parcelFiles(engine.kind, { config: { digest, sizeBytes: content.length }, layers });
  await files.write(`${folder}/${partName(digest)}`, content, fileMode, folderMode);
  for (const [name, text] of Object.entries(description)) {
    await files.write(`${folder}/${name}`, text, fileMode, folderMode);
  }
  const there = new Set((await files.list(folder)).map(({ name }) => name));
  const parts = [...new Set([digest, ...image.facts.layers])].map(partName).filter((name) => there.has(name));
  return engine.load({ folder, parts, signal: context.signal });
}

/** Compares what the engine has now with what was sent. */
async function verified(engine: Engine, { image, reference }: Sending, id: string): Promise<ImageFacts> {
  const facts = await engine.image(id);
  if (facts === null) throw damaged(reference, 'the engine does not have it');
  if (!isSame(facts, image.facts)) throw damaged(reference, 'its layers or its configuration are others');
  return facts;
}

/** The image, if the engine of the host has it already. */
async function present(engine: Engine, reference: string, wanted: ImageFacts): Promise<ImageFacts | null> {
  const byId = await engine.image(wanted.id);
  if (byId !== null) return byId;
  const named = isName(reference) ? await engine.image(reference) : null;
  return named !== null && isSame(named, wanted) ? named : null;
}

/** An ID is that of the configuration, and with the store of containerd that of a manifest: then what it is decides. */
function isSame(one: ImageFacts, other: ImageFacts): boolean {
  if (one.id === other.id) return true;
  return (
    JSON.stringify([one.layers, one.architecture, one.config]) ===
    JSON.stringify([other.layers, other.architecture, other.config])
  );
}

/** Whether an image can be given the reference as a name. */
function isName(reference: string): boolean {
  const parsed = parseImageReference(reference);
  return parsed.ok && parsed.value.kind === 'name' && parsed.value.digest === null;
}

function damaged(reference: string, why: string): FailureError {
  return new FailureError({
    code: 'IMAGE_DAMAGED',
    message: `${reference} was loaded and is not what was sent: ${why}`,
    next: `run the same command again; or look at it: gear doctor`,
    subject: reference,
  });
}
