import path from 'node:path';
import type { AppRequest } from '../core/model/app.ts';
import { err, type Failure, type Result } from '../errors/failure.ts';
import { localDescriptor } from './descriptor-groups.ts';
import { readRequest } from './read-apps.ts';
import { readDescriptor } from './read-descriptor.ts';

/**
 * An app of a host with overlays of this machine laid over it, as over its descriptor. `source` is what the app is called
 * in messages. Fails with every mistake of the overlays; a line of the app itself, which may hold a value, is not shown.
 */
export async function overlaidApp(
  app: AppRequest,
  source: string,
  overlays: readonly string[],
): Promise<Result<AppRequest>> {
  if (overlays.length === 0) return { ok: true, value: { ...app, source } };
  const { nativeApp } = await import('../core/descriptor/export/native-app.ts');
  const { nativeText } = await import('../core/descriptor/export/native-text.ts');
  const written = nativeText(nativeApp(app, { showEnv: true, fileSource: (_, target) => target }));
  // In the folder of the overlay, by which it finds files that it names.
  const file = path.join(path.dirname(overlays[0] ?? ''), app.source);
  const base = { path: file, bytes: new TextEncoder().encode(written) };
  const given = await readDescriptor({ files: [base, ...overlays.map(localDescriptor)], format: 'native' });
  if (!given.ok) return err(...given.failures.map((failure) => withoutText(failure, file)));
  const request = await readRequest(given.value);
  if (!request.ok) return err(...request.failures.map((failure) => withoutText(failure, file)));
  return { ok: true, value: { ...request.value, source } };
}

function withoutText(failure: Failure, file: string): Failure {
  return failure.place?.source === file ? { ...failure, place: { source: file } } : failure;
}
