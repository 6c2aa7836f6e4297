import type { EngineKind } from '../../../core/model/container.ts';
import type { AppNetwork } from '../../../core/model/network.ts';
import type { EngineNetwork } from '../../../ports/engine.ts';
import { notOurs } from '../../engine/engine-failure.ts';
import { appLabel, networkLabels, ownerLabel } from '../../engine/owner-label.ts';
import type { MemoryContainers } from './containers.ts';

/** The networks of an engine in memory, beside its own default one, and who is on them. */
export class MemoryNetworks {
  readonly #kind: EngineKind;
  readonly #containers: MemoryContainers;
  readonly #byName = new Map<string, EngineNetwork>();

  constructor(kind: EngineKind, containers: MemoryContainers) {
    this.#kind = kind;
    this.#containers = containers;
  }

  all(): readonly EngineNetwork[] {
    return [...this.#byName.values()];
  }

  find(name: string): EngineNetwork | null {
    return this.#byName.get(name) ?? null;
  }

  /** Whether there is one of that name that belongs to the app; throws NOT_OURS when it is somebody else's. */
  isThere(name: string, app: string): boolean {
    const found = this.find(name);
    if (found === null) return false;
    if (found.labels[appLabel] !== app) throw notOurs(this.#kind, 'network', name, app);
    return true;
  }

  make({ app, name, spec }: AppNetwork): void {
    this.#byName.set(name, {
      name,
      driver: spec.driver ?? 'bridge',
      internal: spec.internal === true,
      subnets: [spec.subnet, spec.subnet6].filter((each) => each !== undefined),
      labels: networkLabels(app, name, spec),
    });
  }

  /** A network that somebody else made. */
  addForeign(name: string, subnets: readonly string[] = []): void {
    this.#byName.set(name, { name, driver: 'bridge', internal: false, subnets, labels: {} });
  }

  /** The containers that joined it, running or not; `evenIfKept`: without stopped ones of gear's. */
  users(name: string, evenIfKept: boolean): readonly string[] {
    return this.#containers
      .all()
      .filter((each) => each.networks.includes(name))
      .filter((each) => !evenIfKept || each.running || !(ownerLabel in each.labels))
      .map((each) => each.name);
  }

  remove(name: string): void {
    this.#byName.delete(name);
  }
}
