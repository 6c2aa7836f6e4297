import { expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { generationPath } from '../../../src/core/model/paths.ts';
import { readKept } from '../../../src/observe/kept.ts';
import { listGenerations, readCurrentManifest } from '../../../src/observe/manifest.ts';
import type { Files } from '../../../src/ports/files.ts';
import { installing, run } from '../flows/gear-in-memory.ts';

/** The files of the host with signatures, and what of them was read. */
function watched(host: MemoryHost): { files: Files; read: string[]; touched: Set<string> } {
  const read: string[] = [];
  const touched = new Set<string>();
  const files: Files = Object.assign(Object.create(host.files) as Files, {
    read: (path: string) => {
      read.push(path);
      return host.files.read(path);
    },
    signature: (path: string) => Promise.resolve(touched.has(path) ? 'other' : 'first'),
  });
  return { files, read, touched };
}

test('the manifest of a kept generation is read once, and anew when its file is another one', async () => {
  const host = new MemoryHost();
  for (const version of ['1', '2', '3']) {
    host.docker.images.add(`web:${version}`);
    await run(host, installing([`web:${version}`, 'web', `V=${version}`], { engine: 'docker' }));
  }
  const manifest = await readCurrentManifest(host.files);
  const generations = await listGenerations(host.files);
  const { files, read, touched } = watched(host);
  const kept = await readKept(files, generations, manifest, 3);
  expect(kept?.map(({ generation }) => generation)).toEqual([1, 2, 3]);
  expect(read).toHaveLength(3);

  expect(await readKept(files, generations, manifest, 3)).toEqual(kept);
  expect(read).toHaveLength(3);

  const second = `${generationPath(2)}/manifest.json`;
  const third = await host.files.read(`${generationPath(3)}/manifest.json`);
  await host.files.write(second, third ?? '', 0o644);
  touched.add(second);
  const after = await readKept(files, generations, manifest, 3);
  expect(read.slice(3)).toEqual([second]);
  expect(after?.[1]?.environments).toEqual(kept?.[2]?.environments);
});
