import type { SourceFile } from '../../src/core/descriptor/document.ts';
import type { ForeignApp } from '../../src/core/descriptor/foreign/foreign-app.ts';
import type { ForeignContext } from '../../src/core/descriptor/foreign/foreign-context.ts';
import { readQuadletApp } from '../../src/core/descriptor/quadlet/read-quadlet-app.ts';
import { type QuadletInput, readQuadlet } from '../../src/core/descriptor/quadlet/read-quadlet.ts';
import type { Result } from '../../src/errors/failure.ts';

type Texts = Readonly<Record<string, string>>;

interface Place {
  readonly environment?: Record<string, string>;
  readonly folder?: string;
}

/** Reads files of Quadlet's, by their names, as all that a folder holds; names with a slash are drop-ins. */
export function quadletOf(texts: Texts, place: Place = {}): Result<ForeignApp> {
  return readQuadlet(...inputOf(texts, place));
}

/** The same with the manifests that .kube files name. */
export function quadletAppOf(texts: Texts, place: Place = {}): Promise<Result<ForeignApp>> {
  return readQuadletApp(...inputOf(texts, place));
}

function inputOf(
  texts: Texts,
  { environment = {}, folder = '/srv/shop' }: Place,
): [QuadletInput, ForeignContext] {
  const files = new Map(
    Object.entries(texts).map(([name, text]): [string, SourceFile] => {
      const path = `${folder}/${name}`;
      return [path, { path, bytes: new TextEncoder().encode(text) }];
    }),
  );
  const own = [...files.values()].filter(({ path }) => {
    const name = path.slice(folder.length + 1);
    return !name.includes('/') && !/[.]ya?ml$/.test(name);
  });
  return [
    { files: own, around: [...files.keys()], folder },
    { directory: folder, environment, files },
  ];
}
