import fc from 'fast-check';
import { expect, test } from 'vitest';
import type {
  Action,
  AppOutcome,
  ControllerEvent,
  FoundDrift,
  Outcomes,
  Scan,
} from '../../src/controller/machine/events.ts';
import { defaultRules } from '../../src/controller/machine/rules.ts';
import { type Claim, claimsOf, initialState } from '../../src/controller/machine/state.ts';
import { nextWakeMs, step } from '../../src/controller/machine/step.ts';

const paths = ['/d/1.yaml', '/d/2.yaml', '/d/3.yaml', '/d/4.yaml', '/d/5.yaml'] as const;
const apps = ['a', 'b', 'c', 'd'] as const;

interface File {
  readonly app: string;
  readonly hash: string;
  readonly valid: boolean;
}

type Move =
  | { readonly kind: 'write'; readonly path: string; readonly file: File; readonly heard: boolean }
  | { readonly kind: 'delete'; readonly path: string; readonly heard: boolean }
  | { readonly kind: 'rename'; readonly path: string; readonly to: string; readonly heard: boolean }
  | { readonly kind: 'vanish' }
  | { readonly kind: 'return' }
  | { readonly kind: 'pass'; readonly ms: number }
  | {
      readonly kind: 'end';
      readonly failing: readonly string[];
      readonly disturbing: boolean;
      readonly lacking: boolean;
    }
  | { readonly kind: 'fetched'; readonly fails: boolean }
  | { readonly kind: 'kill'; readonly happened: readonly string[] }
  | { readonly kind: 'confirm' }
  | { readonly kind: 'drift'; readonly app: string }
  | { readonly kind: 'sicken'; readonly app: string; readonly heard: boolean }
  | { readonly kind: 'restarted'; readonly fails: boolean }
  | { readonly kind: 'recover' };

const path = fc.constantFrom(...paths);
const app = fc.constantFrom(...apps);
const file = fc.record({ app, hash: fc.constantFrom('1', '2', '3'), valid: fc.boolean() });
const heard = fc.boolean();
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('write' as const), path, file, heard }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('delete' as const), path, heard }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('rename' as const), path, to: path, heard }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Move>({ kind: 'vanish' }, { kind: 'return' }, { kind: 'confirm' }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('pass' as const),
      ms: fc.constantFrom(1, 80, 200, 1_000, 6_000, 11_000, 40_000),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('end' as const),
      failing: fc.subarray([...apps]),
      disturbing: fc.boolean(),
      lacking: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('fetched' as const), fails: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('kill' as const), happened: fc.subarray([...apps]) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('drift' as const), app }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('sicken' as const), app, heard }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('restarted' as const), fails: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant<Move>({ kind: 'recover' }) },
);

interface Batch {
  readonly kind: 'apply' | 'remove' | 'mend';
  readonly apps: ReadonlyMap<string, string>;
}

const ends = { apply: 'applied', remove: 'removed', mend: 'mended' } as const;

/** A folder, a host and a clock around the controller, which checks whatever it asks for. */
class World {
  readonly files = new Map<string, File>();
  readonly host = new Map<string, string>();
  /** Apps of which something was taken away. */
  readonly broken = new Set<string>();
  /** Apps whose check fails: that is told once, or missed. */
  readonly sick = new Set<string>();
  restarts: string[] = [];
  gone = false;
  readonly #missingSince = new Map<string, number>();
  /** When a person agreed to whatever had vanished. */
  confirmedMs = Number.NEGATIVE_INFINITY;
  batches: Batch[] = [];
  fetches: { readonly app: string; readonly hash: string }[] = [];
  claims: readonly Claim[] = [];
  #now = 1_000;
  #state = initialState([], this.#now);
  #scan: Scan | null = null;
  #inspected: { readonly drifts: readonly FoundDrift[]; readonly unhealthy: readonly string[] } | null = null;

  get state() {
    return this.#state;
  }

