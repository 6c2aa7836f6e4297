import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MemoryHost } from '../../src/adapters/host/memory/host.ts';
import { instanceName } from '../../src/core/model/instance-name.ts';
import type { AppRequest } from '../../src/core/model/app.ts';
import type { Manifest } from '../../src/core/model/manifest.ts';
import { generationPath } from '../../src/core/model/paths.ts';
import { portsOverlap } from '../../src/core/model/ports.ts';
import { cleanHost } from '../../src/flows/clean.ts';
import { removeContainers } from '../../src/flows/remove.ts';
import { readCurrentManifest } from '../../src/observe/manifest.ts';
import { applying, planOn } from '../unit/flows/apps-in-memory.ts';
import { contextOn, runningOn } from '../unit/flows/gear-in-memory.ts';
import { aHost, app, apps, engineKinds } from './apps.ts';
import { addStrangers, strangersOn } from './strangers.ts';

async function manifestOf(host: MemoryHost): Promise<Manifest | null> {
  return readCurrentManifest(host.files);
}

/** Which of the apps were applied whole. */
async function applied(host: MemoryHost, wanted: readonly AppRequest[]): Promise<readonly AppRequest[]> {
  const outcome = await applying(wanted)(contextOn(host));
  const left = outcome.ok ? new Set(outcome.value.left) : new Set(wanted.map((each) => each.app));
  return wanted.filter((each) => !left.has(each.app));
}

/** Every text of a generation that is of an app, by its path there. */
async function textsOf(host: MemoryHost, of: string): Promise<ReadonlyMap<string, string | null>> {
  const folder = generationPath((await manifestOf(host))?.generation ?? 0);
  const lists = await Promise.all(
    ['units', 'gates'].map(async (sub) =>
      (await host.files.list(`${folder}/${sub}`)).map(({ name }) => `${sub}/${name}`),
    ),
  );
  const paths = lists.flat().filter((path) => path.includes(of));
  return new Map(paths.map((path) => [path, host.files.textOf(`${folder}/${path}`)]));
}

test('what was applied is as declared: the next plan is empty, and the same again changes nothing', async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(apps, apps, async (first, second) => {
      const host = await aHost();
      for (const step of [first, second]) {
        const good = await applied(host, step);
        if (good.length === 0) continue;
        compared++;
        expect(await planOn(host, good)).toMatchObject({ changes: false, operations: [] });
        const mark = host.calls.mark;
        expect(await applied(host, good)).toEqual(good);
        expect(host.calls.since(mark)).toEqual([]);
      }
    }),
    { numRuns: 25 },
  );
  expect(compared).toBeGreaterThan(0);
});

test('no port has two owners, whatever was asked for', async () => {
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(apps, apps, async (first, second) => {
      const host = await aHost();
      for (const step of [first, second]) {
        if ((await applied(host, step)).length < step.length) refused++;
        const instances = (await manifestOf(host))?.instances ?? [];
        const ports = instances.flatMap(({ name, spec }) => spec.ports.map((port) => ({ name, port })));
        for (const [at, { name, port }] of ports.entries()) {
          const others = ports.slice(at + 1).filter((each) => portsOverlap(each.port, port));
          expect(others, `with ${name}`).toEqual([]);
        }
      }
    }),
    { numRuns: 20 },
  );
  expect(refused, 'applies that asked for too much').toBeGreaterThan(0);
});

test('nothing that gear did not make is removed, whatever its name: by apply, prune, rm or clean', async () => {
  await fc.assert(
    fc.asyncProperty(apps, apps, async (first, second) => {
      const host = await aHost();
      addStrangers(host);
      const before = await strangersOn(host);
      await applying(first)(contextOn(host));
      await applying(second, { pruneVolumes: true })(contextOn(host));
      expect(await strangersOn(host)).toEqual(before);
      const names = (await manifestOf(host))?.instances.map(({ name }) => name) ?? [];
      await removeContainers(contextOn(host), { names, volumes: true });
      await cleanHost(contextOn(host, 'clean'), { keep: 1, confirm: () => Promise.resolve(true) });
      expect(await strangersOn(host)).toEqual(before);
      // And that was not for nothing: of gear's own nothing is left to run.
      expect((await manifestOf(host))?.instances ?? []).toEqual([]);
    }),
    { numRuns: 25 },
  );
});

