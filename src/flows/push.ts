import type { EngineKind } from '../core/model/container.ts';
import { attempt, FailureError, type Result } from '../errors/failure.ts';
import type { ImageSource } from '../ports/image-source.ts';
import type { PushedImage } from '../report/values-of-images.ts';
import type { FlowContext } from './context.ts';
import { chooseEngine, refuseOldEngine } from './engines.ts';
import { findObstacles } from './preflight.ts';
import { sendImage } from './send-image.ts';

/** `gear push`. */
export interface PushInput {
  readonly reference: string;
  /** Of the host; else the first one that it has. */
  readonly engine: EngineKind | undefined;
  readonly source: ImageSource;
  /** Where the source is, in words: 'here', 'on web1'. */
  readonly where: string;
}

/** Brings an image to the host from where the source has it, without a registry. Nothing that runs is touched. */
export async function pushImage(
  context: FlowContext,
  { reference, engine, source, where }: PushInput,
): Promise<Result<PushedImage>> {
  return attempt(async () => {
    const [image, facts] = await Promise.all([source.find(reference), context.host.facts()]);
    const obstacles = findObstacles(facts);
    if (obstacles.length > 0) throw new FailureError(...obstacles);
    if (image === null) {
      throw new FailureError({
        code: 'IMAGE_UNKNOWN',
        message: `no engine ${where} has the image ${reference}`,
        next: 'build or pull it there first; docker image ls and podman image ls show what there is',
        subject: reference,
      });
    }
    const kind = await chooseEngine(context, engine, null, reference);
    await refuseOldEngine(context, kind);
    return sendImage(context, { kind, reference, image });
  });
}
