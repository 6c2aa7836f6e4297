import { err, type Failure, ok, type Result } from '../../../errors/failure.ts';
import type { Document, SourceFile } from '../document.ts';
import { readDocuments } from '../text/read-document.ts';

/** All documents of all files. Where a file is no YAML because Helm has not filled it yet, that is what is told. */
export async function readManifests(files: readonly SourceFile[]): Promise<Result<readonly Document[]>> {
  const read = await Promise.all(files.map(async (file) => [file, await readDocuments(file)] as const));
  const failures = read.flatMap(([file, result]): readonly Failure[] => {
    if (result.ok) return [];
    return isTemplate(file) ? result.failures.slice(0, 1).map(notRendered) : result.failures;
  });
  if (failures.length > 0) return err(...failures);
  return ok(read.flatMap(([, result]) => (result.ok ? result.value : [])));
}

function isTemplate(file: SourceFile): boolean {
  return 'bytes' in file && /\{\{-?\s/.test(new TextDecoder().decode(file.bytes));
}

function notRendered(failure: Failure): Failure {
  return {
    ...failure,
    message: 'this is a template of Helm, which has to be rendered first',
    next: 'helm template NAME CHART > rendered.yaml',
  };
}
