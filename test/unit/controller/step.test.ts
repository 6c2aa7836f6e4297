import { describe, expect, test } from 'vitest';
import type {
  Action,
  AppOutcome,
  ControllerEvent,
  FoundDrift,
  ScannedFile,
} from '../../../src/controller/machine/events.ts';
import { defaultRules, type Rules } from '../../../src/controller/machine/rules.ts';
import { type Claim, initialState } from '../../../src/controller/machine/state.ts';
import { isSettled, nextWakeMs, step } from '../../../src/controller/machine/step.ts';
import type { Failure } from '../../../src/errors/failure.ts';

const mistake: Failure = { code: 'VALUE_INVALID', message: 'a mistake', next: 'mend it' };
const outage: Failure = { code: 'ENGINE_DOWN', message: 'no engine', next: 'start it' };

/** The machine with a clock, and a memory of what it asked for. */
class Machine {
  nowMs = 0;
  asked: Action[] = [];
  state;

  readonly rules: Rules;

  constructor(rules: Partial<Rules> = {}, claims: readonly Claim[] = []) {
    this.rules = { ...defaultRules, ...rules };
    this.state = initialState(claims, 0);
    this.send({ type: 'tick' });
  }

  send(event: ControllerEvent): readonly Action[] {
    const next = step(this.state, event, this.nowMs, this.rules);
    this.state = next.state;
    this.asked = [...this.asked, ...next.actions];
    return next.actions;
  }

  /** A scan that is under way, or becomes due now, finds these. */
  finds(files: readonly ScannedFile[], lost: readonly string[] = []): readonly Action[] {
    if (this.state.scan.at !== 'running') this.send({ type: 'rescan' });
    return this.send({ type: 'scanned', scan: { files, lost } });
  }

  /** A watcher hears something, and the scan that follows finds these. */
  hears(files: readonly ScannedFile[], lost: readonly string[] = []): void {
    this.send({ type: 'woken' });
    this.pass(this.rules.lookMs);
    this.finds(files, lost);
  }

  applied(...apps: readonly string[]): readonly Action[] {
    return this.send({ type: 'applied', outcomes: new Map(apps.map((app) => [app, { ok: true }])) });
  }

  fails(app: string, disturbing = false): readonly Action[] {
    const outcome = { ok: false, failures: [outage], disturbing } as const;
    return this.send({ type: 'applied', outcomes: new Map([[app, outcome]]) });
  }

  /** Ticks as it asks to, until so much time has passed. */
  pass(ms: number): readonly Action[] {
    const end = this.nowMs + ms;
    const before = this.asked.length;
    for (;;) {
      const wake = nextWakeMs(this.state, this.rules);
      if (wake === null || wake > end) break;
      this.nowMs = Math.max(wake, this.nowMs);
      this.send({ type: 'tick' });
      if (this.state.scan.at === 'running') break;
    }
    if (this.state.scan.at !== 'running') this.nowMs = end;
    return this.asked.slice(before);
  }

  presence(app: string): string | undefined {
    return this.state.apps.get(app)?.presence.at;
  }
}

const file = (app: string, hash = '1'): ScannedFile => ({ path: `/d/${app}.yaml`, app, hash });
const bad = (app: string): ScannedFile => ({ path: `/d/${app}.yaml`, failures: [mistake] });
const work = (actions: readonly Action[]): readonly Action[] => actions.filter((each) => each.do !== 'tell');

/** All of these have been applied. */
function settled(rules: Partial<Rules>, ...apps: readonly string[]): Machine {
  const machine = new Machine(rules);
  if (rules.drift !== 'ignore') machine.send({ type: 'inspected', drifts: [] });
  machine.finds(apps.map((app) => file(app)));
  machine.applied(...apps);
  machine.asked = [];
  expect(isSettled(machine.state)).toBe(true);
  return machine;
}

