import { attempt } from '../errors/failure.ts';
import type { Instance } from '../core/model/instance.ts';
import { readyUnitName, unitName } from '../core/model/unit-names.ts';
import { type CgroupCounters, cgroupPath, containerCgroups, readCounters } from '../observe/cgroups.ts';
import type { Timers } from '../ports/clock.ts';
import { mayManage } from '../ports/host.ts';
import type { ListedUnit, UnitState } from '../ports/systemd.ts';
import type { TopRow } from '../report/values-of-use.ts';
import type { FlowContext } from './context.ts';

/** To read all properties of a unit costs a millisecond, so each look reads a part of the units anew. */
const shareOfUnits = 20;

/** What checks say is known to the engines, which take longer to ask than all else of a look. */
const askAgainMs = 5_000;

interface Measured {
  readonly atMs: number;
  readonly counters: CgroupCounters;
}

/**
 * Looks at containers again and again. A look is one list of units, one process that reads counters of the kernel, and
 * the properties of those units whose state changed or whose counters began anew; engines are asked only when a container
 * runs whose cgroup is not known, and now and then for what has a check.
 */
export class TopSampler {
  readonly #context: FlowContext;
  readonly #timers: Pick<Timers, 'nowMs'>;
  readonly #instances: readonly Instance[];
  readonly #states = new Map<string, UnitState>();
  readonly #cgroups = new Map<string, string>();
  #measured = new Map<string, Measured>();
  #turn = 0;
  #unhealthy: ReadonlySet<string> = new Set();
  #askedMs = Number.NEGATIVE_INFINITY;

  constructor(context: FlowContext, timers: Pick<Timers, 'nowMs'>, instances: readonly Instance[]) {
    this.#context = context;
    this.#timers = timers;
    this.#instances = instances;
  }

  async look(): Promise<readonly TopRow[]> {
    const systemd = await this.#context.host.systemd();
    const listed = new Map((await systemd.list(['ctr-*.service'])).map((unit) => [unit.unit, unit]));
    await this.#readStates(this.#instances.filter(({ name }) => !this.#states.has(name)));
    const measured = await this.#measure(listed);
    await this.#readStates(this.#due(listed, measured));
    await this.#askHealth();
    const rows = this.#instances.map((instance) => this.#row(instance, listed, measured));
    this.#measured = measured;
    return rows;
  }

