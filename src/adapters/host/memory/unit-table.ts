import type { ListedUnit, UnitState } from '../../../ports/systemd.ts';
import type { FileTree } from './tree.ts';
import type { UnitFile } from './unit-files.ts';
import { readUnitFile, unitFileState } from './unit-files.ts';

/** What a unit does now; the rest of its state follows from its file. */
export interface Activity {
  readonly active: 'inactive' | 'activating' | 'active' | 'failed';
  readonly sub: string;
  readonly result: string;
  readonly pid: number;
  /** As waitid(2): 1 exited, 2 killed. */
  readonly exitCode: number;
  readonly exitStatus: number;
  readonly restarts: number;
  readonly enteredMs: number;
  readonly changedMs: number;
  readonly unmet: readonly string[];
}

const idle: Activity = {
  active: 'inactive',
  sub: 'dead',
  result: 'success',
  pid: 0,
  exitCode: 0,
  exitStatus: 0,
  restarts: 0,
  enteredMs: 0,
  changedMs: 0,
  unmet: [],
};

export interface LoadedUnit {
  readonly name: string;
  readonly file: UnitFile;
  readonly activity: Activity;
}

/**
 * The units that systemd has loaded. What is loaded stays as it was read until a reload, whatever the files say; what
 * does not run and nothing refers to is forgotten, and so read again when it is needed (org.freedesktop.systemd1(5)).
 */
export class UnitTable {
  readonly #tree: FileTree;
  #units = new Map<string, LoadedUnit>();

  constructor(tree: FileTree) {
    this.#tree = tree;
  }

  /** The unit as loaded; one that was not found before is looked for again. */
  get(name: string): LoadedUnit {
    const loaded = this.#units.get(name);
    if (loaded !== undefined && loaded.file.loadState !== 'not-found') return loaded;
    const unit = { name, file: readUnitFile(this.#tree, name), activity: loaded?.activity ?? idle };
    this.#units.set(name, unit);
    return unit;
  }

  all(): readonly LoadedUnit[] {
    return [...this.#units.values()];
  }

  set(name: string, activity: Partial<Activity>): void {
    const unit = this.get(name);
    this.#units.set(name, { ...unit, activity: { ...unit.activity, ...activity } });
  }

  /** Reads every loaded unit again, and those that running ones refer to. */
  reload(): void {
    for (const unit of this.all())
      this.#units.set(unit.name, { ...unit, file: readUnitFile(this.#tree, unit.name) });
    for (const name of this.#referred()) this.get(name);
    this.collect();
  }

  /** Forgets what nobody needs. */
  collect(): void {
    const referred = this.#referred();
    for (const { name, file, activity } of this.all()) {
      if (activity.active !== 'inactive') continue;
      if (!referred.has(name) || file.loadState === 'not-found') this.#units.delete(name);
    }
  }

  /** Those of its ConditionPathExists= and AssertPathExists= that are not met now; others of systemd's are not known here. */
  unmet({ text }: UnitFile): readonly string[] {
    return ['ConditionPathExists', 'AssertPathExists'].flatMap((name) =>
      (text?.all(name) ?? [])
        .filter((value) => (this.#tree.find(value.replace(/^!/, '')) === null) !== value.startsWith('!'))
        .map((value) => `${name}=${value}`),
    );
  }

  /** Running units that are stopped and restarted together with this one. */
  dependants(name: string): readonly LoadedUnit[] {
    return this.all().filter(
      ({ file, activity }) =>
        (activity.active === 'active' || activity.active === 'activating') &&
        (file.requires.includes(name) || file.text?.words('PartOf').includes(name) === true),
    );
  }

  /** All state is gone, as after a boot. */
  clear(): void {
    this.#units = new Map();
  }

  stateOf({ name, file, activity }: LoadedUnit): UnitState {
    const slice = file.text?.all('Slice').at(-1) ?? 'system.slice';
    return {
      unit: name,
      loadState: file.loadState,
      activeState: activity.active,
      subState: activity.sub,
      fragmentPath: file.fragmentPath,
      dropInPaths: file.dropInPaths,
      unitFileState: unitFileState(this.#tree, name, file),
      result: activity.result,
      mainPid: activity.pid,
      execMainStatus: activity.exitStatus,
      execMainCode: activity.exitCode,
      restarts: activity.restarts,
      activeEnterMs: activity.enteredMs,
      stateChangeMs: activity.changedMs,
      environment: file.text?.words('Environment') ?? [],
      controlGroup: activity.pid === 0 ? '' : `/${slice}/${name}`,
      unmet: activity.unmet,
    };
  }

  #referred(): ReadonlySet<string> {
    const running = this.all().filter(({ activity }) => activity.active !== 'inactive');
    return new Set(running.flatMap(({ file }) => [...file.requires, ...file.wants]));
  }
}

/** As systemd lists a unit: what is on its way up has a job, and what waits to be tried again has none. */
export function listedUnit({ unit, loadState, activeState, subState }: UnitState): ListedUnit {
  const starts = activeState === 'activating' && !subState.startsWith('auto-restart');
  return { unit, loadState, activeState, subState, ...(starts ? { job: 'start' } : {}) };
}
