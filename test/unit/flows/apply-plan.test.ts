import { beforeEach, describe, expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import type { AppRequest } from '../../../src/core/model/app.ts';
import type { EngineKind } from '../../../src/core/model/container.ts';
import type { Failure } from '../../../src/errors/failure.ts';
import type { ApplyInput, ExpectedPlan } from '../../../src/flows/app-inputs.ts';
import { applyApps } from '../../../src/flows/apply.ts';
import { stopContainers } from '../../../src/flows/stop.ts';
import { anApp, applying, type ContainerParts, planOn, withImages } from './apps-in-memory.ts';
import { contextOn, run, runningOn, tracesOn } from './gear-in-memory.ts';

const asked = { pull: 'missing', pruneVolumes: false, start: true, wait: true, timeoutMs: 60_000 } as const;

describe.each(['docker', 'podman'] as const)(
  'a plan that is to be done as it was seen, with %s',
  (engine) => {
    let host: MemoryHost;

    beforeEach(() => {
      host = withImages(new MemoryHost(), engine, 'web:1', 'web:2', 'db:1');
    });

    function shop(web: ContainerParts = {}): AppRequest {
      return anApp('shop', { web, db: { image: 'db:1' } }, { engine });
    }

    async function planned(wanted: AppRequest): Promise<ExpectedPlan> {
      const { from, digest, forms, images } = await planOn(host, [wanted]);
      return { from, digest, forms, images };
    }

    async function applied(wanted: AppRequest, expected: ExpectedPlan, more: Partial<ApplyInput> = {}) {
      return applyApps(contextOn(host), { ...asked, apps: [wanted], failures: [], expected, ...more });
    }

    async function expectRefused(wanted: AppRequest, expected: ExpectedPlan, why: string): Promise<void> {
      const traces = await tracesOn(host);
      const mark = host.calls.mark;
      const result = await applied(wanted, expected);
      const failures: readonly Partial<Failure>[] = result.ok ? [] : result.failures;
      expect(failures).toMatchObject([{ code: 'MOVED_ON', next: 'plan again: gear plan' }]);
      expect(failures[0]?.message).toBe(`${why}; nothing was changed`);
      expect(host.calls.since(mark)).toEqual([]);
      expect(await tracesOn(host)).toEqual(traces);
    }

    test('is done, and no more than that', async () => {
      const expected = await planned(shop());
      expect(await applied(shop(), expected)).toMatchObject({ ok: true });
      expect([...runningOn(host).keys()].toSorted()).toEqual(['shop.db', 'shop.web']);
    });

    test('is refused when another generation is current', async () => {
      const expected = await planned(shop());
      await run(host, applying([anApp('blog', { web: {} }, { engine })]));
      await expectRefused(shop(), expected, 'the plan is from generation 0, and the host is at 1');
    });

    test('is refused when a name stands for another image', async () => {
      await run(host, applying([shop()]));
      const wanted = shop({ image: 'web:2' });
      const expected = await planned(wanted);
      moveTag(host, engine, 'web:2', 'db:1');
      await expectRefused(wanted, expected, 'the image web:2 is another one than was planned with');
    });

    test('is refused when the descriptor says something else', async () => {
      await run(host, applying([shop()]));
      const expected = await planned(shop({ env: { A: '1' } }));
      await expectRefused(
        shop({ env: { A: '2' } }),
        expected,
        'what is described of shop.web is not what was planned',
      );
    });

    test('is refused when what it would restart was stopped by hand meanwhile', async () => {
      await run(host, applying([shop()]));
      const wanted = shop({ image: 'web:2' });
      const expected = await planned(wanted);
      await host.init.stop('ctr-shop.web.service');
      await expectRefused(wanted, expected, 'what runs on the host is not what was planned from');
    });

    test('is refused when one of its containers was told to stop meanwhile', async () => {
      await run(host, applying([shop()]));
      const wanted = shop({ image: 'web:2' });
      const expected = await planned(wanted);
      await run(host, (context) =>
        stopContainers(context, { names: ['shop.db'], wait: true, timeoutMs: 60_000 }),
      );
      await expectRefused(wanted, expected, 'the plan is from generation 1, and the host is at 2');
    });

    test('on a host that never had gear leaves nothing there, not even the key', async () => {
      const wanted = shop({ env: { A: '1' } });
      const expected = { ...(await planned(wanted)), from: null };
      moveTag(host, engine, 'web:1', 'db:1');
      await expectRefused(wanted, expected, 'the image web:1 is another one than was planned with');
      expect(await host.files.exists('/etc/gear')).toBe(false);
    });

    test('and cannot be carried out is told with what failed, not as a host that moved on', async () => {
      const expected = await planned(shop());
      const refused = {
        code: 'ENGINE_FAILED',
        message: 'no space left',
        next: '',
        subject: 'shop_default',
      } as const;
      host.calls.refuse(/ensureNetwork shop_default/, refused);
      const result = await applied(shop(), expected);
      const failures = result.ok ? (result.value.failures ?? []) : result.failures;
      expect(failures.map(({ message }) => message)).toEqual(['no space left']);
      expect(runningOn(host).size).toBe(0);
    });
  },
);

describe('a file with a mistake beside a good one', () => {
  const mistake = {
    code: 'DESCRIPTOR_KEY',
    message: 'the key imgae is not known',
    next: 'write image',
    place: { source: 'bad.yaml', line: 3, column: 5 },
  } as const satisfies Failure;
  const host = (): MemoryHost => withImages(new MemoryHost(), 'docker', 'web:1');
  const good = anApp('good', { web: {} }, { engine: 'docker' });

  test('is told and left, and the good one is applied', async () => {
    const on = host();
    const report = await run(on, applying([good], { failures: [mistake] }));
    expect(report.failures).toEqual([mistake]);
    expect(report.left).toEqual(['bad.yaml']);
    expect(report.instances.map(({ name, result }) => [name, result])).toEqual([['good.web', 'installed']]);
    expect([...runningOn(on).keys()]).toEqual(['good.web']);
  });

  test('names every descriptor that is left, also the one that the failure between two does not stand in', async () => {
    const report = await run(
      host(),
      applying([good], { failures: [mistake], left: ['first.yaml', 'bad.yaml'] }),
    );
    expect(report.left).toEqual(['first.yaml', 'bad.yaml']);
    expect(report.failures).toEqual([mistake]);
  });

  test('lets what is installed of it run on', async () => {
    const on = host();
    const bad = anApp('bad', { web: {} }, { engine: 'docker' });
    await run(on, applying([bad]));
    const before = runningOn(on).get('bad.web');
    await run(on, applying([good], { failures: [mistake] }));
    expect(runningOn(on).get('bad.web')).toEqual(before);
  });

  test('alone is the whole answer, and nothing is touched', async () => {
    const on = host();
    const mark = on.calls.mark;
    const result = await applying([], { failures: [mistake] })(contextOn(on));
    expect(result).toEqual({ ok: false, failures: [mistake] });
    expect(on.calls.since(mark)).toEqual([]);
  });
});

/** `docker tag`, as somebody types it: the name stands for the image of another one now. */
function moveTag(host: MemoryHost, engine: EngineKind, tag: string, from: string): void {
  const image = host[engine].images.find(from);
  if (image === null) throw new Error(`no image ${from}`);
  host[engine].images.tag(image.id, tag);
}
