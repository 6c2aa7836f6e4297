import type { SourceFile } from '../../src/core/descriptor/document.ts';
import type { ForeignApp } from '../../src/core/descriptor/foreign/foreign-app.ts';
import { readQuadlet } from '../../src/core/descriptor/quadlet/read-quadlet.ts';
import type { Result } from '../../src/errors/failure.ts';

/** Reads files of Quadlet's, by their names, as all that a folder holds; names with a slash are drop-ins. */
export function quadletOf(
  texts: Readonly<Record<string, string>>,
  { environment = {}, folder = '/srv/shop' }: { environment?: Record<string, string>; folder?: string } = {},
): Result<ForeignApp> {
  const files = new Map(
    Object.entries(texts).map(([name, text]): [string, SourceFile] => {
      const path = `${folder}/${name}`;
      return [path, { path, bytes: new TextEncoder().encode(text) }];
    }),
  );
  const own = [...files.values()].filter(({ path }) => !path.slice(folder.length + 1).includes('/'));
  return readQuadlet(
    { files: own, around: [...files.keys()], folder },
    { directory: folder, environment, files },
  );
}
