import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MemoryHost } from '../../src/adapters/host/memory/host.ts';
import { stages } from '../../src/core/plan/operation.ts';
import { readCurrentManifest } from '../../src/observe/manifest.ts';
import type { AppRequest } from '../../src/core/model/app.ts';
import { anApp, applying, type ContainerParts, planOn } from '../unit/flows/apps-in-memory.ts';
import { contextOn, runningOn } from '../unit/flows/gear-in-memory.ts';

const images = ['web:1', 'web:2', 'absent:1'] as const;
const names = ['a', 'b', 'c'] as const;

const container: fc.Arbitrary<ContainerParts> = fc.record({
  image: fc.constantFrom(...images),
  ports: fc
    .option(fc.integer({ min: 8000, max: 8003 }), { nil: null })
    .map((hostPort) =>
      hostPort === null ? [] : [{ hostIp: '', hostPort, containerPort: 80, protocol: 'tcp' } as const],
    ),
  env: fc.constantFrom<Readonly<Record<string, string>>>({}, { A: '1' }, { A: '2' }),
  content: fc.constantFrom<Readonly<Record<string, string>>>({}, { '/etc/x': 'one' }, { '/etc/x': 'two' }),
  reload: fc.constantFrom({ kind: 'signal', signal: 'HUP' } as const),
  after: fc.constantFrom<readonly string[]>([], ['z']),
});

const kinds = fc.constantFrom<ContainerParts>(
  {},
  { job: true, restart: 'on-failure' },
  { schedule: 'daily', restart: 'no' },
);

const app = (name: string): fc.Arbitrary<AppRequest> =>
  fc
    .dictionary(
      fc.constantFrom(...names),
      fc.tuple(container, kinds).map(([parts, kind]) => ({ ...parts, ...kind })),
      {
        minKeys: 1,
      },
    )
    .map((containers) => anApp(name, { ...containers, z: {} }, { engine: 'docker' }));

const apps = fc.tuple(app('one'), app('two')).map((both) => [...both]);

function aHost(): MemoryHost {
  const host = new MemoryHost();
  for (const image of ['web:1', 'web:2']) host.docker.images.add(image);
  host.docker.containers.create('stranger', ['web:1']);
  host.docker.volumes.set('stranger', {});
  host.docker.networks.addForeign('stranger');
  return host;
}

test('what was applied is as declared: the next plan is empty, and the same again changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(apps, apps, async (first, second) => {
      const host = aHost();
      for (const step of [first, second]) {
        await applying(step)(contextOn(host));
        const applied = new Set((await readCurrentManifest(host.files))?.instances.map((each) => each.app));
        const whole = step.filter((each) => applied.has(each.app));
        const again = await applying(whole)(contextOn(host));
        const mark = host.calls.mark;
        const held = again.ok ? new Set(again.value.left) : new Set(whole.map((each) => each.app));
        const good = whole.filter((each) => !held.has(each.app));
        if (good.length === 0) continue;
        expect(await planOn(host, good)).toMatchObject({ changes: false, operations: [] });
        await applying(good)(contextOn(host));
        expect(host.calls.since(mark)).toEqual([]);
      }
    }),
    { numRuns: 12 },
  );
});

test('no port has two owners, and nothing that gear did not make is removed', async () => {
  await fc.assert(
    fc.asyncProperty(apps, apps, async (first, second) => {
      const host = aHost();
      for (const step of [first, second]) await applying(step)(contextOn(host));
      const ports = ((await readCurrentManifest(host.files))?.instances ?? []).flatMap(({ spec }) =>
        spec.ports.map(({ hostPort }) => hostPort),
      );
      expect(new Set(ports).size).toBe(ports.length);
      expect(host.docker.containers.find('stranger')).not.toBeNull();
      expect(host.docker.volumes.has('stranger')).toBe(true);
      expect(host.docker.networks.find('stranger')).not.toBeNull();
    }),
    { numRuns: 12 },
  );
});

test('the same host and the same apps give the same plan, in the order of the stages', async () => {
  await fc.assert(
    fc.asyncProperty(apps, async (wanted) => {
      const plans = await Promise.all(
        [aHost(), aHost()].map(async (host) => {
          const plan = await planOn(host, wanted).catch(() => null);
          return JSON.stringify(plan);
        }),
      );
      expect(plans[0]).toBe(plans[1]);
    }),
    { numRuns: 12 },
  );
  expect(new Set(stages).size).toBe(stages.length);
});

test('an app that fails leaves the other as it is', async () => {
  await fc.assert(
    fc.asyncProperty(app('one'), app('two'), app('one'), async (first, other, changed) => {
      const host = aHost();
      const all = await applying([first, other])(contextOn(host));
      fc.pre(all.ok && all.value.left === undefined);
      const before = (await readCurrentManifest(host.files))?.instances.filter((each) => each.app === 'two');
      const running = [...runningOn(host)].filter(([name]) => name.startsWith('two'));
      host.payloads.behaviours.set('ctr-one.z.service', 'fails at start');
      const broken = {
        ...changed,
        containers: changed.containers.map((each) => ({ ...each, environment: { B: 'x' } })),
      };
      await applying([broken])(contextOn(host));
      const after = (await readCurrentManifest(host.files))?.instances.filter((each) => each.app === 'two');
      expect(after).toEqual(before);
      expect([...runningOn(host)].filter(([name]) => name.startsWith('two'))).toEqual(running);
    }),
    { numRuns: 10 },
  );
});