/** Looks twice, eleven seconds apart, and finds the same. */
function findsForLong(
  machine: Machine,
  files: readonly ScannedFile[],
  lost: readonly string[] = [],
): readonly Action[] {
  machine.finds(files, lost);
  machine.nowMs += 11_000;
  return machine.finds(files, lost);
}

describe('looking', () => {
  test('words that come together lead to one scan, 20 ms after the last', () => {
    const machine = settled({}, 'a');
    for (const wait of [0, 20, 20]) {
      machine.nowMs += wait;
      expect(machine.send({ type: 'woken' })).toEqual([]);
    }
    expect(nextWakeMs(machine.state, machine.rules)).toBe(machine.nowMs + 20);
    expect(machine.pass(20)).toEqual([{ do: 'scan' }]);
  });

  test('what a scan found is applied 50 ms after the last word', () => {
    const machine = settled({}, 'a');
    machine.nowMs += 5_000;
    machine.send({ type: 'woken' });
    machine.pass(20);
    machine.nowMs += 10;
    expect(machine.finds([file('a', '2')])).toEqual([]);
    expect(machine.pass(19)).toEqual([]);
    expect(machine.pass(1)).toEqual([{ do: 'apply', apps: ['a'] }]);
  });

  test('a word before it is applied leads to another scan, and both are applied together', () => {
    const machine = settled({}, 'a');
    machine.nowMs += 5_000;
    machine.hears([file('a'), file('b')]);
    machine.nowMs += 20;
    machine.send({ type: 'woken' });
    expect(machine.pass(20)).toEqual([{ do: 'scan' }]);
    machine.nowMs += 100;
    const both = machine.finds([file('a'), file('b'), file('c')]);
    expect(both).toEqual([{ do: 'apply', apps: ['b', 'c'] }]);
  });

  test('words between scan and apply do not put it off for ever', () => {
    const machine = settled({}, 'a');
    machine.nowMs += 5_000;
    const began = machine.nowMs;
    const files = [file('a')];
    while (!machine.asked.some((each) => each.do === 'apply')) {
      machine.send({ type: 'woken' });
      expect(machine.nowMs - began).toBeLessThan(600);
      machine.pass(20);
      files.push(file(`b${String(files.length)}`));
      if (machine.state.scan.at === 'running') machine.finds(files);
      machine.nowMs += 20;
    }
    expect(files.length).toBeGreaterThan(10);
  });

  test('words that come just before it is applied, each time, do not put it off for ever', () => {
    const machine = settled({}, 'a');
    machine.nowMs += 5_000;
    const began = machine.nowMs;
    const files = [file('a')];
    // The tick for the end of the quiet comes later than the word each time.
    while (!machine.asked.some((each) => each.do === 'apply')) {
      expect(machine.nowMs - began).toBeLessThan(600);
      machine.send({ type: 'woken' });
      machine.pass(20);
      files.push(file(`b${String(files.length)}`));
      if (machine.state.scan.at === 'running') machine.finds(files);
      machine.nowMs += 30.5;
    }
  });

  test('a word during the scan of each minute is followed by quiet before it is applied', () => {
    const machine = settled({}, 'a');
    machine.hears([file('a')]);
    machine.pass(120_000);
    expect(machine.state.scan.at).toBe('running');
    const began = machine.nowMs;
    machine.nowMs += 5;
    machine.send({ type: 'woken' });
    machine.nowMs += 10;
    expect(machine.finds([file('a'), file('b')])).toEqual([]);
    machine.nowMs += 5;
    expect(machine.send({ type: 'woken' })).toEqual([]);
    expect(machine.pass(20)).toEqual([{ do: 'scan' }]);
    expect(machine.finds([file('a'), file('b'), file('c')])).toEqual([]);
    expect(machine.pass(30)).toEqual([{ do: 'apply', apps: ['b', 'c'] }]);
    expect(machine.nowMs - began).toBe(70);
  });

  test('what was found half-written is not applied because a person asks to look again', () => {
    const machine = settled({}, 'a');
    machine.nowMs += 5_000;
    machine.hears([file('a'), file('b')]);
    machine.nowMs += 10;
    expect(machine.send({ type: 'rescan' })).toEqual([{ do: 'scan' }]);
    const both = machine.finds([file('a'), file('b'), file('c')]);
    expect(both).toEqual([{ do: 'apply', apps: ['b', 'c'] }]);
  });

  test('when a person asks, what is found waits for no quiet', () => {
    const machine = settled({}, 'a');
    machine.nowMs += 5_000;
    machine.send({ type: 'woken' });
    machine.send({ type: 'rescan' });
    expect(machine.finds([file('a', '2')])).toEqual([{ do: 'apply', apps: ['a'] }]);
  });

  test('words without end do not put it off for ever', () => {
    const machine = settled({}, 'a');
    const began = machine.nowMs;
    let asked: readonly Action[] = [];
    while (asked.length === 0) {
      machine.nowMs += 20;
      asked = machine.send({ type: 'woken' });
    }
    expect(machine.nowMs - began).toBeLessThanOrEqual(520 + 20);
  });

  test('a word during a scan leads to another one', () => {
    const machine = settled({}, 'a');
    machine.send({ type: 'rescan' });
    machine.send({ type: 'woken' });
    machine.send({ type: 'scanned', scan: { files: [file('a')], lost: [] } });
    expect(machine.pass(50)).toEqual([{ do: 'scan' }]);
  });

  test('without a word it looks every minute', () => {
    const machine = settled({}, 'a');
    expect(machine.pass(59_999)).toEqual([]);
    expect(machine.pass(2)).toEqual([{ do: 'scan' }]);
  });
});