  tell(event: ControllerEvent): void {
    const next = step(this.#state, event, this.#now, defaultRules);
    this.#state = next.state;
    // Written before anything is done.
    this.claims = claimsOf(next.state);
    for (const action of next.actions) this.#perform(action);
  }

  play(each: Move): void {
    switch (each.kind) {
      case 'write':
        this.files.set(each.path, each.file);
        this.#changed(each.heard);
        return;
      case 'delete':
        this.files.delete(each.path);
        this.#changed(each.heard);
        return;
      case 'rename': {
        const moved = this.files.get(each.path);
        if (moved === undefined) return;
        this.files.delete(each.path);
        this.files.set(each.to, moved);
        this.#changed(each.heard);
        return;
      }
      case 'vanish':
        this.gone = true;
        this.#changed(true);
        return;
      case 'return':
        this.gone = false;
        this.#changed(true);
        return;
      case 'pass':
        this.pass(each.ms);
        return;
      case 'end':
        this.endBatch(each.failing, each.disturbing, each.lacking);
        return;
      case 'fetched':
        this.endFetch(each.fails);
        return;
      case 'kill':
        this.#kill(each.happened);
        return;
      case 'confirm':
        this.confirmedMs = this.#now;
        this.tell({ type: 'confirmed' });
        return;
      case 'drift':
        if (this.host.has(each.app)) this.broken.add(each.app);
        this.tell({ type: 'stirred' });
        return;
      case 'sicken':
        if (!this.host.has(each.app)) return;
        this.sick.add(each.app);
        if (each.heard) this.tell({ type: 'health', instance: each.app, healthy: false });
        else this.tell({ type: 'stirred' });
        return;
      case 'restarted':
        this.endRestart(each.fails);
        return;
      case 'recover':
        this.tell({ type: 'recovered' });
        return;
    }
  }

  pass(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      this.#deliver();
      const wake = nextWakeMs(this.#state, defaultRules);
      if (wake === null || wake > end) break;
      // A controller that wants to be woken for the present again and again would never rest.
      expect(this.#scan === null || wake > this.#now).toBe(true);
      this.#now = Math.max(wake, this.#now);
      this.tell({ type: 'tick' });
    }
    this.#now = end;
  }

  endFetch(fails: boolean): void {
    const fetch = this.fetches.shift();
    if (fetch === undefined) return;
    const outcome: AppOutcome = fails ? { ok: false, failures: [], disturbing: false } : { ok: true };
    this.tell({ type: 'fetched', ...fetch, outcome });
  }

  endRestart(fails: boolean): void {
    const instance = this.restarts.shift();
    if (instance === undefined) return;
    if (!fails) this.sick.delete(instance);
    const outage = { code: 'LOCKED', message: 'another command changes it', next: 'wait' } as const;
    this.tell({ type: 'restarted', instance, failures: fails ? [outage] : [] });
  }

  endBatch(failing: readonly string[], disturbing: boolean, lacking = false): void {
    const batch = this.batches.shift();
    if (batch === undefined) return;
    const outcomes: Outcomes = new Map(
      [...batch.apps].map(([name, hash]): [string, AppOutcome] => {
        if (failing.includes(name)) {
          const lacks = lacking && batch.kind === 'apply' ? { lacksImages: true as const } : {};
          return [name, { ok: false, failures: [], disturbing, ...lacks }];
        }
        this.#effect(batch.kind, name, hash);
        return [name, { ok: true }];
      }),
    );
    this.tell({ type: ends[batch.kind], outcomes });
    this.tell({ type: 'stirred' });
  }

  #effect(kind: Batch['kind'], name: string, hash: string): void {
    this.broken.delete(name);
    if (kind === 'apply') this.host.set(name, hash);
    if (kind !== 'remove') return;
    this.host.delete(name);
    this.sick.delete(name);
  }

  /** What was under way was done of some apps, and of others not. */
  #kill(happened: readonly string[]): void {
    for (const { kind, apps: names } of this.batches) {
      for (const [name, hash] of names) if (happened.includes(name)) this.#effect(kind, name, hash);
    }
    this.batches = [];
    this.fetches = [];
    this.restarts = [];
    this.#scan = null;
    this.#inspected = null;
    this.#state = initialState(this.claims, this.#now);
  }

