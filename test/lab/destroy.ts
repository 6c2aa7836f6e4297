import { labCgroup, removeCgroup } from './cgroup.ts';
import { run } from './command.ts';
import { Host } from './host.ts';
import { withLock } from './lock.ts';
import { removeNetwork } from './network.ts';
import { labFolder, listStates, lockFile, ownerIsDead, readState, type LabState } from './state.ts';

/**
 * Ends all of a lab: processes, mounts, network, cgroups, files. Nothing happens when there is no such lab, or when
 * `id` is given and a younger lab has taken its name. Two callers at once do no harm.
 */
export async function takeDown(name: string, id?: string): Promise<void> {
  await withLock(lockFile(name), async () => {
    const lab = await readState(name);
    if (lab === undefined || (id !== undefined && lab.id !== id)) return;
    await destroy(lab);
  });
}

async function destroy(lab: LabState): Promise<void> {
  const hosts = lab.hosts.map((state) => new Host(lab, state));
  await Promise.all(hosts.map((host) => host.destroy()));
  await removeNetwork(lab.name);
  await removeCgroup(labCgroup(lab.name));
  // Should a mount be left after all, what is mounted is not deleted.
  await run(['rm', '-rf', '--one-file-system', labFolder(lab.name)]);
}

/** Takes down the labs whose owner died without a guard to notice. */
export async function sweep(): Promise<void> {
  for (const lab of await listStates()) if (await ownerIsDead(lab)) await takeDown(lab.name, lab.id);
}