describe('applying', () => {
  test('what is found together is applied together, and what is there already is not', () => {
    const machine = settled({}, 'a', 'b');
    machine.nowMs += 5_000;
    expect(work(machine.finds([file('a', '2'), file('b'), file('c')]))).toEqual([
      { do: 'apply', apps: ['a', 'c'] },
    ]);
  });

  test('files of which more come while they are looked at are one change', () => {
    const machine = settled({}, 'a');
    machine.nowMs += 5_000;
    machine.send({ type: 'rescan' });
    machine.send({ type: 'woken' });
    const half = { files: [file('a'), file('b')], lost: [] };
    expect(work(machine.send({ type: 'scanned', scan: half }))).toEqual([]);
    expect(machine.pass(50)).toEqual([{ do: 'scan' }]);
    expect(work(machine.finds([file('a'), file('b'), file('c')]))).toEqual([]);
    expect(machine.pass(30)).toEqual([{ do: 'apply', apps: ['b', 'c'] }]);
  });

  test('files that come without end hold up the others for one more look, and removals for none', () => {
    const machine = settled({}, 'a', 'b', 'c');
    findsForLong(machine, [file('a'), file('b')]);
    machine.send({ type: 'removed', outcomes: new Map([['c', { ok: true }]]) });
    machine.asked = [];
    for (let round = 1; machine.asked.every((each) => each.do !== 'apply'); round++) {
      expect(round).toBeLessThanOrEqual(2);
      machine.nowMs += 5_000;
      if (machine.state.scan.at !== 'running') machine.send({ type: 'rescan' });
      machine.send({ type: 'woken' });
      machine.finds([file('a', String(round)), file('b', 'new')]);
    }
    expect(work(machine.asked).at(-1)).toEqual({ do: 'apply', apps: ['a', 'b'] });
  });

  test.each([
    ['has a mistake', [bad('a')], []],
    ['is gone with its folder', [], ['/d']],
  ])(
    'a version is not applied whose file %s by the time it may begin; the next good one is',
    (_, files, lost) => {
      const machine = settled({}, 'a');
      machine.nowMs += 5_000;
      machine.send({ type: 'woken' });
      machine.pass(20);
      machine.finds([file('a', '2')]);
      machine.send({ type: 'woken' });
      machine.pass(20);
      machine.finds(files, lost);
      expect(work(machine.pass(1_000))).toEqual([]);
      expect(isSettled(machine.state)).toBe(true);
      expect(work(machine.finds([file('a', '3')]))).toEqual([{ do: 'apply', apps: ['a'] }]);
    },
  );

  test.each(['before', 'after'] as const)(
    'what drifted %s its file got a mistake is mended though a version waits',
    (when) => {
      const machine = settled({}, 'a');
      machine.nowMs += 5_000;
      const drift = { app: 'a', instance: 'a', reason: 'it is stopped', onPurpose: false };
      const drifts = (): void => {
        machine.send({ type: 'stirred' });
        machine.nowMs += 300;
        machine.send({ type: 'tick' });
        machine.send({ type: 'inspected', drifts: [drift] });
      };
      // It changes again and again, and waits until it has come to rest.
      machine.finds([file('a', '2')]);
      machine.applied('a');
      machine.finds([file('a', '3')]);
      if (when === 'before') drifts();
      machine.asked = [];
      machine.finds([bad('a')]);
      if (when === 'after') drifts();
      machine.send({ type: 'tick' });
      expect(work(machine.asked)).toContainEqual({ do: 'mend', apps: ['a'] });
      machine.send({ type: 'mended', outcomes: new Map([['a', { ok: true }]]) });
      machine.pass(5_000);
      expect(work(machine.finds([file('a', '3')]))).toEqual([{ do: 'apply', apps: ['a'] }]);
    },
  );

  test('what failed is not tried again while its file has a mistake, and is once it is good again', () => {
    const machine = new Machine({ drift: 'ignore' });
    machine.finds([file('a')]);
    machine.fails('a');
    machine.finds([bad('a')]);
    machine.asked = [];
    machine.pass(50_000);
    expect(work(machine.asked)).toEqual([]);
    expect(work(machine.finds([file('a')]))).toEqual([{ do: 'apply', apps: ['a'] }]);
  });

  test('one app is changed by one change at a time, and the newest version wins', () => {
    const machine = settled({}, 'a');
    machine.nowMs += 5_000;
    machine.finds([file('a', '2')]);
    machine.nowMs += 5_000;
    expect(work(machine.finds([file('a', '3')]))).toEqual([]);
    machine.nowMs += 5_000;
    expect(work(machine.finds([file('a', '4')]))).toEqual([]);
    expect(work(machine.applied('a'))).toEqual([{ do: 'apply', apps: ['a'] }]);
    expect(machine.state.apps.get('a')?.wanted).toBe('4');
  });

  test('what fails is tried again, later each time, and holds back no other', () => {
    const machine = new Machine();
    machine.finds([file('a')]);
    const waits: number[] = [];
    for (let attempt = 0; attempt < 9; attempt++) {
      machine.fails('a');
      const wake = machine.state.apps.get('a')?.work;
      waits.push(wake?.at === 'waiting' ? wake.fromMs - machine.nowMs : 0);
      machine.nowMs += waits.at(-1) ?? 0;
      machine.send({ type: 'tick' });
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60].map((seconds) => seconds * 1000));
    expect(work(machine.finds([file('a'), file('b')]))).toContainEqual({ do: 'apply', apps: ['b'] });
  });

  test('what was taken back rests for a minute and more, so that what runs does not flap', () => {
    const machine = settled({}, 'a');
    machine.nowMs += 5_000;
    machine.finds([file('a', '2')]);
    machine.fails('a', true);
    expect(machine.state.apps.get('a')?.work).toEqual({ at: 'waiting', fromMs: machine.nowMs + 60_000 });
  });

  test('a new version of what failed is tried at once', () => {
    const machine = new Machine();
    machine.finds([file('a')]);
    machine.fails('a', true);
    machine.nowMs += 5_000;
    expect(work(machine.finds([file('a', '2')]))).toContainEqual({ do: 'apply', apps: ['a'] });
  });

  test('when the engine is back, what failed is tried at once', () => {
    const machine = new Machine();
    machine.finds([file('a')]);
    machine.fails('a', true);
    expect(work(machine.send({ type: 'recovered' }))).toEqual([{ do: 'apply', apps: ['a'] }]);
  });
});

