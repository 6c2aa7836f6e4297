import { paths } from '../core/model/paths.ts';
import { attempt, FailureError, type Result } from '../errors/failure.ts';
import { interrupted } from '../errors/interrupted.ts';
import { checkSecretName, checkSecretValue, secretHash } from '../core/model/secret.ts';
import { encryptSecret } from '../apply/secret-encryption.ts';
import { eraseStoredSecret, writeSecret } from '../apply/secret-store.ts';
import { readCurrentManifest } from '../observe/manifest.ts';
import { isSecretNeeded, readSecretRecord } from '../observe/secrets.ts';
import type { SecretChange } from '../report/values.ts';
import type { FlowContext } from './context.ts';
import { locked } from './locked.ts';
import { preflight } from './preflight.ts';
import { usersOf } from './secret-users.ts';

/**
 * Gives a secret of the host its value, encrypted where systemd-creds(1) can. Containers that use it are not touched:
 * they get the value by their next apply. The value goes into no event, message or history.
 */
export async function setSecret(
  context: FlowContext,
  name: string,
  value: Uint8Array,
): Promise<Result<SecretChange>> {
  const checked = checkSecretName(name);
  if (!checked.ok) return checked;
  const bounded = checkSecretValue(name, value);
  if (!bounded.ok) return bounded;
  return attempt(async () => {
    await preflight(context);
    return locked(context, (inner) => store(inner, name, value));
  });
}

/** The host's key, and the TPM, are for the units of the machine. */
const notForUsers = { problem: 'systemd-creds has no key for units of a user' };
const isOfUser = (): boolean => paths.scope === 'user';

async function store(context: FlowContext, name: string, value: Uint8Array): Promise<SecretChange> {
  const { host, clock, by, signal } = context;
  const key = await host.secretKey();
  const sealed = isOfUser() ? notForUsers : await encryptSecret(host, name, value);
  const encrypted = 'encrypted' in sealed;
  const hash = secretHash(key, name, value, encrypted);
  const { record: before } = await readSecretRecord(host.files, name);
  const record = before?.hash === hash ? before : { hash, encrypted, createdMs: clock.nowMs(), by };
  if (signal.aborted)
    throw new FailureError({ ...interrupted(`the secret ${name} is as it was`), subject: name });
  // Also when it is the same: the file may be damaged, or the host have another key than it was encrypted with.
  await writeSecret(host.files, name, record, encrypted ? sealed.encrypted : value);
  if (before !== null && before.hash !== hash && !(await isSecretNeeded(host.files, before.hash)))
    await eraseStoredSecret(host.files, before.hash);
  return {
    name,
    result: before === null ? 'set' : before.hash === hash ? 'unchanged' : 'changed',
    encrypted,
    usedBy: usersOf(await readCurrentManifest(host.files), name),
    warnings: encrypted
      ? []
      : [`stored unencrypted, readable by ${isOfUser() ? 'you and root' : 'root'} alone: ${sealed.problem}`],
  };
}
