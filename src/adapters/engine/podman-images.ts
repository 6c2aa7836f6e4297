import type { ImageReference } from '../../core/model/image-reference.ts';
import type { Engine, ImageFacts, PullOptions } from '../../ports/engine.ts';
import type { Files } from '../../ports/files.ts';
import { engineRefused } from './engine-failure.ts';
import { imageFacts } from './image-facts.ts';
import { inTurn } from './in-turn.ts';
import { engineName, namedImage, readReference } from './image-names.ts';
import { array, parseJson } from './json.ts';
import { podmanLogin } from './login.ts';
import { assertOwnTag } from './owner-label.ts';
import type { PodmanCommand } from './podman-command.ts';
import { podmanPublished } from './podman-published.ts';
import { podmanPull } from './podman-pull.ts';

const removeBoundMs = 10 * 60_000;
/** podman-rmi(1): 1 when the image does not exist, 2 when a container uses it or another image builds on it. */
const removedOrInUse: readonly (number | null)[] = [0, 1, 2];

/** Images of Podman. */
export function podmanImages(
  podman: PodmanCommand,
  files: Pick<Files, 'read'>,
): Pick<Engine, 'login' | 'image' | 'pull' | 'published' | 'tag' | 'untag' | 'tags'> {
  async function inspect(name: string): Promise<ImageFacts | null> {
    const what = `inspect the image ${name}`;
    const outcome = await podman.run(what, ['image', 'inspect', name]);
    if (outcome.status === 0) return imageFacts(array(parseJson(outcome.stdout))[0]);
    if (/image not known|no such image|no such object/i.test(outcome.stderr)) return null;
    throw engineRefused('podman', what, outcome.stderr);
  }

  async function image(reference: string): Promise<ImageFacts | null> {
    const read = readReference(reference);
    return (await inspect(engineName(read))) ?? (await builtHere(read));
  }

  /** `podman build -t web` makes localhost/web, which is what people then mean by web. */
  async function builtHere(read: ImageReference): Promise<ImageFacts | null> {
    if (read.kind !== 'name' || !read.short) return null;
    const path = read.path.replace(/^library\//, '');
    return inspect(engineName({ ...read, domain: 'localhost', path }));
  }

  // Side by side, one that has read the names of an image writes back those that another has just taken from it.
  const oneByOne = inTurn();

  return {
    image,
    published: (reference) => podmanPublished(podman, namedImage(reference), files),
    async pull(reference: string, options: PullOptions = {}) {
      const named = namedImage(reference);
      await podmanPull(podman, named, options, files);
      const pulled = await inspect(engineName(named));
      if (pulled === null)
        throw engineRefused('podman', `find ${reference} after pulling it`, 'the image is gone');
      return pulled;
    },
    login: (registry, login) => podmanLogin(podman, registry, login),
    async tag(imageId, reference) {
      await podman.text(`tag ${imageId} as ${reference}`, [
        'tag',
        imageId,
        engineName(namedImage(reference)),
      ]);
    },
    async untag(reference) {
      assertOwnTag(reference);
      const what = `remove the tag ${reference}`;
      // Parents that a build left without a name belong to whoever built.
      const outcome = await oneByOne(() =>
        podman.run(what, ['rmi', '--no-prune', reference], { timeoutMs: removeBoundMs }),
      );
      if (!removedOrInUse.includes(outcome.status)) throw engineRefused('podman', what, outcome.stderr);
    },
    async tags(prefix) {
      // Its JSON has all names of an image beside each of them: of a thousand tags that is 200 MB.
      const format = '{{.Repository}}:{{.Tag}}';
      const listed = await podman.text('list images', ['images', '--noheading', '--format', format]);
      return listed
        .split('\n')
        .filter((tag) => tag.startsWith(prefix) && !tag.endsWith(':<none>'))
        .sort();
    },
  };
}