describe('nothing goes unasked', () => {
  test('a file with mistakes keeps what was applied, however long', () => {
    const machine = settled({}, 'a');
    expect(work(findsForLong(machine, [bad('a')]))).toEqual([]);
    expect(machine.presence('a')).toBe('invalid');
  });

  test('a file is absent for ten seconds and two scans before its app goes', () => {
    const machine = settled({}, 'a', 'b', 'c');
    const rest = [file('b'), file('c')];
    machine.finds(rest);
    machine.nowMs += 9_000;
    expect(work(machine.finds(rest))).toEqual([]);
    expect(machine.pass(2_000)).toEqual([{ do: 'scan' }]);
    expect(work(machine.finds(rest))).toEqual([{ do: 'remove', apps: ['a'] }]);
  });

  test('one long scan is not enough', () => {
    const machine = settled({ absentMs: 0 }, 'a', 'b', 'c');
    expect(work(machine.finds([file('b'), file('c')]))).not.toContainEqual({ do: 'remove', apps: ['a'] });
  });

  test('a file that comes back in time changes nothing', () => {
    const machine = settled({}, 'a', 'b', 'c');
    machine.finds([file('b'), file('c')]);
    machine.nowMs += 5_000;
    expect(work(machine.finds([file('a'), file('b'), file('c')]))).toEqual([]);
    machine.finds([file('b'), file('c')]);
    machine.nowMs += 6_000;
    expect(work(machine.finds([file('b'), file('c')]))).toEqual([]);
  });

  test('a folder that is gone or empty removes nothing', () => {
    const machine = settled({}, 'a', 'b');
    expect(work(findsForLong(machine, [], ['/d']))).toEqual([]);
    expect(machine.presence('a')).toBe('adrift');
  });

  test('with allowEmpty it removes all, when that lasts', () => {
    const machine = settled({ allowEmpty: true }, 'a', 'b');
    expect(work(findsForLong(machine, [], ['/d']))).toEqual([{ do: 'remove', apps: ['a', 'b'] }]);
  });

  test('more than half of the apps, vanished together, wait for a word', () => {
    const machine = settled({}, 'a', 'b', 'c');
    expect(findsForLong(machine, [file('c')])).toEqual([
      { do: 'tell', news: { type: 'held', apps: ['a', 'b'] } },
    ]);
    expect(work(findsForLong(machine, [file('c')]))).toEqual([]);
    expect(work(machine.send({ type: 'confirmed' }))).toEqual([{ do: 'remove', apps: ['a', 'b'] }]);
  });

  test('what is held and comes back is well again', () => {
    const machine = settled({}, 'a', 'b', 'c');
    findsForLong(machine, [file('c')]);
    expect(work(machine.finds([file('a'), file('b'), file('c')]))).toEqual([]);
    expect(work(machine.send({ type: 'confirmed' }))).toEqual([]);
    expect(isSettled(machine.state)).toBe(true);
  });

  test('an app of an earlier run whose file has mistakes is left alone; one without a file goes', () => {
    const claims = ['a', 'b', 'c', 'd'].map((app) => ({ app, source: `/d/${app}.yaml` }));
    const machine = new Machine({}, claims);
    const files = [bad('a'), file('c'), file('d')];
    expect(work(machine.finds(files))).toEqual([{ do: 'apply', apps: ['c', 'd'] }]);
    machine.applied('c', 'd');
    machine.nowMs += 11_000;
    expect(work(machine.finds(files))).toEqual([{ do: 'remove', apps: ['b'] }]);
  });
});

