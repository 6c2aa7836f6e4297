import type { NamedImage } from '../../core/model/image-reference.ts';
import type { Files } from '../../ports/files.ts';
import { engineRefused } from './engine-failure.ts';
import { authFileFor } from './host-store.ts';
import { engineName } from './image-names.ts';
import { array, object, parseJson, string } from './json.ts';
import type { PodmanCommand } from './podman-command.ts';
import { registryRefusal } from './podman-pull.ts';

/**
 * podman-manifest-inspect(1) of the registry: of an index the digests of its manifests, of a manifest its configuration,
 * whose digest is the image's ID. It does not tell the digest of what it read.
 */
export async function podmanPublished(
  podman: PodmanCommand,
  image: NamedImage,
  files: Pick<Files, 'read'>,
): Promise<readonly string[]> {
  const what = 'ask the registry for';
  const authFile = await authFileFor(image, podman.user, files);
  const outcome = await podman.run(
    `${what} ${engineName(image)}`,
    ['manifest', 'inspect', engineName(image)],
    {
      // Podman 4.3 has no --authfile here.
      ...(authFile === null ? {} : { environment: { REGISTRY_AUTH_FILE: authFile } }),
    },
  );
  if (outcome.status !== 0)
    throw registryRefusal(outcome.stderr, { image, user: podman.user, authFile, what });
  const manifest = object(parseJson(outcome.stdout));
  const digests = [object(manifest['config']), ...array(manifest['manifests']).map(object)]
    .map((each) => string(each['digest']))
    .filter((digest) => digest !== '');
  if (digests.length > 0) return digests;
  throw engineRefused('podman', `${what} ${engineName(image)}`, 'its answer is no manifest');
}
