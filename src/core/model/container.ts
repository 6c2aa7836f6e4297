import type { RunOptions } from './run-options.ts';

export type { EngineKind } from './engine-kind.ts';

/** One published port. `hostIp` is '' for all addresses. */
export interface PortMapping {
  readonly hostIp: string;
  readonly hostPort: number;
  readonly containerPort: number;
  readonly protocol: 'tcp' | 'udp';
}

/** One mount: a named volume of the engine, or a bind of an absolute host path. `options` in the engine's spelling, sorted. */
export interface Mount {
  readonly kind: 'volume' | 'bind';
  readonly source: string;
  readonly target: string;
  readonly options: readonly string[];
}

/** A file system in memory. `options` in the engine's spelling (`size=64m`), sorted. */
export interface Tmpfs {
  readonly target: string;
  readonly options: readonly string[];
}

/** A network that a container joins, by the engine's name for it; `aliases` are further names of the container there. */
export interface NetworkUse {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly ip?: string;
  readonly ip6?: string;
}

/** A file of configuration, read-only in the container. Its content is not part of the spec. `mode` as in chmod(2). */
export interface ConfigFile {
  readonly target: string;
  readonly mode: number;
}

/** A secret of the host that the container reads at /run/secrets/`file`. `mode` as in chmod(2). */
export interface SecretUse {
  readonly name: string;
  readonly file: string;
  readonly mode: number;
}

/** A container that runs to its end before each start, with the environment, mounts and networks of the one it precedes. */
export interface InitStep {
  readonly image: string;
  readonly command?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly user?: string;
}

/** How a container is told that its files of configuration changed: a signal such as HUP, or a command inside it. */
export type Reload =
  | { readonly kind: 'signal'; readonly signal: string }
  | { readonly kind: 'exec'; readonly command: readonly string[] };

/** The sections of a unit that a user may add to. */
export type UnitSection = 'Unit' | 'Service' | 'Install';

/** A directive of systemd as the user gives it; an empty value resets a list. */
export interface Directive {
  readonly section: UnitSection;
  readonly name: string;
  readonly value: string;
}

/** The delay between restarts: the first, and the longest that it grows to. */
export interface RestartDelay {
  readonly firstMs: number;
  readonly longestMs: number;
}

/** How systemd brings the container back: the words of `docker run --restart`. */
export type RestartPolicy = 'always' | 'on-failure' | 'no';

/**
 * The health check. `command` is argv inside the container; a shell line is ['/bin/sh', '-c', line]. An image that
 * says NONE, or --no-healthcheck, gives no check.
 */
export interface HealthCheck {
  readonly command: readonly string[];
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly retries: number;
  readonly startPeriodMs: number;
}

/** What the user gave of a health check; what is absent comes from the image, or else from Docker's own defaults. */
export interface HealthOptions {
  readonly command?: readonly string[];
  readonly intervalMs?: number;
  readonly timeoutMs?: number;
  readonly retries?: number;
  readonly startPeriodMs?: number;
  readonly disabled?: true;
}

/**
 * A container as the descriptor means it, without the values of its environment (those are secret and live in a file
 * of their own). What is absent was not given. Any change of it, of the image's ID, or of the environment is a new
 * form of the container.
 */
export interface ContainerSpec {
  readonly image: string;
  /** What the engine calls it while it runs; absent: a name of gear's. */
  readonly containerName?: string;
  readonly command?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly ports: readonly PortMapping[];
  readonly mounts: readonly Mount[];
  readonly tmpfs?: readonly Tmpfs[];
  /** Networks by name; absent: the engine's own default. Not beside `networkMode`. */
  readonly networks?: readonly NetworkUse[];
  /** host, none, or container:NAME. */
  readonly networkMode?: string;
  /** Sorted by target. A change of content makes a new form, unless there is `reload`. */
  readonly files?: readonly ConfigFile[];
  /** Sorted by file. */
  readonly secrets?: readonly SecretUse[];
  /** What goes to the engine as it is (model/run-options.ts). */
  readonly options?: RunOptions;
  readonly init?: readonly InitStep[];
  readonly reload?: Reload;
  /** Runs to its end; dependants wait for its success. */
  readonly job?: true;
  /** Runs to its end whenever this OnCalendar= expression says (systemd.time(7)), and not otherwise. */
  readonly schedule?: string;
  readonly restart: RestartPolicy;
  readonly restartDelay?: RestartDelay;
  readonly memoryBytes?: number;
  readonly cpus?: number;
  readonly user?: string;
  readonly health?: HealthOptions;
  readonly stopTimeoutMs: number;
  /** Full names of containers, or systemd units with their suffix. */
  readonly after: readonly string[];
  readonly requires: readonly string[];
  readonly before?: readonly string[];
  readonly wants?: readonly string[];
  readonly partOf?: readonly string[];
  readonly conflicts?: readonly string[];
  /** In the order given. */
  readonly directives?: readonly Directive[];
}

/** The environment of a container: values are secret. */
export type Environment = Readonly<Record<string, string>>;

/** A file of configuration with its content, before it is on a host. */
export interface GivenFile {
  readonly target: string;
  readonly content: Uint8Array;
}

/** A container as given, before the host is known. */
export interface ContainerRequest {
  readonly app: string;
  readonly container: string;
  /** Which of several copies, from 1; absent where there is one. */
  readonly copy?: number;
  readonly spec: ContainerSpec;
  readonly environment: Environment;
  /** Variables that take the value of a secret of the host: variable → secret. */
  readonly secretEnvironment?: Readonly<Record<string, string>>;
  /** The contents of spec.files. */
  readonly files?: readonly GivenFile[];
}
