import type {
  JobOptions,
  JobResult,
  ListedUnit,
  Systemd,
  TimerState,
  UnitState,
} from '../../ports/systemd.ts';
import type { Bus } from './bus.ts';
import { BusError } from './bus-error.ts';
import type { CallOptions } from './calls.ts';
import { throwAsFailure } from './failures.ts';
import { Jobs } from './jobs.ts';
import { variantValue, type MethodCall } from './marshaller.ts';
import { MANAGER, PROPERTIES, SYSTEMD } from './names.ts';
import { SystemdSignals } from './signals.ts';
import { unitPath } from './unit-path.ts';
import { absentUnit, timerState, unitState } from './unit-properties.ts';

/**
 * systemd over its D-Bus API (org.freedesktop.systemd1(5)). Rejects with a FailureError: BUS_LOST, NOT_ROOT,
 * INTERRUPTED, WAIT_TIMEOUT; START_FAILED or STOP_FAILED when systemd refuses the job, SYSTEMD_REFUSED when it
 * refuses something else.
 */
export class SystemdManager implements Systemd {
  readonly #bus: Bus;
  readonly #signals: SystemdSignals;
  readonly #jobs: Jobs;
  #version: Promise<number> | undefined;

  constructor(bus: Bus) {
    this.#bus = bus;
    this.#signals = new SystemdSignals(bus);
    this.#jobs = new Jobs(bus, this.#signals);
  }

  version(): Promise<number> {
    this.#version ??= this.#askVersion().catch((error: unknown) => {
      this.#version = undefined;
      throw error;
    });
    return this.#version;
  }

  async #askVersion(): Promise<number> {
    const body = [MANAGER.interface, 'Version'];
    const [version] = await this.#ask({
      ...MANAGER,
      interface: PROPERTIES,
      member: 'Get',
      signature: 'ss',
      body,
    });
    // '257.8-1~deb13u2': distributions append their own.
    return Number.parseInt(String(variantValue(version)), 10);
  }

  /** One call for all, and one more for each unit that there is. */
  async units(names: readonly string[]): Promise<readonly UnitState[]> {
    if (names.length === 0) return [];
    const [rows] = await this.#ask({
      ...MANAGER,
      member: 'ListUnitsByNames',
      signature: 'as',
      body: [names],
    });
    const listed = new Map((rows as readonly UnitRow[]).map((row) => [row[0], listedUnit(row)]));
    const states = names.map(async (unit) => {
      const short = listed.get(unit);
      if (short !== undefined && isAbsent(short)) return absentUnit(short);
      return this.#state(unit).catch((error: unknown) => failed(error, unit));
    });
    return Promise.all(states);
  }

  async list(patterns: readonly string[]): Promise<readonly ListedUnit[]> {
    const body = [[], patterns];
    const [rows] = await this.#ask({ ...MANAGER, member: 'ListUnitsByPatterns', signature: 'asas', body });
    return (rows as readonly UnitRow[]).map(listedUnit);
  }

  async reload(): Promise<void> {
    // Two to three seconds with a thousand active units, and it waits behind other reloads.
    await this.#ask({ ...MANAGER, member: 'Reload' }, { timeoutMs: 90_000 });
  }

  start(unit: string, options?: JobOptions): Promise<JobResult> {
    return this.#jobs
      .run('StartUnit', unit, options)
      .catch((error: unknown) => throwAsFailure(error, 'START_FAILED', unit));
  }

  stop(unit: string, options?: JobOptions): Promise<JobResult> {
    return this.#jobs
      .run('StopUnit', unit, options)
      .catch((error: unknown) => throwAsFailure(error, 'STOP_FAILED', unit));
  }

  restart(unit: string, options?: JobOptions): Promise<JobResult> {
    return this.#jobs
      .run('RestartUnit', unit, options)
      .catch((error: unknown) => throwAsFailure(error, 'START_FAILED', unit));
  }

  reloadUnit(unit: string, options?: JobOptions): Promise<JobResult> {
    return this.#jobs
      .run('ReloadUnit', unit, options)
      .catch((error: unknown) => throwAsFailure(error, 'SYSTEMD_REFUSED', unit));
  }

  timers(names: readonly string[]): Promise<readonly TimerState[]> {
    const states = names.map(async (unit) => {
      const properties = await this.#properties(unit).catch((error: unknown) => failed(error, unit));
      return timerState(unit, properties);
    });
    return Promise.all(states);
  }

  async resetFailed(unit: string): Promise<void> {
    try {
      await this.#bus.call({ ...MANAGER, member: 'ResetFailedUnit', signature: 's', body: [unit] });
    } catch (error) {
      if (error instanceof BusError && error.dbusName === NO_SUCH_UNIT) return;
      failed(error, unit);
    }
  }

  close(): void {
    this.#bus.close();
  }

  /**
   * The empty interface name asks for the properties of all interfaces in one call. It also loads the unit;
   * one without a file answers too, as not-found.
   */
  async #properties(unit: string): Promise<Readonly<Record<string, unknown>>> {
    const path = unitPath(unit);
    const call = {
      destination: SYSTEMD,
      path,
      interface: PROPERTIES,
      member: 'GetAll',
      signature: 's',
      body: [''],
    };
    const [properties] = await this.#bus.call(call);
    return properties as Record<string, unknown>;
  }

  async #state(unit: string): Promise<UnitState> {
    return unitState(unit, await this.#properties(unit));
  }

  #ask(call: MethodCall, options?: CallOptions, subject?: string): Promise<readonly unknown[]> {
    return this.#bus.call(call, options).catch((error: unknown) => failed(error, subject));
  }
}

function failed(error: unknown, subject?: string): never {
  return throwAsFailure(error, 'SYSTEMD_REFUSED', subject);
}

function listedUnit([unit, , loadState, activeState, subState, , , job, type]: UnitRow): ListedUnit {
  return { unit, loadState, activeState, subState, ...(job === 0 ? {} : { job: type }) };
}

/** One whose file is gone may run on: that one is not absent. */
function isAbsent({ loadState, activeState }: ListedUnit): boolean {
  return loadState === 'not-found' && activeState === 'inactive';
}

const NO_SUCH_UNIT = 'org.freedesktop.systemd1.NoSuchUnit';

/** A row of a(ssssssouso): name, description, load state, active state, sub state, followed unit, path, job, type of the job, its path. */
type UnitRow = readonly [string, string, string, string, string, string, string, number, string, string];
