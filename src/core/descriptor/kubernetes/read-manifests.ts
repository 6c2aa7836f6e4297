import { err, type Failure, ok, type Result } from '../../../errors/failure.ts';
import type { Document, SourceFile } from '../document.ts';
import { firstAction, notRendered } from './helm-template.ts';
import { decode } from '../text/decode.ts';
import { readDocuments } from '../text/read-document.ts';

/** All documents of all files. Where a file is no YAML because Helm has not filled it yet, that is what is told. */
export async function readManifests(files: readonly SourceFile[]): Promise<Result<readonly Document[]>> {
  const read = await Promise.all(files.map(async (file) => [file, await readDocuments(file)] as const));
  const failures = read.flatMap(([file, result]): readonly Failure[] => {
    if (result.ok) return [];
    return templateAt(file) ?? result.failures;
  });
  if (failures.length > 0) return err(...failures);
  return ok(read.flatMap(([, result]) => (result.ok ? result.value : [])));
}

/** What is told of a file that is a template; undefined for any other. */
function templateAt(file: SourceFile): readonly Failure[] | undefined {
  const source = decode(file);
  const place = source.ok ? firstAction(source.value) : undefined;
  return place === undefined ? undefined : [notRendered('this', place)];
}
