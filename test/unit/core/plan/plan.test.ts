import { describe, expect, test } from 'vitest';
import { planDigest } from '../../../../src/core/plan/digest.ts';
import { printPlan } from '../../../../src/core/plan/plan.ts';
import { anInstance, aUnit, observedWith, planFor } from '../../../support/builders.ts';

const check = { command: ['true'], intervalMs: 1000, timeoutMs: 1000, retries: 1, startPeriodMs: 0 };
const hold = { by: 'root', atMs: 1 };
const untouched = { touched: new Set<string>() };
const lines = (...text: readonly string[]): string => text.map((line) => `${line}\n`).join('');

describe('a plan', () => {
  test('of what is as declared is empty', () => {
    const web = anInstance('web', { check });
    expect(printPlan(planFor(observedWith([web]), [web]))).toBe('');
    expect(planFor(observedWith([web]), [web]).manifest).toBeNull();
  });

  test('for a first install prepares, declares in one rename, and only then starts', () => {
    const web = anInstance('web', {
      check,
      environmentFile: 'e1',
      ownedVolumes: [{ name: 'v', target: '/v' }],
    });
    expect(printPlan(planFor(observedWith([]), [web]))).toBe(
      lines(
        'file.write web: its environment is new',
        'volume.ensure v: web mounts it',
        'container.create ctr-web.web-1: new',
        'generation.write /etc/gear/generations/1: web is new',
        'link.make /etc/systemd/system/ctr-web.service: systemd finds the unit by it',
        'link.make /etc/systemd/system/ctr-web-ready.service: systemd finds the unit by it',
        'link.make /etc/systemd/system/multi-user.target.wants/ctr-web.service: starts on boot',
        'link.make /etc/systemd/system/docker.service.wants/ctr-web.service: starts on boot',
        'generation.swap generation 1: web is new',
        'image.tag gear.local/image:111111111111: keeps the image while a generation needs it',
        'systemd.reload systemd: web is new',
        'unit.start web: new',
        'ready.wait web: it has a health check',
      ),
    );
  });

  test('makes what several need once: two writers of one file would meet', () => {
    const common = { environmentFile: 'e1', ownedVolumes: [{ name: 'v', target: '/v' }] };
    const [one, two] = [anInstance('one', common), anInstance('two', common)];
    const made = planFor(observedWith([]), [one, two]).operations.map(
      ({ kind, subject }) => `${kind} ${subject}`,
    );
    expect(made.filter((each) => /^(file|volume|image)/.test(each))).toEqual([
      'file.write one',
      'volume.ensure v',
      'image.tag gear.local/image:111111111111',
    ]);
  });

  test('gives an image one tag, and none where a tag of any name of gear’s keeps it', () => {
    const [one, two] = [anInstance('one'), anInstance('two')];
    const tagged = (tag: string) =>
      planFor({ ...observedWith([]), tags: new Map([['docker', [tag]]]) }, [one, two]).operations.flatMap(
        (each) => (each.kind === 'image.tag' ? [each.tag] : []),
      );
    expect(tagged('gear.local/one:111111111111')).toEqual([]);
    expect(tagged('gear.local/image:222222222222')).toEqual(['gear.local/image:111111111111']);
  });

  test('notes for Podman, for each that starts and no other, that its image is there', () => {
    const podman = { engine: 'podman' as const };
    const desired = [
      anInstance('one', podman),
      anInstance('two', podman),
      anInstance('held', { ...podman, hold }),
    ];
    const { operations } = planFor(observedWith([]), [...desired, anInstance('docker')]);
    expect(operations.flatMap((each) => (each.kind === 'image.note' ? [each.instance] : []))).toEqual([
      'one',
      'two',
    ]);
  });

  test('for a new form keeps the old container until the new one runs', () => {
    const web = anInstance('web');
    expect(printPlan(planFor(observedWith([web]), [{ ...web, hash: 'web-2' }]))).toBe(
      lines(
        'container.create ctr-web.web-2: its form changed',
        'generation.write /etc/gear/generations/2: web changed',
        'generation.swap generation 2: web changed',
        'systemd.reload systemd: web changed',
        'unit.restart web: its form changed',
        'container.remove ctr-web.web-1: nothing declared needs it',
      ),
    );
  });

  test('for a hold removes the boot links right after the swap, and only then stops', () => {
    const web = anInstance('web');
    expect(printPlan(planFor(observedWith([web]), [{ ...web, hold }]))).toBe(
      lines(
        'generation.write /etc/gear/generations/2: web is held',
        'generation.swap generation 2: web is held',
        'link.remove /etc/systemd/system/multi-user.target.wants/ctr-web.service: ctr-web.service stays stopped',
        'link.remove /etc/systemd/system/docker.service.wants/ctr-web.service: ctr-web.service stays stopped',
        'systemd.reload systemd: web is held',
        'unit.stop web: held by root',
      ),
    );
  });

  test('for what goes stops it before the reload, while systemd still knows how', () => {
    expect(printPlan(planFor(observedWith([anInstance('web')]), []))).toBe(
      lines(
        'generation.write /etc/gear/generations/2: web goes',
        'generation.swap generation 2: web goes',
        'unit.stop web: no longer declared',
        'systemd.reload systemd: web goes',
        'unit.forget ctr-web.service: no longer declared',
        'link.remove /etc/systemd/system/ctr-web.service: nothing declared needs it',
        'link.remove /etc/systemd/system/multi-user.target.wants/ctr-web.service: nothing declared needs it',
        'link.remove /etc/systemd/system/docker.service.wants/ctr-web.service: nothing declared needs it',
        'container.remove ctr-web.web-1: nothing declared needs it',
      ),
    );
  });

  test('for another engine stops the old form before its stop command is replaced', () => {
    const web = anInstance('web');
    const text = printPlan(planFor(observedWith([web]), [{ ...web, engine: 'podman', hash: 'web-2' }]));
    expect(text.indexOf('unit.stop web: moves from docker to podman')).toBeGreaterThan(-1);
    expect(text.indexOf('unit.stop')).toBeLessThan(text.indexOf('generation.swap'));
    expect(text.indexOf('generation.swap')).toBeLessThan(text.indexOf('unit.start'));
  });

  test('of a changed template rewrites and reloads, and restarts nothing', () => {
    const web = anInstance('web');
    const observed = observedWith([web]);
    const manifest =
      observed.manifest === null ? null : { ...observed.manifest, units: { 'ctr-web.service': 'old' } };
    expect(printPlan(planFor({ ...observed, manifest }, [web], untouched))).toBe(
      lines(
        'generation.write /etc/gear/generations/2: the text of ctr-web.service changed',
        'generation.swap generation 2: the text of ctr-web.service changed',
        'systemd.reload systemd: the text of ctr-web.service changed',
      ),
    );
  });
});

