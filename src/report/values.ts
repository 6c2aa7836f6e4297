import type { Failure } from '../errors/failure.ts';
import type { EngineKind, PortMapping } from '../core/model/container.ts';
import type { Hold } from '../core/model/instance.ts';

/** What became of one container in a change. */
export interface ChangedInstance {
  readonly name: string;
  readonly unit: string;
  readonly result:
    | 'installed'
    | 'updated'
    | 'unchanged'
    | 'started'
    | 'stopped'
    | 'restarted'
    | 'removed'
    | 'held'
    | 'mended'
    | 'taken back'
    | 'failed'
    | 'ejected';
  /** What differs from before, one line each, values of the environment never among them. */
  readonly changes: readonly string[];
  readonly warnings: readonly string[];
}

/** The value of every command that changes a host. `generation` is null when nothing was declared anew. */
export interface ChangeReport {
  readonly generation: number | null;
  readonly instances: readonly ChangedInstance[];
}

/** One line of `gear ls`. `health` is null where there is no check. */
export interface ListRow {
  readonly name: string;
  readonly app: string;
  readonly unit: string;
  readonly engine: EngineKind;
  readonly image: string;
  /** systemd's active state. */
  readonly active: string;
  readonly sub: string;
  readonly ready: boolean | null;
  readonly held: Hold | null;
  readonly ports: readonly PortMapping[];
}

/** One container in `gear status`. */
export interface StatusRow extends ListRow {
  readonly imageId: string;
  readonly digest: string | null;
  readonly mainPid: number;
  readonly restarts: number;
  readonly sinceMs: number;
  /** The last exit of the process, in words ("exit status 3", "killed by signal 9"), null when it never ended. */
  readonly lastExit: string | null;
  /** Starts on boot. */
  readonly enabled: boolean;
  readonly volumes: readonly { readonly name: string; readonly target: string; readonly owned: boolean }[];
  /** What is not as declared, each with what to type: waiting restart, disabled, masked, drop-ins, crash loop, container gone. */
  readonly problems: readonly { readonly message: string; readonly next: string }[];
  /** The last lines, only where something is wrong. */
  readonly lastLines: readonly string[];
}

/** One generation in `gear history`. */
export interface HistoryRow {
  readonly generation: number;
  readonly current: boolean;
  readonly createdMs: number;
  readonly command: string;
  readonly by: string;
  readonly gear: string;
  /** Against the generation before: `+web`, `-db`, `~shop (image)`. */
  readonly changes: readonly string[];
}

/** One check of `gear doctor`. */
export interface DoctorCheck {
  readonly name: string;
  readonly state: 'ok' | 'warning' | 'failed';
  readonly message: string;
  readonly next: string | null;
}

/** What became of a secret. Its value is nowhere in it. */
export interface SecretChange {
  readonly name: string;
  readonly result: 'set' | 'changed' | 'unchanged' | 'removed';
  readonly encrypted: boolean;
  /** Declared containers that read it. */
  readonly usedBy: readonly string[];
  readonly warnings: readonly string[];
}

/** One line of `gear secret ls`. */
export interface SecretRow {
  readonly name: string;
  readonly encrypted: boolean;
  /** When its value was given, unix ms, and how long ago. */
  readonly createdMs: number;
  readonly ageMs: number;
  readonly by: string;
  readonly usedBy: readonly string[];
}

/** `gear check`: how much was looked at, and everything that is wrong. */
export interface CheckReport {
  readonly apps: number;
  /** Instances: a container with count 3 is three. */
  readonly containers: number;
  readonly failures: readonly Failure[];
}
