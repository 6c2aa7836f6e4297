import type { Document, Unfilled } from '../document.ts';
import { mapOf } from './foreign-writer.ts';
import type { PlaceMap } from './place-map.ts';

/**
 * The document of an app in which nothing is judged of what these mistakes are about, so that the others can be told
 * beside them, and none that only follows from them. Their paths are those of the original.
 */
export function flawedDocument(
  { document, places }: { readonly document: Document; readonly places: PlaceMap },
  flaws: readonly Unfilled[],
): Document {
  const containers = mapOf(mapOf(document.value)['containers']);
  const unfilled = flaws.map(({ path, failure }): Unfilled => {
    const made = places.madeOf(path);
    const [first, name, ...inside] = made;
    if (first !== 'containers' || name === undefined || inside.length > 0) return { path: made, failure };
    // Something of the container is left out, perhaps its image.
    const hasImage = mapOf(containers[name])['image'] !== undefined;
    return { path: [first, name, hasImage ? '' : 'image'], failure };
  });
  return { ...document, unfilled: [...(document.unfilled ?? []), ...unfilled] };
}
