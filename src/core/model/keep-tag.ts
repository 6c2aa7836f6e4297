/** The registry that gear's own tags name; no such registry exists. */
export const keepTagPrefix = 'gear.local/';

/**
 * The tag that keeps an image from being pruned with others. One an image, however many instances run it: with each
 * name that it has, Podman takes longer to give an image the next.
 */
export function keepTag(imageId: string): string {
  return `${keepTagPrefix}image:${shortId(imageId)}`;
}

/** The image that one of gear's tags keeps, as `shortId` writes it: the tag's name does not count. */
export function keptBy(tag: string): string {
  return tag.slice(tag.lastIndexOf(':') + 1);
}

/** The first digits of the ID of an image, as the engines print it. */
export function shortId(imageId: string): string {
  return imageId.replace('sha256:', '').slice(0, 12);
}
