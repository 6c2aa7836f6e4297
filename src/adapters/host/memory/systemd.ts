import type {
  JobOptions,
  JobResult,
  ListedUnit,
  Systemd,
  TimerState,
  UnitState,
} from '../../../ports/systemd.ts';
import { busLost, failure, refused } from './bus-failures.ts';
import type { CallLog } from './calls.ts';
import type { MemoryClock } from './clock.ts';
import type { Payloads } from './payload.ts';
import type { FileTree } from './tree.ts';
import { Transitions } from './transitions.ts';
import { listedUnit, UnitTable } from './unit-table.ts';

/** A chain of so many units, each requiring the next, comes up on boot. */
const bootRounds = 5;

/** systemd in memory: it reads the units of the files in memory and runs containers of the engines in memory. */
export class MemorySystemd implements Systemd {
  /** What version() answers. */
  release = 257;
  /** How often systemd read its files, and how many units it really started and stopped. */
  readonly counts: { reloads: number; starts: number; stops: number };
  /** When timers elapse next, in unix ms: calendars are for the test to know. */
  readonly nextElapses = new Map<string, number>();
  readonly #lastElapses = new Map<string, number>();
  readonly #calls: CallLog;
  readonly #clock: MemoryClock;
  readonly #table: UnitTable;
  readonly #transitions: Transitions;
  readonly #watchers = new Set<() => void>();
  #lost = false;

  constructor(parts: { calls: CallLog; clock: MemoryClock; tree: FileTree; payloads: Payloads }) {
    this.#calls = parts.calls;
    this.#clock = parts.clock;
    this.#table = new UnitTable(parts.tree);
    this.counts = { reloads: 0, starts: 0, stops: 0 };
    const { clock, payloads } = parts;
    this.#transitions = new Transitions({ table: this.#table, payloads, clock, counts: this.counts });
  }

  version(): Promise<number> {
    return this.#answer(() => this.release);
  }

  units(names: readonly string[]): Promise<readonly UnitState[]> {
    return this.#answer(() => names.map((name) => this.stateOf(name)));
  }

