import type { ForeignApp } from '../core/descriptor/foreign/foreign-app.ts';
import { withAbsolutePaths } from '../core/descriptor/foreign/with-absolute-paths.ts';
import { err, type Failure, FailureError, ok, type Result } from '../errors/failure.ts';
import { type DescriptorPaths, groupsOf } from './descriptor-groups.ts';
import { type GivenDescriptor, type KnownFolders, readDescriptor } from './read-descriptor.ts';

/**
 * The apps of other formats that a command line names, one after the other, each with its mistakes; a native one is a
 * mistake. `moved`: what is made of them is to lie elsewhere, so paths that begin at their folders become absolute.
 * FailureError USAGE for several that are not moved.
 */
export async function* readConvertible(
  paths: DescriptorPaths,
  { moved }: { readonly moved: boolean },
): AsyncGenerator<Result<ForeignApp>> {
  const groups = await groupsOf(paths);
  if (groups.length > 1 && !moved)
    throw new FailureError({
      code: 'USAGE',
      message: `these are ${String(groups.length)} apps, and one is printed at a time`,
      next: 'write them into a folder: --out FOLDER; the files of one app: gear convert -f FILE -f FILE',
    });
  const known: KnownFolders = new Map();
  for (const group of groups) {
    const read = await readDescriptor(group, known);
    if (!read.ok) yield read;
    else if (read.value.failures.length > 0) yield err(...read.value.failures);
    else if (read.value.foreign === undefined) yield err(nativeAlready(read.value));
    else yield ok(moved ? withAbsolutePaths(read.value.foreign, read.value.directory) : read.value.foreign);
  }
}

function nativeAlready({ document: { source } }: GivenDescriptor): Failure {
  return {
    code: 'VALUE_INVALID',
    message: `${source} is a native descriptor, and needs no converting`,
    next: `gear check ${source}`,
    place: { source },
  };
}
