/** The two engines that gear drives. */
export type EngineKind = 'docker' | 'podman';

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
  readonly command?: readonly string[];
  readonly ports: readonly PortMapping[];
  readonly mounts: readonly Mount[];
  readonly restart: RestartPolicy;
  readonly memoryBytes?: number;
  readonly cpus?: number;
  readonly user?: string;
  readonly health?: HealthOptions;
  readonly stopTimeoutMs: number;
  /** Full names of containers, or systemd units with their suffix. */
  readonly after: readonly string[];
  readonly requires: readonly string[];
}

/** The environment of a container: values are secret. */
export type Environment = Readonly<Record<string, string>>;

/** A container as given, before the host is known. */
export interface ContainerRequest {
  readonly app: string;
  readonly container: string;
  readonly spec: ContainerSpec;
  readonly environment: Environment;
}