const gone = { app: 'a', instance: 'a.web', reason: 'it is gone', onPurpose: false };
const stopped = { app: 'a', instance: 'a.web', reason: 'somebody stopped it', onPurpose: true };

/** The host stirs, and an inspection finds this. */
function inspecting(machine: Machine, ...drifts: readonly FoundDrift[]): readonly Action[] {
  machine.send({ type: 'stirred' });
  expect(work(machine.pass(300))).toContainEqual({ do: 'inspect', apps: [...machine.state.apps.keys()] });
  return machine.send({ type: 'inspected', drifts });
}

describe('drift', () => {
  test('is mended, at once the first time and later each time after that', () => {
    const machine = settled({}, 'a');
    const waits: number[] = [];
    for (let time = 0; time < 4; time++) {
      inspecting(machine, gone);
      const { work: next } = machine.state.apps.get('a') ?? {};
      waits.push(next?.at === 'waiting' ? next.fromMs - machine.nowMs : 0);
      machine.nowMs += waits.at(-1) ?? 0;
      machine.send({ type: 'tick' });
      expect(machine.state.apps.get('a')?.work.at).toBe('mending');
      machine.send({ type: 'mended', outcomes: new Map([['a', { ok: true }]]) });
    }
    expect(waits[0]).toBe(0);
    expect(waits.slice(1).every((wait, index) => index === 0 || wait > (waits[index] ?? 0))).toBe(true);
  });

  test('of what a person did on purpose is told once, and left', () => {
    const machine = settled({}, 'a');
    expect(inspecting(machine, stopped)).toEqual([
      { do: 'tell', news: { type: 'drifted', app: 'a', drift: drift(stopped), mends: false } },
    ]);
    expect(inspecting(machine, stopped)).toEqual([]);
    expect(machine.state.apps.get('a')?.drift).toEqual([drift(stopped)]);
  });

  test('of what a person disabled and stopped is held until that is noted, and told once', () => {
    const machine = settled({}, 'a', 'b');
    const disabled = { ...stopped, holds: true } as const;
    const hold = { do: 'hold', apps: ['a'] } as const;
    expect(inspecting(machine, disabled, disabled)).toEqual([
      { do: 'tell', news: { type: 'drifted', app: 'a', drift: drift(stopped), mends: false } },
      hold,
    ]);
    expect(inspecting(machine, disabled)).toEqual([hold]);
    expect(inspecting(machine, stopped)).toEqual([]);
    expect(work(inspecting(settled({ drift: 'report' }, 'a'), disabled))).toEqual([]);
  });

  test('that shows in two ways is told once', () => {
    const machine = settled({ drift: 'report' }, 'a');
    expect(inspecting(machine, gone, gone)).toHaveLength(1);
  });

  test('is only told with report, and not looked for with ignore', () => {
    expect(work(inspecting(settled({ drift: 'report' }, 'a'), gone))).toEqual([]);
    const machine = settled({ drift: 'ignore' }, 'a');
    machine.send({ type: 'stirred' });
    expect(machine.pass(1_000)).toEqual([]);
  });

  test('is not looked for while the host is changed', () => {
    const machine = settled({}, 'a');
    machine.nowMs += 5_000;
    machine.finds([file('a', '2')]);
    machine.send({ type: 'stirred' });
    expect(machine.pass(5_000)).toEqual([]);
    expect(work(machine.applied('a'))).toEqual([{ do: 'inspect', apps: ['a'] }]);
  });

  test('is mended while a bad version waits for its next try, which stays where it was', () => {
    const machine = settled({}, 'a');
    machine.nowMs += 5_000;
    machine.finds([file('a', '2')]);
    machine.fails('a', true);
    const retry = machine.state.apps.get('a')?.work;
    expect(work(inspecting(machine, gone))).toEqual([{ do: 'mend', apps: ['a'] }]);
    machine.send({ type: 'mended', outcomes: new Map([['a', { ok: true }]]) });
    expect(machine.state.apps.get('a')?.work).toEqual(retry);
  });
});

