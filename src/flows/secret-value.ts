import { FailureError } from '../errors/failure.ts';
import type { SecretRecord } from '../core/model/secret.ts';
import { decryptSecret } from '../apply/secret-encryption.ts';
import { readStoredSecret } from '../apply/secret-store.ts';
import type { FlowContext } from './context.ts';

/** The value of a secret of the host, as text for a variable. FailureError SECRET_UNREADABLE. */
export async function readSecretValue(
  { host }: FlowContext,
  name: string,
  { hash, encrypted }: SecretRecord,
): Promise<string> {
  const stored = await readStoredSecret(host.files, hash);
  const value = stored === null || !encrypted ? stored : await decryptSecret(host, name, stored);
  if (value !== null) return new TextDecoder().decode(value);
  throw new FailureError({
    code: 'SECRET_UNREADABLE',
    message: `the value of the secret ${name} ${stored === null ? 'is gone' : 'cannot be decrypted on this host'}`,
    next: `set it again: gear secret set ${name} < FILE`,
  });
}
