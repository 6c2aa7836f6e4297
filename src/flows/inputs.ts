import type { ContainerRequest, ContainerSpec, EngineKind, Environment } from '../core/model/container.ts';

/** How an image gets to the host: as `docker run --pull`. */
export type PullPolicy = 'missing' | 'always' | 'never';

/** Whether an image that is not there is fetched, or stands in the plan as something to fetch. */
export type ImagePolicy = PullPolicy | 'plan';

/** Shared by commands that start something. */
export interface WaitOptions {
  /** Wait for the gate and for ready. */
  readonly wait: boolean;
  /** Bound of the whole wait. */
  readonly timeoutMs: number;
}

/** `gear install`: each request states the whole of one container. */
export interface InstallInput extends WaitOptions {
  readonly requests: readonly ContainerRequest[];
  /** Absent: keep the engine of an installed one, else the detected one. */
  readonly engine?: EngineKind;
  readonly pull: PullPolicy;
  readonly start: boolean;
}

/** `gear set`: only what is given changes. `environment` entries are added or replaced; `unsetEnvironment` names go. */
export interface SetInput extends WaitOptions {
  readonly names: readonly string[];
  readonly spec: Partial<ContainerSpec>;
  readonly environment: Environment;
  /** Variables that take the value of a secret: variable → secret. */
  readonly secretEnvironment?: Readonly<Record<string, string>>;
  readonly unsetEnvironment: readonly string[];
  /** Flags whose effect goes first (core/descriptor/reset.ts). */
  readonly reset: readonly string[];
  readonly pull: PullPolicy;
}

/** `gear start|stop|restart NAME…`. */
export interface LifecycleInput extends WaitOptions {
  readonly names: readonly string[];
}

/** `gear rm NAME…`. */
export interface RemoveInput {
  readonly names: readonly string[];
  /** Also delete the volumes that gear made for them. */
  readonly volumes: boolean;
}

/** `gear rollback NAME|APP [--to N]`. */
export interface RollbackInput extends WaitOptions {
  readonly name: string;
  /** The name as it is typed, with a host before it; absent: without one. */
  readonly typed?: string;
  readonly to?: number;
}
