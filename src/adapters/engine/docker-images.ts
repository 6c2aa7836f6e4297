import type { Engine, ImageFacts, PullOptions } from '../../ports/engine.ts';
import type { CredentialFile } from './credential-file.ts';
import type { DockerConnection } from './docker-connection.ts';
import { dockerFailure, statusOf } from './docker-connection.ts';
import { dockerPublished } from './docker-published.ts';
import { dockerPull } from './docker-pull.ts';
import { engineRefused } from './engine-failure.ts';
import { imageFacts } from './image-facts.ts';
import { engineName, namedImage, readReference } from './image-names.ts';
import type { InvokingUser } from './invoking-user.ts';
import { array, object, strings } from './json.ts';
import { dockerLogin } from './login.ts';
import { assertOwnTag } from './owner-label.ts';

/** To remove the last tag of a large image on a slow disk takes long. */
const removeBoundMs = 10 * 60_000;

/** Images of dockerd. */
export function dockerImages(
  connection: DockerConnection,
  user: InvokingUser,
  store: () => Promise<CredentialFile | null>,
): Pick<Engine, 'login' | 'image' | 'pull' | 'published' | 'tag' | 'untag' | 'tags'> {
  async function image(reference: string): Promise<ImageFacts | null> {
    const name = engineName(readReference(reference));
    const found = await connection.ask(
      `inspect the image ${name}`,
      (docker) => docker.getImage(name).inspect(),
      [404],
    );
    return found === null ? null : imageFacts(found);
  }

  return {
    image,
    async pull(reference: string, options: PullOptions = {}) {
      const named = namedImage(reference);
      await dockerPull(connection, named, user, options, store);
      const pulled = await image(reference);
      if (pulled === null)
        throw engineRefused('docker', `find ${reference} after pulling it`, 'the image is gone');
      return pulled;
    },
    published: (reference) => dockerPublished(connection, namedImage(reference), user, store),
    login: (registry, login) => dockerLogin(connection, registry, login),
    async tag(imageId, reference) {
      const target = namedImage(reference);
      await connection.ask(`tag ${imageId} as ${reference}`, (docker) =>
        docker
          .getImage(imageId)
          .tag({ repo: `${target.domain}/${target.path}`, tag: target.tag ?? 'latest' }),
      );
    },
    async untag(reference) {
      assertOwnTag(reference);
      const docker = await connection.streams();
      try {
        // Parents that a build left without a name belong to whoever built.
        const options = { force: false, noprune: true, abortSignal: AbortSignal.timeout(removeBoundMs) };
        await docker.getImage(reference).remove(options);
      } catch (error) {
        // 409: the tag is the image's last and a container, even a stopped one, was made from it.
        if (statusOf(error) === 404 || statusOf(error) === 409) return;
        throw dockerFailure(error, `remove the tag ${reference}`, connection.socketPath);
      }
    },
    async tags(prefix) {
      const filters = { reference: [`${prefix}*`] };
      const listed = await connection.ask('list images', (docker) => docker.listImages({ filters }));
      return array(listed)
        .flatMap((item) => strings(object(item)['RepoTags']))
        .filter((tag) => tag.startsWith(prefix))
        .sort();
    },
  };
}
