import type { NamedImage } from '../../core/model/image-reference.ts';
import type { Files } from '../../ports/files.ts';
import { authFileFor } from './host-store.ts';
import { engineName } from './image-names.ts';
import { array, object, parseJson, string } from './json.ts';
import type { PodmanCommand } from './podman-command.ts';
import { registryRefusal } from './podman-pull.ts';

/**
 * podman-manifest-inspect(1) of the registry: the digests of the manifests of an index, which images for several
 * architectures have. Null for any other: Podman 5 shows nothing of a single manifest, and no command of it tells a digest.
 */
export async function podmanPublished(
  podman: PodmanCommand,
  image: NamedImage,
  files: Pick<Files, 'read'>,
): Promise<readonly string[] | null> {
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
  const index = object(parseJson(outcome.stdout));
  const digests = array(index['manifests'])
    .map((each) => string(object(each)['digest']))
    .filter((digest) => digest !== '');
  return digests.length > 0 ? digests : null;
}