  async #measure(listed: ReadonlyMap<string, ListedUnit>): Promise<Map<string, Measured>> {
    const running = this.#instances.filter(({ name }) => isUp(listed.get(unitName(name))));
    let found = await this.#read(running);
    if (running.some(({ name }) => !found.has(name))) {
      await this.#findCgroups(running);
      found = await this.#read(running);
    }
    return found;
  }

  async #read(running: readonly Instance[]): Promise<Map<string, Measured>> {
    const paths = running.flatMap(({ name }) => this.#cgroups.get(name) ?? []);
    const counters = await readCounters(this.#context.host, paths);
    const atMs = this.#timers.nowMs();
    return new Map(
      running.flatMap(({ name }) => {
        const own = counters.get(this.#cgroups.get(name) ?? '');
        return own === undefined ? [] : [[name, { atMs, counters: own }] as const];
      }),
    );
  }

  async #findCgroups(running: readonly Instance[]): Promise<void> {
    const { host } = this.#context;
    const hasDocker = running.some(({ engine }) => engine === 'docker');
    const [owned, paths] = await Promise.all([
      hasDocker ? host.engine('docker').then((engine) => engine.owned()) : [],
      containerCgroups(host),
    ]);
    for (const { name, engine } of running) {
      const container = owned.find((each) => each.running && each.labels['gear.name'] === name);
      const unit = cgroupPath(this.#states.get(name)?.controlGroup ?? '');
      // A Podman that makes no cgroup for the payload has it in that of its unit, beside what watches over it.
      const path = engine === 'docker' ? paths.get(container?.id ?? '') : (paths.get(unit) ?? unit);
      if (path !== undefined) this.#cgroups.set(name, path);
    }
  }

  /** What changed, what began to count anew, and a part of the others. */
  #due(
    listed: ReadonlyMap<string, ListedUnit>,
    measured: ReadonlyMap<string, Measured>,
  ): readonly Instance[] {
    const part = Math.max(1, Math.ceil(this.#instances.length / shareOfUnits));
    const start = this.#turn;
    this.#turn = (start + part) % Math.max(1, this.#instances.length);
    return this.#instances.filter(({ name }, at) => {
      const known = this.#states.get(name);
      const unit = listed.get(unitName(name));
      if (at >= start && at < start + part) return true;
      if (unit?.activeState !== known?.activeState || unit?.subState !== known?.subState) return true;
      return cpuOf(measured.get(name)) < cpuOf(this.#measured.get(name));
    });
  }

  async #readStates(due: readonly Instance[]): Promise<void> {
    const systemd = await this.#context.host.systemd();
    const states = await systemd.units(due.map(({ name }) => unitName(name)));
    due.forEach(({ name }, at) => {
      const state = states[at];
      if (state !== undefined) this.#states.set(name, state);
    });
  }

  async #askHealth(): Promise<void> {
    const { host } = this.#context;
    const checked = this.#instances.filter(({ check }) => check !== null);
    const nowMs = this.#timers.nowMs();
    if (checked.length === 0 || nowMs - this.#askedMs < askAgainMs || !mayManage(await host.facts())) return;
    this.#askedMs = nowMs;
    const kinds = [...new Set(checked.map(({ engine }) => engine))];
    const asked = await Promise.all(
      // Of an engine that does not answer only systemd's words are known, as to who may not ask.
      kinds.map((kind) => attempt(async () => (await host.engine(kind)).owned())),
    );
    const unhealthy = asked
      .flatMap((found) => (found.ok ? found.value : []))
      .filter((each) => each.running && each.unhealthy);
    this.#unhealthy = new Set(unhealthy.map(({ labels }) => labels['gear.name'] ?? ''));
  }

  #row(
    { name, engine, check, hold }: Instance,
    listed: ReadonlyMap<string, ListedUnit>,
    measured: ReadonlyMap<string, Measured>,
  ): TopRow {
    const unit = listed.get(unitName(name));
    const state = this.#states.get(name);
    const now = measured.get(name);
    return {
      name,
      engine,
      active: unit?.activeState ?? 'inactive',
      sub: unit?.subState ?? 'dead',
      held: hold !== null,
      ready:
        check === null
          ? null
          : listed.get(readyUnitName(name))?.activeState === 'active' && !this.#unhealthy.has(name),
      cpuPercent: percent(this.#measured.get(name), now),
      memoryBytes: now?.counters.memoryBytes ?? null,
      memoryLimitBytes: now?.counters.limitBytes ?? null,
      restarts: state?.restarts ?? 0,
      sinceMs: state?.stateChangeMs ?? 0,
    };
  }
}

function isUp(unit: ListedUnit | undefined): boolean {
  return unit !== undefined && ['active', 'reloading', 'activating'].includes(unit.activeState);
}

function cpuOf(measured: Measured | undefined): number {
  return measured?.counters.cpuUs ?? 0;
}

/** Of one processor, between two looks; null where one of them is missing or the counter began anew. */
export function percent(before: Measured | undefined, now: Measured | undefined): number | null {
  const [from, to] = [before?.counters.cpuUs ?? null, now?.counters.cpuUs ?? null];
  if (before === undefined || now === undefined || from === null || to === null || to < from) return null;
  const elapsedUs = (now.atMs - before.atMs) * 1000;
  return elapsedUs <= 0 ? null : Math.round((1000 * (to - from)) / elapsedUs) / 10;
}
