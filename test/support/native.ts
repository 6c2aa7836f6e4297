import type { AppRequest } from '../../src/core/model/app.ts';
import { readNative } from '../../src/core/descriptor/native/read-native.ts';
import { readDocument } from '../../src/core/descriptor/text/read-document.ts';
import { FailureError } from '../../src/errors/failure.ts';

/** The app that a native descriptor's text means; throws its failures. */
export async function appOf(
  text: string,
  variables: Readonly<Record<string, string>> = {},
  path = '/srv/app.yaml',
): Promise<AppRequest> {
  const bytes = new TextEncoder().encode(text);
  const document = await readDocument([{ path, bytes }], { variables });
  if (!document.ok) throw new FailureError(...document.failures);
  const app = readNative(document.value, { directory: '/srv', environment: {}, files: new Map() });
  if (!app.ok) throw new FailureError(...app.failures);
  return app.value;
}
