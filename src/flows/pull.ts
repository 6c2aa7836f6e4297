import { attempt, type Result } from '../errors/failure.ts';
import type { EngineKind } from '../core/model/container.ts';
import { readCurrentManifest } from '../observe/manifest.ts';
import type { PulledImage } from '../report/values-of-images.ts';
import type { FlowContext } from './context.ts';
import { chooseEngine } from './engines.ts';
import { resolveImage } from './images.ts';

/**
 * Fetches images, by their own names or those of containers and apps that use them, with the credentials of whoever
 * asks. Nothing that runs is touched: a container takes the new image with `gear set NAME --pull always`.
 */
export async function pullImages(
  context: FlowContext,
  words: readonly string[],
  engine: EngineKind | undefined,
): Promise<Result<readonly PulledImage[]>> {
  return attempt(async () => {
    const instances = (await readCurrentManifest(context.host.files))?.instances ?? [];
    const wanted = words.flatMap((word): readonly { image: string; engine?: EngineKind }[] => {
      const users = instances.filter(({ name, app }) => name === word || app === word);
      return users.length === 0
        ? [{ image: word }]
        : users.map((each) => ({ image: each.spec.image, engine: each.engine }));
    });
    const chosen = await Promise.all(
      wanted.map(async (each) => ({
        image: each.image,
        engine: engine ?? each.engine ?? (await chooseEngine(context, undefined, null, each.image)),
      })),
    );
    const distinct = [...new Map(chosen.map((each) => [`${each.engine} ${each.image}`, each])).values()];
    return Promise.all(
      distinct.map(async ({ image, engine: kind }): Promise<PulledImage> => {
        const before = await (await context.host.engine(kind)).image(image);
        const found = await resolveImage(context, kind, image, 'always');
        const { id, digest } = found.image;
        return { image, engine: kind, id, digest, changed: before?.id !== id };
      }),
    );
  });
}
