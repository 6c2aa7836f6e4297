import { readKubernetes } from '../../src/core/descriptor/kubernetes/read-kubernetes.ts';
import type { Document, Path } from '../../src/core/descriptor/document.ts';
import type { ForeignApp } from '../../src/core/descriptor/foreign/foreign-app.ts';
import { readNative } from '../../src/core/descriptor/native/read-native.ts';
import type { Place, Result } from '../../src/errors/failure.ts';

import { keysOf, partOf } from './value-paths.ts';

type Context = Parameters<typeof readNative>[1];

/** How a format is read, and to which part of its value a place leads. */
export interface Format {
  readonly read: (value: unknown) => Promise<Result<ForeignApp>> | Result<ForeignApp>;
  readonly pathAt: (place: Place) => Path;
  readonly context: Context;
}

/** A format whose reader is given a value: the line of a place is the number of the path that was asked for. */
export function formatOfValues(read: (document: Document) => Result<ForeignApp>, context: Context): Format {
  const asked: Path[] = [];
  const documentOf = (value: unknown): Document => ({
    value,
    source: 'file',
    locate: () => Promise.resolve(),
    place: (path) => ({ source: 'file', line: asked.push(path) }),
  });
  return {
    read: (value) => read(documentOf(value)),
    pathAt: ({ line = 0 }) => asked[line - 1] ?? [],
    context,
  };
}

/** A format whose reader is given a text, which is JSON with a line for each part. */
export function formatOfTexts(read: (text: string) => Promise<Result<ForeignApp>>, context: Context): Format {
  let lines: readonly Path[] = [];
  return {
    read: (value) => {
      lines = linesOf(value, []);
      return read(JSON.stringify(value, null, 1));
    },
    pathAt: ({ line = 0 }) => lines[line - 1] ?? [],
    context,
  };
}

/** Which part each line of `JSON.stringify(value, null, 1)` begins; one that ends a part belongs to it. */
function linesOf(value: unknown, path: Path): readonly Path[] {
  const below = keysOf(value).flatMap((key) => linesOf(partOf(value, [key]), [...path, key]));
  return below.length === 0 ? [path] : [path, ...below, path];
}

/** What came of a reading. */
export interface Outcome {
  readonly failures: readonly { readonly words: string; readonly at: Path }[];
  /** What was told of parts, besides that they are kept. */
  readonly told: readonly Path[];
  readonly made: string | undefined;
}

/** Reads a value, and what became of it as a native descriptor. */
export async function outcomeOf({ read, pathAt, context }: Format, value: unknown): Promise<Outcome> {
  const app = await read(value);
  const native = app.ok ? readNative(app.value.document, context) : app;
  return {
    failures: (native.ok ? [] : native.failures).map(({ message, next, place }) => ({
      words:
        /^[^\n]*[^.\n]$/.test(message) && next !== '' && place?.line !== undefined
          ? message
          : `malformed: ${message}`,
      at: place === undefined ? [] : pathAt(place),
    })),
    told: app.ok
      ? app.value.losses
          .filter(({ verdict, words }) => verdict !== 'kept' || words !== '')
          .map(({ path }) => path)
      : [],
    made: app.ok ? JSON.stringify(app.value.document.value) : undefined,
  };
}

/** The same for Kubernetes, whose value is the list of the documents of a file. */
export function kubernetesFormat(context: Context): Format {
  return formatOfValues(
    (document) =>
      readKubernetes(
        (document.value as unknown[]).map((value, index) => ({
          ...document,
          value,
          place: (path, part) => document.place([index, ...path], part),
        })),
        'shop',
        context,
      ),
    context,
  );
}
