import type { JobResult } from '../../../ports/systemd.ts';
import type { MemoryClock } from './clock.ts';
import type { Payloads } from './payload.ts';
import type { Activity, UnitTable } from './unit-table.ts';
import type { UnitFile } from './unit-files.ts';
import type { UnitText } from './unit-text.ts';

interface Parts {
  readonly table: UnitTable;
  readonly payloads: Payloads;
  readonly clock: MemoryClock;
  readonly counts: { starts: number; stops: number };
}

/** Units that are started with one. */
type Pulled = Pick<UnitFile, 'requires' | 'wants'>;

/** What a start leads to: a result, or a job that stays open. */
type Outcome = JobResult | 'open';

const readySuffix = '-ready.service';

/** How units come and go, with what they require and want, as systemd.unit(5) and systemd.service(5) say. */
export class Transitions {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Starts a unit after what it requires and wants; one that is active stays as it is. */
  start(name: string, begun: Set<string> = new Set()): Outcome {
    const { table } = this.#parts;
    const { file, activity } = table.get(name);
    if (file.text === null) return 'failed';
    if (activity.active === 'active') return 'done';
    if (begun.has(name)) return 'done';
    begun.add(name);
    const { before, after } = this.#ordered(name, file);
    for (const wanted of before.wants) this.start(wanted, begun);
    const required = before.requires.map((each) => this.start(each, begun));
    if (required.some((result) => result !== 'done')) return 'dependency';
    const bound = file.text.words('BindsTo');
    if (bound.some((each) => table.get(each).activity.active !== 'active')) return 'dependency';
    const unmet = table.unmet(file);
    table.set(name, { unmet });
    // A condition that is not met is no failure, for whoever asked nor for what requires it (systemd.unit(5)).
    if (unmet.length > 0) return unmet.some((each) => each.startsWith('Assert')) ? 'assert' : 'done';
    const outcome = this.#execute(name, file.text);
    if (outcome === 'done') for (const each of [...after.requires, ...after.wants]) this.start(each, begun);
    return outcome;
  }

