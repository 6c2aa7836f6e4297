import { beforeAll, describe, expect, test } from 'vitest';
import { Killed } from '../../../src/adapters/host/memory/calls.ts';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import type { AppRequest } from '../../../src/core/model/app.ts';
import type { EngineKind } from '../../../src/core/model/container.ts';
import { readCurrentManifest } from '../../../src/observe/manifest.ts';
import { anApp, applying, type ContainerParts, planOn } from './apps-in-memory.ts';
import { contextOn, declaredOn, run, runningOn, tracesOn } from './gear-in-memory.ts';

/** Some hundred applies, on a machine that may be busy. */
const timeout = 120_000;

/** What runs to its end. */
const ends = new Set(['shop.migrate', 'shop.backup']);

const reload = { kind: 'signal', signal: 'HUP' } as const;

const store = { image: 'data:1', containerName: 'store' };

/** Ten containers: plain ones, one that restarts for its file and one that rereads it, a job, a schedule. */
function shop(engine: EngineKind, version: string, otherNetwork = false): AppRequest {
  const plain = Object.fromEntries(
    ['a', 'b', 'c', 'd', 'e'].map((name): [string, ContainerParts] => [name, {}]),
  );
  return anApp(
    'shop',
    {
      ...plain,
      web: {
        ...{ image: `web:${version}`, after: ['migrate'], env: { VERSION: version } },
        containerName: 'front',
      },
      conf: { content: { '/etc/conf': version } },
      proxy: { content: { '/etc/proxy': version }, reload },
      migrate: { image: `web:${version}`, job: true, restart: 'on-failure' },
      backup: { schedule: version === '1' ? 'daily' : 'weekly', restart: 'no' },
      // A rename, with the volume of its image and the name that was asked for.
      ...(version === '1' ? { old: store } : { more: store }),
    },
    {
      engine,
      networks: [
        { name: 'shop_default', spec: otherNetwork ? { internal: true } : {} },
        { name: `shop_${version}`, spec: {} },
      ],
    },
  );
}

/** A host on which another app runs, and the shop in its first version where it is to. */
async function prepared(engine: EngineKind, installed: boolean): Promise<MemoryHost> {
  const host = new MemoryHost();
  host[engine].images.add('data:1', { volumes: ['/data'] });
  for (const version of ['1', '2']) host[engine].images.add(`web:${version}`);
  await run(host, applying([anApp('blog', { web: {} }, { engine })]));
  if (installed) await run(host, applying([shop(engine, '1')]));
  host.clock.advance(1000);
  return host;
}

/** What is to run of the declared set: a job and a schedule run to their end. */
async function formsOn(host: MemoryHost): Promise<ReadonlyMap<string, string>> {
  const instances = (await readCurrentManifest(host.files))?.instances ?? [];
  const lasting = instances.filter(({ spec }) => spec.job === undefined && spec.schedule === undefined);
  return new Map(lasting.map(({ name, hash }) => [name, hash]));
}

function single(running: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, string> {
  return new Map([...running].toSorted().map(([name, forms]) => [name, forms.join(' ')]));
}

async function killed(host: MemoryHost, wanted: AppRequest, calls: number): Promise<void> {
  host.calls.killAfter(calls);
  await expect(applying([wanted])(contextOn(host))).rejects.toBeInstanceOf(Killed);
  host.lock.lose();
  host.calls.revive();
}

describe.each([
  ['a first apply', 'docker', false, '1', false],
  ['an apply that changes everything', 'docker', true, '2', true],
  ['an apply that changes everything', 'podman', true, '2', true],
  ['an apply that leaves the network', 'podman', true, '2', false],
] as const)('SIGKILL of gear during %s of ten containers with %s', (...row) => {
  const [, engine, installed, version, otherNetwork] = row;
  const wanted = shop(engine, version, otherNetwork);
  let sets: readonly ReadonlyMap<string, unknown>[];
  let forms: readonly ReadonlyMap<string, string>[];
  let finished: object;
  let calls: number;

  beforeAll(async () => {
    const host = await prepared(engine, installed);
    const before = [await declaredOn(host), await formsOn(host)] as const;
    const mark = host.calls.mark;
    await run(host, applying([wanted]));
    calls = host.calls.since(mark).length;
    sets = [before[0], await declaredOn(host)];
    forms = [before[1], await formsOn(host)];
    finished = await tracesOn(host);
  });

  /** What means the same in both sets runs on, unless its network is replaced; each name runs once, in one of its forms. */
  function expectNoneLost(host: MemoryHost, passing: number): void {
    const [before = new Map<string, string>(), after = new Map<string, string>()] = forms;
    const running = runningOn(host);
    for (const [name, hash] of before) {
      const stays = after.get(name) === hash && !(otherNetwork && name.startsWith('shop.'));
      if (stays) expect(running.get(name), `${name}, ${String(passing)} calls`).toEqual([hash]);
    }
    for (const [name, hashes] of running) {
      expect(hashes, `${name}, ${String(passing)} calls`).toHaveLength(1);
      if (!ends.has(name)) expect([before.get(name), after.get(name)]).toContain(hashes[0]);
    }
  }

  async function finishes(host: MemoryHost): Promise<void> {
    await run(host, applying([wanted]));
    expect(await tracesOn(host)).toEqual(finished);
    expect(await planOn(host, [wanted])).toMatchObject({ changes: false, operations: [] });
    expect(await host.files.list('/run/gear/reloads')).toEqual([]);
  }

  test('leaves the old set declared or the new one, and the same command finishes', { timeout }, async () => {
    for (let passing = 0; passing < calls; passing++) {
      const host = await prepared(engine, installed);
      await killed(host, wanted, passing);
      expect(sets).toContainEqual(await declaredOn(host));
      expectNoneLost(host, passing);
      await finishes(host);
    }
  });

  test(
    'and a power loss boot exactly the one or the other, and the same command finishes',
    { timeout },
    async () => {
      for (let passing = 0; passing < calls; passing++) {
        const host = await prepared(engine, installed);
        await killed(host, wanted, passing);
        host.reboot();
        expect(forms.map((each) => new Map([...each].toSorted()))).toContainEqual(single(runningOn(host)));
        await finishes(host);
      }
    },
  );
});
