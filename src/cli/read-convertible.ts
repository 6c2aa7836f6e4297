import { type ForeignApp } from '../core/descriptor/foreign/foreign-app.ts';
import { FailureError } from '../errors/failure.ts';
import { type DescriptorPaths, groupsOf } from './descriptor-groups.ts';
import { readDescriptor } from './read-descriptor.ts';

/** The one app of another format that a command line names. FailureError with every mistake, and for a native one. */
export async function readConvertible(paths: DescriptorPaths): Promise<ForeignApp> {
  const [group, ...more] = await groupsOf(paths);
  if (group === undefined || more.length > 0)
    throw new FailureError({
      code: 'USAGE',
      message: `these are ${String(more.length + 1)} apps, and one is converted at a time`,
      next: 'gear convert FILE; the files of one app: gear convert -f FILE -f FILE',
    });
  const read = await readDescriptor(group);
  if (!read.ok) throw new FailureError(...read.failures);
  const { foreign, document } = read.value;
  if (foreign !== undefined) return foreign;
  throw new FailureError({
    code: 'VALUE_INVALID',
    message: `${document.source} is a native descriptor, and needs no converting`,
    next: `gear check ${document.source}`,
    place: { source: document.source },
  });
}
