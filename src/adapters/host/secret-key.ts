import { randomBytes } from 'node:crypto';
import { paths } from '../../core/model/paths.ts';
import { FailureError } from '../../errors/failure.ts';
import type { Files } from '../../ports/files.ts';
import type { OfferedKey } from '../../ports/host.ts';

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
  const { keep } = await offerSecretKey(files, random);
  await keep();
  return (await offerSecretKey(files, random)).key;
}

/** The same key, or one that becomes it when it is kept: what is refused before leaves no key behind. */
export async function offerSecretKey(
  files: Files,
  random: (bytes: number) => Uint8Array = randomBytes,
): Promise<OfferedKey> {
  const found = await files.read(paths.key);
  if (found === null) {
    const key = random(keyBytes);
    return { key, isKept: false, keep: () => files.write(paths.key, key, rootOnly) };
  }
  if (found.length === keyBytes) return { key: found, isKept: true, keep: () => Promise.resolve() };
  throw new FailureError({
    code: 'FILE_FAILED',
    message: `the key ${paths.key} is damaged: it has ${found.length} bytes instead of ${keyBytes}`,
    next: `restore it from a backup; or remove it: the next change of a container with an environment makes a new one`,
    subject: paths.key,
  });
}