function drift({ instance, reason, onPurpose }: typeof gone): object {
  return { instance, reason, onPurpose };
}

describe('a container whose health check fails', () => {
  const unhealthy = { type: 'health', instance: 'a.web', healthy: false } as const;

  test('is restarted, at once the first time and later each time after that', () => {
    const machine = settled({}, 'a');
    const waits: number[] = [];
    for (let time = 0; time < 3; time++) {
      const began = machine.nowMs;
      machine.send(unhealthy);
      machine.send(unhealthy);
      while (!machine.asked.some((each) => each.do === 'restart')) {
        machine.nowMs = nextWakeMs(machine.state, { ...machine.rules, rescanMs: Infinity }) ?? machine.nowMs;
        for (const action of machine.send({ type: 'tick' }))
          if (action.do === 'scan') machine.finds([file('a')]);
      }
      machine.asked = [];
      machine.send({ type: 'restarted', instance: 'a.web', failures: [] });
      waits.push(machine.nowMs - began);
    }
    expect(waits).toEqual([0, 10_000, 20_000]);
  });

  test('is left when it is well again before its time', () => {
    const machine = settled({}, 'a');
    machine.send(unhealthy);
    machine.send(unhealthy);
    machine.send({ ...unhealthy, healthy: true });
    expect(machine.pass(20_000).filter((each) => each.do === 'restart')).toEqual([]);
  });

  const restarts = (actions: readonly Action[]): readonly Action[] =>
    actions.filter((each) => each.do === 'restart');
  const failed = { type: 'restarted', instance: 'a.web', failures: [outage] } as const;

  test('whose restart could not be done is restarted later, and why is told once', () => {
    const machine = settled({}, 'a');
    machine.send(unhealthy);
    const told = {
      type: 'failed',
      app: 'a',
      failures: [outage],
      isNew: true,
      attempts: 1,
      retryInMs: 10_000,
    };
    expect(machine.send(failed)).toEqual([{ do: 'tell', news: told }]);
    expect(restarts(machine.pass(9_999))).toEqual([]);
    expect(restarts(machine.pass(1))).toEqual([{ do: 'restart', instance: 'a.web' }]);
    expect(machine.send(failed)).toMatchObject([{ news: { isNew: false, attempts: 2, retryInMs: 20_000 } }]);
  });

  test('that was not restarted, for it was well by then or being stopped, waits no longer the next time', () => {
    const machine = settled({}, 'a');
    const ended = { type: 'restarted', instance: 'a.web', failures: [] } as const;
    machine.send(unhealthy);
    machine.send(ended);
    machine.send(unhealthy);
    expect(restarts(machine.pass(10_000))).toHaveLength(1);
    machine.send({ ...ended, done: false });
    // The first restart counts as before: the next one is already due.
    expect(restarts(machine.send(unhealthy))).toHaveLength(1);
    machine.send(ended);
    machine.send(unhealthy);
    expect(restarts(machine.pass(19_999))).toEqual([]);
    expect(restarts(machine.pass(1))).toHaveLength(1);
  });

  test('is restarted also where an inspection found it so', () => {
    const machine = settled({}, 'a');
    const found = { type: 'inspected', drifts: [], unhealthy: ['a.web', 'stranger.web'] } as const;
    expect(machine.send(found)).toEqual([
      { do: 'tell', news: { type: 'unhealthy', app: 'a', instance: 'a.web', restartInMs: 0 } },
      { do: 'restart', instance: 'a.web' },
    ]);
    // While it restarts the old process may be seen once more.
    expect(machine.send(found)).toEqual([]);
    expect(restarts(machine.pass(15_000))).toEqual([]);
    machine.send({ type: 'restarted', instance: 'a.web', failures: [] });
    expect(restarts(machine.send(found))).toHaveLength(1);
  });

  test.each(['report', 'ignore'] as const)('is left with --drift %s', (drift) => {
    const machine = settled({ drift }, 'a');
    expect(machine.send(unhealthy)).toEqual([]);
    expect(machine.send({ type: 'inspected', drifts: [], unhealthy: ['a.web'] })).toEqual([]);
  });

  test('is no concern of ours where nobody watches its app', () => {
    expect(settled({}, 'a').send({ ...unhealthy, instance: 'stranger.web' })).toEqual([]);
  });
});

