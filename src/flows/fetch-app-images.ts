import { attempt, type Result } from '../errors/failure.ts';
import type { AppRequest } from '../core/model/app.ts';
import { readCurrentManifest } from '../observe/manifest.ts';
import { imageFinder } from './app-images.ts';
import type { FlowContext } from './context.ts';
import { chooseEngine } from './engines.ts';

/**
 * Fetches the images that the apps ask for and the host does not have, each once, all side by side. Tells of each app
 * when it has all of its own; nothing that runs is touched.
 */
export async function fetchAppImages(
  context: FlowContext,
  apps: readonly AppRequest[],
  onEnd: (app: string, result: Result<null>) => void,
): Promise<void> {
  const findImage = imageFinder(context, 'missing');
  const read = attempt(() => readCurrentManifest(context.host.files));
  await Promise.all(
    apps.map(async (request) => {
      const fetched = await attempt(async () => {
        const manifest = await read;
        const present = manifest.ok ? manifest.value?.instances.find(({ app }) => app === request.app) : null;
        const asked = request.engine ?? present?.engine;
        const engine = await chooseEngine(context, asked, null, request.app);
        const images = request.containers.flatMap(({ spec }) => [
          spec.image,
          ...(spec.init ?? []).map(({ image }) => image),
        ]);
        await Promise.all(images.map((image) => findImage(engine, image)));
        return null;
      });
      onEnd(request.app, fetched);
    }),
  );
}
