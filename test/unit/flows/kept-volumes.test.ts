import { expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { removeContainers } from '../../../src/flows/remove.ts';
import { installing, run } from './gear-in-memory.ts';

async function hostWith(...names: readonly string[]): Promise<MemoryHost> {
  const host = new MemoryHost();
  host.docker.images.add('db:1', { volumes: ['/data'] });
  for (const name of names) {
    const flags = { volume: ['shared:/shared'] };
    await run(host, installing(['db:1', name], { engine: 'docker', flags }));
  }
  return host;
}

const removing = (host: MemoryHost, names: readonly string[], volumes = false) =>
  run(host, (context) => removeContainers(context, { names, volumes }));

test('rm names the volumes that stay, and the command that deletes them', async () => {
  const host = await hostWith('db');
  const [volume = ''] = [...host.docker.volumes.keys()].filter((name) => name !== 'shared');
  const { instances } = await removing(host, ['db']);
  expect(instances[0]?.warnings).toEqual([
    `volumes ${[volume, 'shared'].toSorted().join(', ')} stay; to delete their data: gear rm db --volumes`,
  ]);
  await removing(host, ['db'], true);
  expect([...host.docker.volumes.keys()]).toEqual([]);
});

test('rm does not offer what another container mounts', async () => {
  const host = await hostWith('db', 'other');
  const { instances } = await removing(host, ['db']);
  expect(instances[0]?.warnings).toHaveLength(1);
  expect(instances[0]?.warnings[0]).not.toContain('shared');
});

test('rm of what gear did not make names the engine’s own command', async () => {
  const host = new MemoryHost();
  host.docker.images.add('db:1');
  await host.docker.ensureVolume('old', {});
  await run(host, installing(['db:1', 'db'], { engine: 'docker', flags: { volume: ['old:/data'] } }));
  const { instances } = await removing(host, ['db']);
  expect(instances[0]?.warnings).toEqual(['volume old stays; to delete its data: docker volume rm old']);
});
