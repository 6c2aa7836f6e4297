/** Result of a systemd job, as JobRemoved reports it (org.freedesktop.systemd1(5)). */
export type JobResult =
  | 'done'
  | 'canceled'
  | 'timeout'
  | 'failed'
  | 'dependency'
  | 'skipped'
  | 'invalid'
  | 'assert'
  | 'unsupported'
  | 'collected'
  | 'once';

/** One unit as systemd sees it. Times are unix ms, 0 when never. */
export interface UnitState {
  readonly unit: string;
  readonly loadState: string;
  readonly activeState: string;
  readonly subState: string;
  readonly fragmentPath: string;
  readonly dropInPaths: readonly string[];
  readonly unitFileState: string;
  readonly result: string;
  readonly mainPid: number;
  readonly execMainStatus: number;
  readonly execMainCode: number;
  readonly restarts: number;
  readonly activeEnterMs: number;
  readonly stateChangeMs: number;
  /** Environment= as loaded: the GEAR_* markers tell which text systemd holds. */
  readonly environment: readonly string[];
  readonly controlGroup: string;
  /**
   * Conditions and assertions that its last start was not made for, as lines of the unit; all of them where systemd has
   * forgotten which. Empty: it was started, or systemd was not asked to.
   */
  readonly unmet: readonly string[];
}

/** A unit in short, as ListUnitsByPatterns gives it. */
export interface ListedUnit {
  readonly unit: string;
  readonly loadState: string;
  readonly activeState: string;
  readonly subState: string;
  /** The type of its job that is queued or runs, such as `start`; absent: it has none. */
  readonly job?: string;
}

/** When a timer elapses next and did last, in unix ms; 0 when never or not known. */
export interface TimerState {
  readonly unit: string;
  readonly nextMs: number;
  readonly lastMs: number;
}

export interface JobOptions {
  readonly mode?: 'replace' | 'fail';
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** Resolves with 'done' as soon as the job is queued. */
  readonly queueOnly?: boolean;
}

/** systemd's manager over D-Bus. Every method rejects with FailureError BUS_LOST when the bus is lost. */
export interface Systemd {
  /** The manager's version number, e.g. 257. */
  version(): Promise<number>;
  /** States of the units, in that order; a unit systemd does not know has loadState 'not-found'. */
  units(names: readonly string[]): Promise<readonly UnitState[]>;
  /** The loaded units matching the glob patterns, in one bus call. */
  list(patterns: readonly string[]): Promise<readonly ListedUnit[]>;
  reload(): Promise<void>;
  /** Queues the job and resolves with its result when JobRemoved tells it. */
  start(unit: string, options?: JobOptions): Promise<JobResult>;
  stop(unit: string, options?: JobOptions): Promise<JobResult>;
  restart(unit: string, options?: JobOptions): Promise<JobResult>;
  /** Runs the ExecReload= commands of an active unit, and resolves with the result of that job. */
  reloadUnit(unit: string, options?: JobOptions): Promise<JobResult>;
  /** What the timers say, in that order; one that systemd does not know has neither time. */
  timers(names: readonly string[]): Promise<readonly TimerState[]>;
  /** Forgets a failed state; a unit that systemd does not know is no error. */
  resetFailed(unit: string): Promise<void>;
  close(): void;
}
