import { formatImageReference, parseImageReference } from '../../core/model/image-reference.ts';
import type { ImageReference, NamedImage } from '../../core/model/image-reference.ts';
import { FailureError } from '../../errors/failure.ts';

/** The reference read; FailureError IMAGE_REFERENCE. */
export function readReference(reference: string): ImageReference {
  const parsed = parseImageReference(reference);
  if (!parsed.ok) throw new FailureError(...parsed.failures);
  return parsed.value;
}

/** As readReference, for what needs a registry or a tag; an ID is IMAGE_UNKNOWN, since no registry serves by ID. */
export function namedImage(reference: string): NamedImage {
  const image = readReference(reference);
  if (image.kind === 'name') return image;
  throw new FailureError({
    code: 'IMAGE_UNKNOWN',
    message: `the host has no image ${image.id}, and an image cannot be pulled by its ID`,
    next: 'give its name, or its digest as name@sha256:…',
    subject: image.id,
  });
}

/** The name for an engine: of tag and digest only the digest, which decides, since older engines refuse both at once. */
export function engineName(image: ImageReference): string {
  return formatImageReference(
    image.kind === 'name' && image.digest !== null ? { ...image, tag: null } : image,
  );
}
