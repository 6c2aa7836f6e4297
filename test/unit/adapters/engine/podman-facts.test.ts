import { mkdtemp, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { PodmanCommand } from '../../../../src/adapters/engine/podman-command.ts';
import { localPodmanFacts } from '../../../../src/adapters/engine/podman-facts.ts';

/** A podman that counts how often it is asked. */
async function podmanAt(
  command: string,
): Promise<{ readonly podman: PodmanCommand; readonly upgrade: (version: string) => Promise<void> }> {
  let version = '5.4.2';
  let fails = true;
  const podman = {
    command,
    json: () => {
      if (fails) {
        fails = false;
        return Promise.reject(new Error('busy'));
      }
      return Promise.resolve({ Client: { Version: version, OsArch: 'linux/amd64' } });
    },
  };
  await writeFile(command, '');
  const upgrade = async (to: string): Promise<void> => {
    version = to;
    await writeFile(`${command}.new`, '');
    await rename(`${command}.new`, command);
  };
  return { podman: podman as unknown as PodmanCommand, upgrade };
}

it('podman is asked for its version once, again where that failed, and again after an upgrade', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gear-facts-'));
  const { podman, upgrade } = await podmanAt(join(folder, 'podman'));
  await expect(localPodmanFacts(podman)).rejects.toThrow('busy');
  expect(await localPodmanFacts(podman)).toMatchObject({ version: '5.4.2', architecture: 'amd64' });
  const { podman: other } = { podman: { ...podman, json: () => Promise.reject(new Error('asked again')) } };
  expect(await localPodmanFacts(other as PodmanCommand)).toMatchObject({ version: '5.4.2' });
  await upgrade('5.5.0');
  expect(await localPodmanFacts(podman)).toMatchObject({ version: '5.5.0' });
});
