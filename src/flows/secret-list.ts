import { attempt, type Result } from '../errors/failure.ts';
import { readCurrentManifest } from '../observe/manifest.ts';
import { listSecrets } from '../observe/secrets.ts';
import type { SecretRow } from '../report/values.ts';
import type { FlowContext } from './context.ts';
import { usersOf } from './secret-users.ts';

/** The secrets of the host, sorted by name: all about them but their values. */
export async function secrets(context: FlowContext): Promise<Result<readonly SecretRow[]>> {
  return attempt(async () => {
    const { files } = context.host;
    const manifest = await readCurrentManifest(files);
    const nowMs = context.clock.nowMs();
    return (await listSecrets(files)).map(({ name, record: { encrypted, createdMs, by } }) => ({
      name,
      encrypted,
      createdMs,
      ageMs: nowMs - createdMs,
      by,
      usedBy: usersOf(manifest, name),
    }));
  });
}
