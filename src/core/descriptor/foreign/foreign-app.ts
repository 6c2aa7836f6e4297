import type { Failure } from '../../../errors/failure.ts';
import type { Document, Path } from '../document.ts';
import { flawedDocument } from './flawed-document.ts';
import type { ForeignReader } from './foreign-reader.ts';
import type { Loss } from './loss.ts';
import { refusedParts } from './refusals.ts';
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

/** An app; or all mistakes of its file, and what could be read in spite of them, which is judged and never applied. */
export type ForeignReading =
  | { readonly ok: true; readonly value: ForeignApp }
  | { readonly ok: false; readonly failures: readonly Failure[]; readonly rest?: ForeignApp };

/** The native form that a reader made; or all the mistakes that it found on its way, and what cannot be had, as they stand. */
export function foreignApp(reader: ForeignReader, value: unknown): ForeignReading {
  const { document, losses, places, references } = reader;
  const app: ForeignApp = {
    document: {
      value,
      source: document.source,
      locate: document.locate,
      place: (path, part) => document.place(places.originalOf(path), part),
    },
    losses,
    places,
    references,
  };
  if (reader.failures.length === 0) return { ok: true, value: app };
  const flaws = [
    ...reader.failures.map((failure) => ({ path: reader.pathOf(failure), failure })),
    ...refusedParts(losses),
  ];
  const failures = inOrder(flaws.map(({ failure }) => failure));
  return { ok: false, failures, rest: { ...app, document: flawedDocument(app, flaws) } };
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
