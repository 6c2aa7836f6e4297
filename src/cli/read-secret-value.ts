import { checkSecretName, longestSecret } from '../core/model/secret.ts';
import { FailureError } from '../errors/failure.ts';
import { secretInput } from './context.ts';

/** The value of a secret from a file or `-`; nobody is asked for one whose name cannot be. FailureError. */
export async function readSecretValue(name: string, file: string): Promise<Uint8Array> {
  const checked = checkSecretName(name);
  if (!checked.ok) throw new FailureError(...checked.failures);
  return secretInput(name, file, {
    limit: longestSecret,
    tell: (text) => process.stderr.write(text),
  });
}
