import { describe, expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import type { AppRequest } from '../../../src/core/model/app.ts';
import type { Failure } from '../../../src/errors/failure.ts';
import { mendTogether } from '../../../src/controller/change-host.ts';
import { rollback } from '../../../src/flows/rollback.ts';
import { readCurrentManifest } from '../../../src/observe/manifest.ts';
import { anApp, applying, type ContainerParts, planOn } from './apps-in-memory.ts';
import { contextOn, run, runningOn, type Typed } from './gear-in-memory.ts';

/** Why a command refuses. */
async function failuresOf(host: MemoryHost, typed: Typed): Promise<readonly Failure[]> {
  const result = await typed(contextOn(host));
  return result.ok ? (result.value.failures ?? []) : result.failures;
}

describe.each(['docker', 'podman'] as const)('a name that was asked for, with %s', (engine) => {
  const shop = (containers: Readonly<Record<string, ContainerParts>>): AppRequest =>
    anApp('shop', containers, { engine });
  const web = (image: string, containerName = 'front'): AppRequest => shop({ web: { image, containerName } });

  function aHost(): MemoryHost {
    const host = new MemoryHost();
    for (const image of ['web:1', 'web:2']) host[engine].images.add(image);
    return host;
  }

  /** Every container by the engine's name, with its image and whether it runs. */
  const containersOn = (host: MemoryHost): readonly (readonly unknown[])[] =>
    host[engine].containers
      .all()
      .map(({ name, running, labels }) => [name, labels['gear.name'], running])
      .toSorted();

  test('is that of each form in turn, and nothing else is left', async () => {
    const host = aHost();
    for (const image of ['web:1', 'web:2', 'web:1']) {
      await run(host, applying([web(image)]));
      expect(containersOn(host)).toEqual([['front', 'shop.web', true]]);
      expect(await planOn(host, [web(image)])).toMatchObject({ changes: false });
    }
    await run(host, applying([web('web:1', 'other')]));
    expect(containersOn(host)).toEqual([['other', 'shop.web', true]]);
    await run(host, applying([shop({ web: {} })]));
    expect(containersOn(host)).toEqual([[expect.stringMatching(/^ctr-shop[.]web/), 'shop.web', true]]);
  });

  test('goes back to the old form', async () => {
    const host = aHost();
    await run(host, applying([web('web:1')]));
    const [before] = (await readCurrentManifest(host.files))?.instances ?? [];
    host.clock.advance(1000);
    await run(host, applying([web('web:2')]));
    await run(host, (context) => rollback(context, { name: 'shop', wait: true, timeoutMs: 60_000 }));
    expect(containersOn(host)).toEqual([['front', 'shop.web', true]]);
    expect(runningOn(host).get('shop.web')).toEqual([before?.hash]);
  });

  test('that alone changes is told with the restart', async () => {
    const host = aHost();
    await run(host, applying([web('web:1')]));
    const [told] = (await planOn(host, [web('web:1', 'other')])).apps[0]?.containers ?? [];
    expect(told).toMatchObject({
      action: 'changed',
      reason: `${engine} calls it other from now on; restarts for that`,
      changes: ['container name: front → other'],
    });
  });

  test('is given back by gear watch, where somebody renamed what runs', async () => {
    const host = aHost();
    await run(host, applying([web('web:1')]));
    host[engine].containers.rename('front', 'elsewhere');
    await mendTogether((work) => work(contextOn(host)), ['shop'], { wait: true, timeoutMs: 60_000 });
    expect(containersOn(host)).toEqual([['front', 'shop.web', true]]);
  });

  test('is swapped between two in one command', async () => {
    const host = aHost();
    await run(host, applying([shop({ a: { containerName: 'one' }, b: { containerName: 'two' } })]));
    await run(host, applying([shop({ a: { containerName: 'two' }, b: { containerName: 'one' } })]));
    expect(containersOn(host)).toEqual([
      ['one', 'shop.b', true],
      ['two', 'shop.a', true],
    ]);
  });

  test("is refused where it is a stranger's, or another container's of gear", async () => {
    const host = aHost();
    host[engine].containers.addForeign('front');
    expect(await failuresOf(host, applying([web('web:1')]))).toMatchObject([
      {
        code: 'NOT_OURS',
        message: `a container front exists in ${engine} and is not gear's`,
        next: `choose another name, or remove it: ${engine} rm -f front`,
      },
    ]);
    host[engine].containers.remove('front');
    host[engine].containers.addForeign('front', { 'com.docker.compose.project': 'shop' });
    expect(await failuresOf(host, applying([web('web:1')]))).toMatchObject([
      { code: 'NOT_OURS', next: expect.stringContaining('gear adopt --compose FILE') as string },
    ]);
    host[engine].containers.remove('front');
    await run(host, applying([web('web:1')]));
    const blog = anApp('blog', { web: { containerName: 'front' } }, { engine });
    expect(await failuresOf(host, applying([blog]))).toMatchObject([
      { code: 'NAME_TAKEN', message: expect.stringContaining('shop.web has it already') as string },
    ]);
  });
});