  list(patterns: readonly string[]): Promise<readonly ListedUnit[]> {
    const globs = patterns.map(globOf);
    return this.#answer(() =>
      this.#table
        .all()
        .filter(({ name }) => globs.some((glob) => glob.test(name)))
        .map((unit) => listedUnit(this.#table.stateOf(unit)))
        .sort((a, b) => (a.unit < b.unit ? -1 : 1)),
    );
  }

  reload(): Promise<void> {
    return this.#answer(() => {
      this.#calls.note('systemd.reload');
      this.counts.reloads++;
      this.#table.reload();
    });
  }

  start(unit: string, options: JobOptions = {}): Promise<JobResult> {
    return this.#job('start', unit, options, () => this.#transitions.start(unit));
  }

  stop(unit: string, options: JobOptions = {}): Promise<JobResult> {
    return this.#job('stop', unit, options, () => this.#transitions.stop(unit));
  }

  restart(unit: string, options: JobOptions = {}): Promise<JobResult> {
    return this.#job('restart', unit, options, () => this.#transitions.restart(unit));
  }

  reloadUnit(unit: string, options: JobOptions = {}): Promise<JobResult> {
    return this.#job('reloadUnit', unit, options, () => this.#transitions.reload(unit));
  }

  timers(names: readonly string[]): Promise<readonly TimerState[]> {
    return this.#answer(() =>
      names.map((unit) => ({
        unit,
        nextMs: this.#table.get(unit).activity.active === 'active' ? (this.nextElapses.get(unit) ?? 0) : 0,
        lastMs: this.#lastElapses.get(unit) ?? 0,
      })),
    );
  }

  resetFailed(unit: string): Promise<void> {
    return this.#answer(() => {
      if (this.#table.get(unit).activity.active !== 'failed') return;
      this.#calls.note(`systemd.resetFailed ${unit}`);
      this.#table.set(unit, { active: 'inactive', sub: 'dead', result: 'success', restarts: 0 });
    });
  }

  close(): void {
    // The host lives on for whoever connects next.
  }

  /** For whoever looks without a port: the state of one unit. */
  stateOf(unit: string): UnitState {
    const state = this.#table.stateOf(this.#table.get(unit));
    this.#table.collect();
    return state;
  }

  /** The process of a unit ends by itself; systemd does what Restart= says. */
  crash(unit: string, how: { readonly status: number } | { readonly signal: number } = { status: 1 }): void {
    this.#transitions.crash(unit, how);
    this.#changed();
  }

  /** The moment of an active timer comes: it starts what Unit= says, else the service of its name. */
  elapse(timer: string): void {
    const { file, activity } = this.#table.get(timer);
    if (activity.active !== 'active') return;
    this.#lastElapses.set(timer, this.#clock.nowMs());
    this.#transitions.start(file.text?.all('Unit').at(-1) ?? timer.replace(/\.timer$/, '.service'));
    this.#changed();
  }

  /** Ends a start that hangs. */
  settle(unit: string): void {
    this.#transitions.settle(unit);
    this.#changed();
  }

  /** The bus is gone: every call fails until `regain`. */
  lose(): void {
    this.#lost = true;
    this.#changed();
  }

  regain(): void {
    this.#lost = false;
  }

  /** All processes are gone and nothing is loaded. */
  powerOff(): void {
    this.#transitions.powerOff();
  }

  /** What failed to start is tried again, as after the pause of RestartSec=. */
  retry(): void {
    this.#transitions.retry();
    this.#changed();
  }

  /** Starts what multi-user.target wants, through the links of its folder, and tries again what came too early. */
  boot(): void {
    this.#transitions.start('multi-user.target');
    for (let round = 0; round < bootRounds; round++) this.#transitions.retry();
    this.#changed();
  }

  #job(
    verb: 'start' | 'stop' | 'restart' | 'reloadUnit',
    unit: string,
    options: JobOptions,
    run: () => JobResult | 'open',
  ): Promise<JobResult> {
    return this.#answer(async () => {
      const { loadState } = this.#table.get(unit).file;
      if (verb !== 'stop' && loadState !== 'loaded') throw refused(unit, loadState);
      this.#calls.note(`systemd.${verb} ${unit}`);
      const result = run();
      if (options.queueOnly === true) return 'done';
      if (result !== 'open') return result;
      const { timeoutMs = Infinity, signal } = options;
      const bounds = { timeoutMs, ...(signal === undefined ? {} : { signal }) };
      const { activeState } = await this.#until(unit, (state) => state.activeState !== 'activating', bounds);
      return activeState === 'active' ? 'done' : 'canceled';
    });
  }

  #until(
    unit: string,
    holds: (state: UnitState) => boolean,
    { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal?: AbortSignal },
  ): Promise<UnitState> {
    return new Promise((resolve, reject) => {
      const end = (outcome: () => void): void => {
        cancel();
        this.#watchers.delete(look);
        signal?.removeEventListener('abort', interrupted);
        outcome();
      };
      const interrupted = (): void =>
        end(() => reject(failure('INTERRUPTED', `interrupted waiting for ${unit}`)));
      const look = (): void => {
        const state = this.#table.stateOf(this.#table.get(unit));
        if (this.#lost) end(() => reject(busLost()));
        else if (holds(state)) end(() => resolve(state));
      };
      const cancel = this.#clock.after(timeoutMs, () =>
        end(() => reject(failure('WAIT_TIMEOUT', `waiting for ${unit}: not within ${timeoutMs} ms`))),
      );
      this.#watchers.add(look);
      signal?.addEventListener('abort', interrupted, { once: true });
      if (signal?.aborted === true) interrupted();
      else look();
    });
  }

  #changed(): void {
    for (const look of [...this.#watchers]) look();
    this.#table.collect();
  }

  async #answer<T>(work: () => T | Promise<T>): Promise<T> {
    if (this.#lost) throw busLost();
    const answer = Promise.resolve(work());
    this.#changed();
    return answer;
  }
}

function globOf(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`);
}
