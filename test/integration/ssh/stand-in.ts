import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HostLink } from '../../../src/adapters/ssh/link.ts';

/**
 * A link whose ssh(1) runs the command here, by a shell as sshd does: all that gear sends and reads, without a network.
 * `profile` is what a login shell would run first.
 */
export async function standIn(
  profile = '',
): Promise<{ readonly link: HostLink; readonly folder: string; readonly end: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'gear-ssh-'));
  const ssh = join(folder, 'ssh');
  await writeFile(ssh, `#!/bin/sh\n${profile}\nfor last; do :; done\nexec /bin/sh -c "$last"\n`);
  await chmod(ssh, 0o755);
  const control = () => Promise.resolve({ path: join(folder, 'control'), giveBack: () => undefined });
  const link = new HostLink({ label: 'web1', host: 'web1' }, control, undefined, ssh);
  return {
    link,
    folder,
    end: async () => {
      link.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