describe('what an interrupted command left', () => {
  test('a declared form that never started is started by any later command', () => {
    const web = anInstance('web');
    const observed = observedWith([web], { units: new Map(), loaded: false });
    expect(printPlan(planFor(observed, [web], untouched))).toBe(
      lines('systemd.reload systemd: an earlier command was interrupted', 'unit.start web: it does not run'),
    );
  });

  test('an older form that still runs is replaced', () => {
    const web = anInstance('web', { hash: 'web-2' });
    const containers = [
      { engine: 'docker', name: 'ctr-web.web-1', running: true, instance: 'web', hash: 'web-1' },
      { engine: 'docker', name: 'ctr-web.web-2', running: false, instance: 'web', hash: 'web-2' },
    ] as const;
    expect(printPlan(planFor(observedWith([web], { containers }), [web], untouched))).toBe(
      lines(
        'unit.restart web: it runs an older form',
        'container.remove ctr-web.web-1: nothing declared needs it',
      ),
    );
  });

  test('a unit that runs although it is no longer declared is stopped', () => {
    const units = new Map([['ctr-old.service', aUnit()]]);
    const links = new Map([
      ['/etc/systemd/system/ctr-old.service', '/etc/gear/current/units/ctr-old.service'],
    ]);
    const text = printPlan(planFor(observedWith([], { units, links }), []));
    expect(text).toContain('unit.stop old: no longer declared');
    expect(text).toContain('link.remove /etc/systemd/system/ctr-old.service');
  });
});

