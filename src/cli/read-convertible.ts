import { isCompose } from '../core/descriptor/compose/is-compose.ts';
import type { ComposeApp } from '../core/descriptor/compose/read-compose.ts';
import { FailureError, type Result } from '../errors/failure.ts';
import { localDescriptor, readComposeFile, readDescriptor } from './read-apps.ts';

/** The Compose file that a command line names, read. FailureError with every mistake, and for any other format. */
export async function readConvertible(file: string): Promise<ComposeApp> {
  const given = valueOf(await readDescriptor([localDescriptor(file)]));
  if (!isCompose(given.document))
    throw new FailureError({
      code: 'VALUE_INVALID',
      message: `${file} is no Compose file: it has no services`,
      next: `a native descriptor needs no converting: gear check ${file}`,
      place: { source: file },
    });
  return valueOf(await readComposeFile(given));
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new FailureError(...result.failures);
  return result.value;
}
