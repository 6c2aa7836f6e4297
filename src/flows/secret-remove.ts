import { attempt, type Failure, FailureError, type Result } from '../errors/failure.ts';
import { quote } from '../errors/quote.ts';
import { nearest } from '../core/model/nearest.ts';
import { eraseStoredSecret, removeSecretRecord } from '../apply/secret-store.ts';
import { readCurrentManifest } from '../observe/manifest.ts';
import { isSecretNeeded, readSecretRecord } from '../observe/secrets.ts';
import type { SecretChange } from '../report/values.ts';
import type { FlowContext } from './context.ts';
import { locked } from './locked.ts';
import { preflight } from './preflight.ts';
import { usersOf } from './secret-users.ts';

/**
 * Removes a secret. One that a declared container uses stays (SECRET_USED), unless forced: then the container keeps the
 * value that it has until its next apply. The value is erased when no kept generation needs it.
 */
export async function removeSecret(
  context: FlowContext,
  name: string,
  force: boolean,
): Promise<Result<SecretChange>> {
  return attempt(async () => {
    await preflight(context);
    return locked(context, async ({ host }) => {
      const { record, names } = await readSecretRecord(host.files, name);
      if (record === null) throw new FailureError(unknownSecret(name, names));
      const usedBy = usersOf(await readCurrentManifest(host.files), name);
      if (usedBy.length > 0 && !force) throw new FailureError(inUse(name, usedBy));
      await removeSecretRecord(host.files, name);
      const needed = await isSecretNeeded(host.files, record.hash);
      if (!needed) await eraseStoredSecret(host.files, record.hash);
      const warnings = needed ? ['its value stays until no kept generation needs it'] : [];
      return { name, result: 'removed', encrypted: record.encrypted, usedBy, warnings };
    });
  });
}

function unknownSecret(name: string, names: readonly string[]): Failure {
  const near = nearest(name, names);
  return {
    code: 'SECRET_UNKNOWN',
    message: `this host has no secret ${quote(name)}`,
    next: near === undefined ? 'see which there are: gear secret ls' : `did you mean: gear secret rm ${near}`,
    subject: name,
  };
}

function inUse(name: string, usedBy: readonly string[]): Failure {
  return {
    code: 'SECRET_USED',
    message: `the secret ${name} is used by ${usedBy.join(', ')}`,
    next: `remove them first (gear rm ${usedBy.join(' ')}), or: gear secret rm ${name} --force`,
    subject: name,
  };
}
