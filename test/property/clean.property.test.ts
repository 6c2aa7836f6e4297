import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MemoryHost } from '../../src/adapters/host/memory/host.ts';
import { paths } from '../../src/core/model/paths.ts';
import { keepTag } from '../../src/core/model/keep-tag.ts';
import { imagesOf } from '../../src/core/plan/form.ts';
import { cleanHost } from '../../src/flows/clean.ts';
import { removeContainers } from '../../src/flows/remove.ts';
import { rollback } from '../../src/flows/rollback.ts';
import { listGenerations, readManifest } from '../../src/observe/manifest.ts';
import { contextOn, installing, runningOn } from '../unit/flows/gear-in-memory.ts';

const step = fc.record({
  name: fc.constantFrom('web', 'db'),
  image: fc.constantFrom('web:1', 'web:2', 'web:3'),
  value: fc.constantFrom('1', '2', '3'),
  goes: fc.boolean(),
});

const history = fc.array(step, { minLength: 1, maxLength: 8 });

function aHost(): MemoryHost {
  const host = new MemoryHost();
  for (const image of ['web:1', 'web:2', 'web:3']) host.docker.images.add(image);
  host.docker.containers.create('stranger', ['web:1']);
  host.docker.volumes.set('stranger', {});
  return host;
}

async function play(
  host: MemoryHost,
  steps: readonly (typeof step extends fc.Arbitrary<infer T> ? T : never)[],
) {
  for (const { name, image, value, goes } of steps) {
    if (goes) await removeContainers(contextOn(host), { names: [name], volumes: false });
    else await installing([image, name, `A=${value}`], { engine: 'docker' })(contextOn(host));
  }
}

const cleaning = (host: MemoryHost, keep: number) =>
  cleanHost(contextOn(host, 'clean'), { keep, confirm: () => Promise.resolve(true) });

test('clean removes nothing that a kept generation needs: each can be gone back to', async () => {
  await fc.assert(
    fc.asyncProperty(history, fc.integer({ min: 1, max: 4 }), async (steps, keep) => {
      const host = aHost();
      await play(host, steps);
      const before = await listGenerations(host.files);
      const running = runningOn(host);
      expect((await cleaning(host, keep)).ok).toBe(true);
      const kept = await listGenerations(host.files);
      expect(kept).toEqual(before.slice(-keep));
      expect(runningOn(host)).toEqual(running);
      expect(host.docker.containers.find('stranger')).not.toBeNull();
      expect(host.docker.volumes.has('stranger')).toBe(true);
      for (const generation of kept) {
        for (const instance of (await readManifest(host.files, generation))?.instances ?? []) {
          for (const { id } of imagesOf(instance)) expect(host.docker.images.find(keepTag(id))?.id).toBe(id);
          const { environmentFile } = instance;
          if (environmentFile !== null)
            expect(await host.files.exists(`${paths.files}/${environmentFile}.json`)).toBe(true);
          const back = await rollback(contextOn(host), {
            ...{ name: instance.name, to: generation, wait: true, timeoutMs: 60_000 },
          });
          expect(back.ok, JSON.stringify(back)).toBe(true);
        }
      }
    }),
    { numRuns: 25 },
  );
});

test('what is left after a clean is needed by a kept generation, and a second one finds nothing', async () => {
  await fc.assert(
    fc.asyncProperty(history, fc.integer({ min: 1, max: 4 }), async (steps, keep) => {
      const host = aHost();
      await play(host, steps);
      await cleaning(host, keep);
      const manifests = await Promise.all(
        (await listGenerations(host.files)).map((each) => readManifest(host.files, each)),
      );
      const needed = manifests.flatMap((manifest) => manifest?.instances ?? []);
      const tags = new Set(needed.map(({ image }) => keepTag(image.id)));
      for (const tag of await host.docker.tags('gear.local/')) expect(tags).toContain(tag);
      const hashes = new Set(needed.map(({ environmentFile }) => environmentFile));
      for (const { name } of await host.files.list(paths.files)) {
        if (name.endsWith('.json')) expect(hashes).toContain(name.slice(0, -'.json'.length));
      }
      const mark = host.calls.mark;
      expect(await cleaning(host, keep)).toMatchObject({ ok: true, value: { removals: [] } });
      expect(host.calls.since(mark)).toEqual([]);
    }),
    { numRuns: 25 },
  );
});

test('clean that is not agreed to touches nothing', async () => {
  const host = aHost();
  await play(host, [
    { name: 'web', image: 'web:1', value: '1', goes: false },
    { name: 'web', image: 'web:2', value: '1', goes: false },
  ]);
  const mark = host.calls.mark;
  const shown: string[] = [];
  const result = await cleanHost(contextOn(host), {
    keep: 1,
    confirm: (removals) => {
      shown.push(...removals.map(({ kind }) => kind));
      return Promise.resolve(false);
    },
  });
  expect(result).toMatchObject({ ok: true, value: { declined: true } });
  expect(shown).toEqual(expect.arrayContaining(['generation.erase', 'image.untag']));
  expect(host.calls.since(mark)).toEqual([]);
});
