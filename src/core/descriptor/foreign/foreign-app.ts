import { err, type Failure, ok, type Result } from '../../../errors/failure.ts';
import type { Document, Path } from '../document.ts';
import type { ForeignReader } from './foreign-reader.ts';
import type { Loss } from './loss.ts';
import { refusals } from './refusals.ts';
import type { PlaceMap } from './place-map.ts';

/** A file of another format in the native form; places of the document lead to the original. */
export interface ForeignApp {
  readonly document: Document;
  /** What became of each key, in the order of reading. */
  readonly losses: readonly Loss[];
  readonly places: PlaceMap;
  /** Texts that came from variables as a whole: secrets, mostly. */
  readonly references: readonly { readonly path: Path; readonly variable: string }[];
}

/** The native form that a reader made; or all the mistakes that it found on its way, and what cannot be had, as they stand. */
export function foreignApp(reader: ForeignReader, value: unknown): Result<ForeignApp> {
  if (reader.failures.length > 0) return err(...inOrder([...reader.failures, ...refusals(reader.losses)]));
  const { document, losses, places, references } = reader;
  return ok({
    document: {
      value,
      source: document.source,
      locate: document.locate,
      place: (path, part) => document.place(places.originalOf(path), part),
    },
    losses,
    places,
    references,
  });
}

/** Each once, as what is read for several containers is found wrong for each. */
function inOrder(all: readonly Failure[]): readonly Failure[] {
  const failures = [...new Map(all.map((failure) => [JSON.stringify(failure), failure])).values()];
  const files = [...new Set(failures.map(({ place }) => place?.source))];
  const position = ({ place }: Failure) => [
    files.indexOf(place?.source),
    place?.line ?? 0,
    place?.column ?? 0,
  ];
  return failures.toSorted((a, b) => {
    const [left, right] = [position(a), position(b)];
    return (
      left.map((value, index) => value - (right[index] ?? 0)).find((difference) => difference !== 0) ?? 0
    );
  });
}
