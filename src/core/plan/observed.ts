import type { EngineKind } from '../model/container.ts';
import type { Manifest } from '../model/manifest.ts';
import type { GenerationNeeds } from './needs.ts';

/** A unit as far as planning needs it. */
export interface ObservedUnit {
  readonly active: string;
  readonly sub: string;
  readonly load: string;
  /** Whether it ended cleanly after having run since boot: a person stopped it, or it was done. */
  readonly endedCleanly: boolean;
  /**
   * Whether it failed after having run since boot, and systemd leaves it so. With Restart=always, a person stopped it and
   * it had to be killed for that. Absent: no.
   */
  readonly endedBadly?: boolean;
  /** Conditions of it that its last start was not made for, as lines of the unit. Absent: none. */
  readonly unmet?: readonly string[];
  /** Whether systemd has a job to start it that is not done yet; what waits to be started after a failure has none. */
  readonly isStarting?: boolean;
  /** Where systemd found it, '' when nowhere. */
  readonly fragmentPath: string;
}

/** A container with gear's labels. */
export interface ObservedContainer {
  readonly engine: EngineKind;
  readonly name: string;
  readonly running: boolean;
  readonly instance: string;
  readonly hash: string;
  /** It runs, and its health check fails. Absent: it does not. */
  readonly unhealthy?: true;
  /** For what has another name than gear's own, which may be another's by the time that it is removed. Absent: it has. */
  readonly id?: string;
}

/** A network of an engine that gear made: `app` by its label. */
export interface ObservedNetwork {
  readonly engine: EngineKind;
  readonly name: string;
  readonly app: string;
  /** CIDR. */
  readonly subnets: readonly string[];
}

/** What a link or file of the unit folder is: the target of a symlink, or null for anything else. */
export type ObservedLinks = ReadonlyMap<string, string | null>;

/** A snapshot of a host: the planner asks nothing else. */
export interface Observed {
  readonly manifest: Manifest | null;
  /** Generations on disk, ascending. */
  readonly generations: readonly number[];
  /** What those need that are to be kept beside a new one. Absent: none is about to expire, or nobody asked. */
  readonly kept?: readonly GenerationNeeds[];
  readonly units: ReadonlyMap<string, ObservedUnit>;
  readonly containers: readonly ObservedContainer[];
  /** Containers without gear's label, as `docker web`: their names, each with the project of Compose that it is of, or ''. */
  readonly strangers: ReadonlyMap<`${EngineKind} ${string}`, string>;
  /** Absolute path → target, for `ctr-*` entries of the unit folder and the folders of boot links. */
  readonly links: ObservedLinks;
  /** Hashes of the environments that are whole in /etc/gear/files. */
  readonly files: ReadonlySet<string>;
  /** Hashes of the files of configuration there, and of the values of secrets. */
  readonly data: ReadonlySet<string>;
  readonly secrets: ReadonlySet<string>;
  /** Hashes of the values that the host's secrets have now: they stay, whether a container needs them or not. */
  readonly storedSecrets: ReadonlySet<string>;
  /** Instances that an interrupted command left with old files: they wait for their reload. */
  readonly reloads: ReadonlySet<string>;
  readonly networks: readonly ObservedNetwork[];
  /** Tags gear.local/… of each engine. */
  readonly tags: ReadonlyMap<EngineKind, readonly string[]>;
  /** Engines that did not answer and that the command does not need: what is theirs stays as it is. Absent: none. */
  readonly silent?: ReadonlySet<EngineKind>;
  /** Whether systemd has read the current generation. */
  readonly loaded: boolean;
}
