import { randomBytes } from 'node:crypto';
import { paths } from '../../core/model/paths.ts';
import { FailureError } from '../../errors/failure.ts';
import type { Files } from '../../ports/files.ts';

const keyBytes = 32;
const rootOnly = 0o600;

/**
 * The key for keyed hashes of files with secrets, 32 random bytes in /etc/gear/key. Made once; whoever may make it
 * holds the lock of the host, since of two that make it at once only one key stays.
 */
export async function readSecretKey(
  files: Files,
  random: (bytes: number) => Uint8Array = randomBytes,
): Promise<Uint8Array> {
  const found = await files.read(paths.key);
  if (found === null) {
    await files.write(paths.key, random(keyBytes), rootOnly);
    return readSecretKey(files, random);
  }
  if (found.length === keyBytes) return found;
  throw new FailureError({
    code: 'FILE_FAILED',
    message: `the key ${paths.key} is damaged: it has ${found.length} bytes instead of ${keyBytes}`,
    next: `restore it from a backup; or remove it: the next change of a container with an environment makes a new one`,
    subject: paths.key,
  });
}