test('the same host and the same apps give the same plan and the same bytes', async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(apps, async (wanted) => {
      const [one, other] = await Promise.all(
        [await aHost(), await aHost()].map(async (host) => {
          const plan = await planOn(host, wanted).then(JSON.stringify, () => null);
          await applying(wanted)(contextOn(host));
          const manifest = JSON.stringify(await manifestOf(host));
          return { plan, manifest, texts: await textsOf(host, '') };
        }),
      );
      expect(one).toEqual(other);
      // Where images are absent the plan says so, and nothing is written.
      if ((one?.texts.size ?? 0) > 0) compared++;
    }),
    { numRuns: 25 },
  );
  expect(compared).toBeGreaterThan(0);
});

test('a plan has no circle: what a container needs is started before it', async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(apps, apps, async (first, second) => {
      const host = await aHost();
      for (const step of [first, second]) {
        const mark = host.calls.mark;
        await applied(host, step);
        const starts = asAsked(host.calls.since(mark)).flatMap(
          (call) => /^systemd\.(?:re)?start ctr-(.*)\.service$/.exec(call)?.[1] ?? [],
        );
        for (const [at, name] of starts.entries()) {
          const request = step
            .flatMap(({ containers }) => containers)
            .find((each) => instanceName(each) === name);
          for (const need of [...(request?.spec.after ?? []), ...(request?.spec.requires ?? [])]) {
            if (!starts.includes(need)) continue;
            compared++;
            expect(starts.indexOf(need), `${need} before ${name}`).toBeLessThan(at);
          }
        }
      }
    }),
    { numRuns: 25 },
  );
  expect(compared).toBeGreaterThan(0);
});

/** What was called until something went back, by a reload of its own: then forms start that were not asked for. */
function asAsked(calls: readonly string[]): readonly string[] {
  const first = calls.indexOf('systemd.reload');
  const second = first === -1 ? -1 : calls.indexOf('systemd.reload', first + 1);
  return second === -1 ? calls : calls.slice(0, second);
}

/** The app without what holds it back: images that exist, and host ports of its own. */
function fit(request: AppRequest, environment: Readonly<Record<string, string>> = {}, nth = 0): AppRequest {
  const containers = request.containers.map((each, at) => ({
    ...each,
    environment: { ...each.environment, ...environment },
    spec: {
      ...each.spec,
      image: each.spec.image.replace('absent', 'web'),
      ports: each.spec.ports.map((port) => ({ ...port, hostPort: 9000 + 10 * nth + at })),
    },
  }));
  return { ...request, containers };
}

test('an app that fails leaves the other byte for byte as it is', async () => {
  const cases = engineKinds.chain((engine) =>
    fc.tuple(app('one', engine), app('two', engine), app('one', engine)),
  );
  let takenBack = 0;
  await fc.assert(
    fc.asyncProperty(cases, async ([first, other, changed]) => {
      const host = await aHost();
      fc.pre((await applied(host, [fit(first), fit(other, {}, 1)])).length === 2);
      const ofOther = async (): Promise<object> => ({
        texts: await textsOf(host, 'ctr-two'),
        instances: (await manifestOf(host))?.instances.filter((each) => each.app === 'two'),
        running: [...runningOn(host)].filter(([name]) => name.startsWith('two')),
        networks: [host.docker, host.podman].map((each) => each.networks.find('two_back')),
      });
      const before = await ofOther();
      const broken = fit(changed, { B: 'x' });
      const form = (await planOn(host, [broken])).forms['one.z'] ?? '';
      host.payloads.behaviours.set(form, 'fails at start');
      const outcome = await applying([broken])(contextOn(host));
      const failures = outcome.ok ? (outcome.value.failures ?? []) : outcome.failures;
      expect(failures).not.toEqual([]);
      if (failures.some(({ code }) => code === 'TAKEN_BACK')) takenBack++;
      expect(await ofOther()).toEqual(before);
    }),
    { numRuns: 15 },
  );
  expect(takenBack).toBeGreaterThan(0);
});