  /** What is pulled in comes first, unless it says that it comes After= this one. */
  #ordered(name: string, { requires, wants }: Pulled): { readonly before: Pulled; readonly after: Pulled } {
    const later = (each: string): boolean =>
      this.#parts.table.get(each).file.text?.words('After').includes(name) === true;
    const sooner = (each: string): boolean => !later(each);
    return {
      before: { requires: requires.filter(sooner), wants: wants.filter(sooner) },
      after: { requires: requires.filter(later), wants: wants.filter(later) },
    };
  }

  /** Stops a unit and the running ones that require it. */
  stop(name: string, begun: Set<string> = new Set()): JobResult {
    const { table, payloads, counts } = this.#parts;
    const { activity } = table.get(name);
    if (activity.active === 'inactive' || begun.has(name)) return 'done';
    begun.add(name);
    for (const dependant of table.dependants(name)) this.stop(dependant.name, begun);
    payloads.end(name);
    if (activity.active !== 'failed') counts.stops++;
    this.#enter(name, {
      active: 'inactive',
      sub: 'dead',
      result: 'success',
      pid: 0,
      exitCode: 0,
      exitStatus: 0,
    });
    return 'done';
  }

  /** Stops and starts a unit, and with it the running ones that require it. */
  restart(name: string): Outcome {
    const dependants = this.#parts.table.dependants(name).map((unit) => unit.name);
    this.stop(name);
    this.#parts.table.set(name, { restarts: 0 });
    return this.#startAgain(name, dependants);
  }

  /** Runs ExecReload= of a unit that is active: without it systemd knows no such job, and without a process neither. */
  reload(name: string): JobResult {
    const { table, payloads } = this.#parts;
    const { file, activity } = table.get(name);
    if (file.text === null || activity.active !== 'active') return 'invalid';
    if (file.text.all('ExecReload').length === 0) return 'unsupported';
    return payloads.behaviourOf(name, file.text) === 'fails at reload' ? 'failed' : 'done';
  }

  /** The main process ended by itself; systemd starts it again where Restart= says so. */
  crash(name: string, how: { readonly status: number } | { readonly signal: number }): void {
    const { table, payloads } = this.#parts;
    const { file, activity } = table.get(name);
    if (file.text === null || activity.active !== 'active') return;
    payloads.end(name);
    const clean = 'status' in how && how.status === 0;
    const ended =
      'status' in how
        ? { exitCode: 1, exitStatus: how.status, result: clean ? 'success' : 'exit-code' }
        : { exitCode: 2, exitStatus: how.signal, result: 'signal' };
    const dependants = table.dependants(name).map((unit) => unit.name);
    for (const dependant of dependants) this.stop(dependant);
    if (this.#end(name, file.text, ended, clean)) this.#startAgain(name, dependants);
  }

  /** The pause between restarts passes for every unit that waits in it. */
  retry(): void {
    const waiting = this.#parts.table.all().filter(({ activity }) => activity.sub === 'auto-restart');
    for (const { name } of waiting) this.start(name);
  }

  #startAgain(name: string, dependants: readonly string[]): Outcome {
    const result = this.start(name);
    // One whose requirement does not run would only pull it in once more.
    if (result === 'done') for (const dependant of dependants) this.start(dependant);
    return result;
  }

  /** A start that hangs comes to its end. */
  settle(name: string): void {
    const { table, payloads } = this.#parts;
    const { file, activity } = table.get(name);
    if (file.text === null || activity.sub !== 'start') return;
    payloads.behaviours.set(name, 'runs');
    this.#execute(name, file.text);
  }

  powerOff(): void {
    const { table, payloads } = this.#parts;
    payloads.powerOff();
    table.clear();
  }

  #execute(name: string, text: UnitText): Outcome {
    const { table, payloads, counts } = this.#parts;
    if (name.endsWith('.timer')) {
      this.#enter(name, { active: 'active', sub: 'waiting', enteredMs: this.#parts.clock.nowMs() });
      return 'done';
    }
    if (this.#neverReady(name)) {
      this.#end(name, text, { exitCode: 2, exitStatus: 15, result: 'timeout' }, false);
      return 'failed';
    }
    counts.starts++;
    const started = payloads.start(name, text, (unit) => table.get(unit).activity.active === 'active');
    if (started.as === 'hanging') {
      this.#enter(name, { active: 'activating', sub: 'start' });
      return 'open';
    }
    if (started.as === 'failed') {
      this.#end(name, text, { exitCode: 1, exitStatus: started.status, result: 'exit-code' }, false);
      return 'failed';
    }
    const oneshot = text.all('Type').at(-1) === 'oneshot';
    // It has run to its end, and its container with it.
    if (oneshot) payloads.end(name);
    const stays = !oneshot || /^(?:yes|true|on|1)$/.test(text.all('RemainAfterExit').at(-1) ?? '');
    this.#enter(name, {
      active: stays ? 'active' : 'inactive',
      sub: stays ? (oneshot ? 'exited' : 'running') : 'dead',
      result: 'success',
      pid: oneshot ? 0 : started.pid,
      enteredMs: this.#parts.clock.nowMs(),
    });
    return 'done';
  }

  /** A ready unit speaks for the unit whose name it carries. */
  #neverReady(name: string): boolean {
    const { table, payloads } = this.#parts;
    if (!name.endsWith(readySuffix)) return false;
    const { file, activity } = table.get(name.replace(readySuffix, '.service'));
    if (file.text === null) return false;
    return activity.active !== 'active' || payloads.behaviourOf(name, file.text) === 'never ready';
  }

  /** Notes how a process ended, and returns whether it is to be started again. */
  #end(name: string, text: UnitText, ended: Partial<Activity>, clean: boolean): boolean {
    const policy = text.all('Restart').at(-1) ?? 'no';
    const again = policy === 'always' || (policy === 'on-success' ? clean : policy !== 'no' && !clean);
    if (again) {
      const { restarts } = this.#parts.table.get(name).activity;
      this.#enter(name, {
        ...ended,
        active: 'activating',
        sub: 'auto-restart',
        pid: 0,
        restarts: restarts + 1,
      });
    } else {
      const [active, sub] = clean ? (['inactive', 'dead'] as const) : (['failed', 'failed'] as const);
      this.#enter(name, { ...ended, active, sub, pid: 0 });
    }
    return again;
  }

  #enter(name: string, activity: Partial<Activity>): void {
    this.#parts.table.set(name, { ...activity, changedMs: this.#parts.clock.nowMs() });
  }
}