describe('what an earlier command began and did not see to its end', () => {
  const starting = (active: string) =>
    aUnit({ active, endedCleanly: active === 'inactive', isStarting: true });

  test.each(['inactive', 'activating', 'deactivating'])(
    'is waited for, not begun again and not taken for a stop: %s',
    (active) => {
      const web = anInstance('web', { check });
      const units = new Map([['ctr-web.service', starting(active)]]);
      const plan = planFor(observedWith([web], { units }), [web]);
      expect(printPlan(plan)).toBe(
        lines('unit.start web: it still starts', 'ready.wait web: it still starts'),
      );
      expect(planDigest(plan)).toBe(planDigest(planFor(observedWith([web]), [web])));
    },
  );

  test('is waited for at the gate when it runs and is not ready yet', () => {
    const web = anInstance('web', { check });
    const units = new Map([
      ['ctr-web.service', aUnit()],
      ['ctr-web-ready.service', starting('activating')],
    ]);
    const observed = observedWith([web], { units });
    expect(printPlan(planFor(observed, [web]))).toBe('ready.wait web: it still starts\n');
    expect(printPlan(planFor(observed, [web], untouched))).toBe('');
  });

  test('restarts where a new form of it is declared', () => {
    const web = anInstance('web');
    const units = new Map([['ctr-web.service', starting('activating')]]);
    const plan = planFor(observedWith([web], { units }), [{ ...web, hash: 'web-2' }]);
    expect(printPlan(plan)).toContain('unit.restart web: its form changed');
  });
});

describe('what people did on purpose', () => {
  test('a cleanly stopped container stays stopped over an unrelated and a related command', () => {
    const web = anInstance('web');
    const units = new Map([['ctr-web.service', aUnit({ active: 'inactive', endedCleanly: true })]]);
    expect(printPlan(planFor(observedWith([web], { units }), [web]))).toBe('');
  });

  test('start starts what a person stopped', () => {
    const web = anInstance('web');
    const units = new Map([['ctr-web.service', aUnit({ active: 'inactive', endedCleanly: true })]]);
    const plan = planFor(observedWith([web], { units }), [web], { start: new Set(['web']) });
    expect(printPlan(plan)).toBe('unit.start web: asked to start\n');
  });

  test('a disabled container is not mended by a command about another one', () => {
    const web = anInstance('web');
    const db = anInstance('db');
    const links = new Map(observedWith([db]).links);
    const plan = planFor(observedWith([web, db], { links }), [web, db], { touched: new Set(['db']) });
    expect(printPlan(plan)).toBe('');
    const mending = planFor(observedWith([web, db], { links }), [web, db], { touched: new Set(['web']) });
    expect(printPlan(mending)).toContain('link.make /etc/systemd/system/ctr-web.service');
  });
});

describe('what is not gear’s', () => {
  test('geard (3.10): cleaning touches foreign containers: links of others and ejected containers stay', () => {
    const links = new Map([
      ['/etc/systemd/system/ctr-mine.service', null],
      [
        '/etc/systemd/system/multi-user.target.wants/ctr-mine.service',
        '/etc/systemd/system/ctr-mine.service',
      ],
    ]);
    const containers = [
      { engine: 'docker', name: 'ctr-mine.1', running: true, instance: 'mine', hash: '1' },
    ] as const;
    const plan = planFor(observedWith([], { links, containers }), []);
    expect(printPlan(plan)).toBe('');
  });
});