  #changed(wasHeard: boolean): void {
    if (wasHeard) this.tell({ type: 'woken' });
  }

  /** Keeps, apart from the controller, since which look an app has no file; a folder that is not there says nothing. */
  #note(): void {
    const blind = this.gone || this.files.size === 0;
    for (const name of apps) {
      const source = this.claims.find((claim) => claim.app === name)?.source;
      const since = this.#missingSince.get(name);
      const stays = blind
        ? since !== undefined && this.#now - since < defaultRules.absentMs
        : [...this.files].some(([at, each]) => (each.valid ? each.app === name : at === source));
      if (stays) this.#missingSince.delete(name);
      else if (!blind && since === undefined) this.#missingSince.set(name, this.#now);
    }
  }

  #perform(action: Action): void {
    if (action.do === 'scan') {
      this.#scan = this.#look();
      return;
    }
    if (action.do === 'tell' || action.do === 'hold') return;
    if (action.do === 'restart') {
      expect(this.restarts, 'two restarts of one container at a time').not.toContain(action.instance);
      this.restarts.push(action.instance);
      return;
    }
    if (action.do === 'inspect') {
      const drifts = [...this.broken]
        .filter((name) => action.apps.includes(name))
        .map((name) => ({ app: name, instance: name, reason: 'gone', onPurpose: false }));
      this.#inspected = { drifts, unhealthy: [...this.sick].filter((name) => action.apps.includes(name)) };
      return;
    }
    if (action.do === 'fetch') {
      this.fetches.push(...action.apps);
      return;
    }
    const busy = new Set(this.batches.flatMap((batch) => [...batch.apps.keys()]));
    expect(
      action.apps.filter((name) => busy.has(name)),
      'two changes of one app at a time',
    ).toEqual([]);
    expect(this.batches.length).toBeLessThan(defaultRules.batches);
    if (action.do === 'remove') this.#checkRemoval(action.apps);
    const hashes = action.apps.map((name): [string, string] => [
      name,
      this.#state.apps.get(name)?.wanted ?? '',
    ]);
    this.batches.push({ kind: action.do, apps: new Map(hashes) });
  }

  #checkRemoval(names: readonly string[]): void {
    // As of the last scan: a file may have come back since then without a word.
    for (const name of names) {
      const since = this.#missingSince.get(name) ?? Number.POSITIVE_INFINITY;
      expect(this.#now - since, `${name} was not missing for long`).toBeGreaterThanOrEqual(
        defaultRules.absentMs,
      );
    }
    const known = this.#state.apps.size;
    const most = names.length >= 2 && names.length * 2 > known;
    if (most) expect(this.confirmedMs, 'most apps go without a word').toBeGreaterThan(0);
  }

  #look(): Scan {
    this.#note();
    if (this.gone || this.files.size === 0) return { files: [], lost: ['/d'] };
    const files = [...this.files].toSorted(([one], [other]) => one.localeCompare(other));
    return {
      lost: [],
      files: files.map(([at, each]) =>
        each.valid
          ? { path: at, app: each.app, hash: `${each.app}${each.hash}` }
          : { path: at, failures: [{ code: 'VALUE_INVALID', message: 'bad', next: 'mend it' }] },
      ),
    };
  }

  #deliver(): void {
    if (this.#inspected !== null) {
      const found = this.#inspected;
      this.#inspected = null;
      this.tell({ type: 'inspected', ...found });
    }
    while (this.#scan !== null) {
      const scan = this.#scan;
      this.#scan = null;
      this.#now += 1;
      this.tell({ type: 'scanned', scan });
    }
  }

  /** Everything goes well for long enough. */
  settle(): void {
    this.play({ kind: 'return' });
    for (let round = 0; round < 65; round++) {
      this.pass(60_000);
      while (this.fetches.length > 0) this.endFetch(false);
      while (this.batches.length > 0) this.endBatch([], false);
      while (this.restarts.length > 0) this.endRestart(false);
    }
  }

  expectConverged(): void {
    const wanted = new Map<string, string>();
    for (const { path: at, ...rest } of this.#look().files.map((each) => each)) {
      if (!('app' in rest) || wanted.has(rest.app)) continue;
      wanted.set(rest.app, rest.hash);
      expect(this.host.get(rest.app), `${rest.app} of ${at}`).toBe(rest.hash);
    }
    for (const name of this.host.keys()) {
      const known = this.#state.apps.get(name);
      if (known?.presence.at !== 'held') expect(this.broken, `${name} was mended`).not.toContain(name);
      expect(this.sick, `${name} was restarted`).not.toContain(name);
    }
    for (const name of this.host.keys()) {
      const known = this.#state.apps.get(name);
      expect(known, `${name} is on the host, and nobody cares for it`).toBeDefined();
      if (!wanted.has(name)) expect(['invalid', 'held', 'adrift']).toContain(known?.presence.at);
    }
  }
}

test('whatever happens in whatever order, the host becomes what the folder says, and nothing goes unasked', () => {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 60, size: 'max' }), (moves) => {
      const world = new World();
      for (const each of moves) world.play(each);
      world.settle();
      world.expectConverged();
    }),
    { numRuns: 300 },
  );
});

test('a folder that vanishes, in whatever state, takes nothing with it', () => {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 40, size: 'max' }), (moves) => {
      const world = new World();
      for (const each of moves) world.play(each);
      world.settle();
      const before = [...world.host];
      world.play({ kind: 'vanish' });
      for (let round = 0; round < 10; round++) {
        world.pass(60_000);
        while (world.batches.length > 0) world.endBatch([], false);
      }
      expect([...world.host]).toEqual(before);
    }),
    { numRuns: 100 },
  );
});