test('a file that changes every 100 ms for a minute is applied some times, and at the end', () => {
  const machine = settled({ drift: 'ignore' }, 'a');
  let applies = 0;
  const apply = (): void => {
    if (machine.state.apps.get('a')?.work.at !== 'applying') return;
    applies++;
    machine.applied('a');
  };
  for (let change = 1; change <= 600; change++) {
    machine.nowMs += 100;
    machine.finds([file('a', `version ${String(change)}`)]);
    apply();
  }
  expect(applies).toBeLessThanOrEqual(4);
  machine.pass(1_000);
  apply();
  expect(machine.state.apps.get('a')?.applied).toBe('version 600');
});

describe('images that have to be fetched', () => {
  const lacks = { ok: false, failures: [outage], disturbing: false, lacksImages: true } as const;

  /** `a` lacks its image, and `b`, which was applied with it, does not. */
  function fetching(): Machine {
    const machine = new Machine({ drift: 'ignore' });
    machine.finds([file('a'), file('b')]);
    machine.send({
      type: 'applied',
      outcomes: new Map<string, AppOutcome>([
        ['a', lacks],
        ['b', { ok: true }],
      ]),
    });
    return machine;
  }

  test('are fetched beside everything else, and their app is applied when they are there', () => {
    const machine = fetching();
    expect(machine.asked.at(-1)).toEqual({ do: 'fetch', apps: [{ app: 'a', hash: '1' }] });
    expect(machine.state.batches).toBe(0);
    machine.nowMs += 5_000;
    expect(work(machine.finds([file('a'), file('b', '2')]))).toEqual([{ do: 'apply', apps: ['b'] }]);
    machine.applied('b');
    machine.send({ type: 'fetched', app: 'a', hash: '1', outcome: { ok: true } });
    expect(work(machine.pass(50))).toEqual([{ do: 'apply', apps: ['a'] }]);
    machine.applied('a');
    expect(isSettled(machine.state)).toBe(true);
  });

  test('that are there at the same time are one change', () => {
    const machine = new Machine({ drift: 'ignore' });
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    machine.finds(names.map((name) => file(name)));
    machine.send({ type: 'applied', outcomes: new Map(names.map((name) => [name, lacks])) });
    for (const app of names) machine.send({ type: 'fetched', app, hash: '1', outcome: { ok: true } });
    expect(work(machine.pass(50))).toEqual([{ do: 'apply', apps: names }]);
  });

  test('a newer version does not wait for those of the one before, whose end means nothing then', () => {
    const machine = fetching();
    machine.nowMs += 5_000;
    expect(work(machine.finds([file('a', '2'), file('b')]))).toEqual([{ do: 'apply', apps: ['a'] }]);
    expect(machine.send({ type: 'fetched', app: 'a', hash: '1', outcome: { ok: true } })).toEqual([]);
  });

  test('that cannot be fetched are a failure, which is told and tried again later', () => {
    const machine = fetching();
    const outcome = { ok: false, failures: [outage], disturbing: false } as const;
    const told = machine.send({ type: 'fetched', app: 'a', hash: '1', outcome });
    expect(told).toMatchObject([{ do: 'tell', news: { type: 'failed', app: 'a', retryInMs: 1_000 } }]);
    expect(work(machine.pass(1_000))).toEqual([{ do: 'apply', apps: ['a'] }]);
  });

  test('that are gone again right after are a failure too, and not fetched without end', () => {
    const machine = fetching();
    machine.send({ type: 'fetched', app: 'a', hash: '1', outcome: { ok: true } });
    machine.pass(50);
    const again = machine.send({ type: 'applied', outcomes: new Map([['a', lacks]]) });
    expect(again).toMatchObject([{ do: 'tell', news: { type: 'failed', app: 'a' } }]);
  });
});
