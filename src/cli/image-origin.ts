import { FailureError } from '../errors/failure.ts';
import type { ImageSource } from '../ports/image-source.ts';
import { imagesOf } from './context.ts';
import { findHosts } from './find-hosts.ts';
import type { Target } from './targets.ts';

/** Where an image is sent from. */
export interface ImageOrigin {
  readonly source: ImageSource;
  /** In words: 'here', 'on web1'. */
  readonly where: string;
}

/** Does the work with the images of a host, or of this machine where none is named. FailureError HOST_INVALID. */
export async function withImagesOf<T>(
  word: string | undefined,
  work: (origin: ImageOrigin) => Promise<T>,
): Promise<T> {
  const [from] = word === undefined ? [] : await findHosts([word]);
  const { source, close } = await imagesOf(from ?? { label: '', address: null });
  try {
    return await work({ source, where: from === undefined ? 'here' : `on ${from.label}` });
  } finally {
    await close();
  }
}

/** The hosts of a line of push, each with what it is sent. FailureError HOST_INVALID; USAGE where there is none. */
export async function pushTargets(
  reference: string,
  words: readonly string[],
): Promise<readonly Target<string>[]> {
  if (words.length > 0) return (await findHosts(words)).map((host) => ({ ...host, input: reference }));
  throw new FailureError({
    code: 'USAGE',
    message: 'no host is named that the image is sent to',
    next: `gear push ${reference} HOST; gear host ls shows those of the inventory`,
  });
}
