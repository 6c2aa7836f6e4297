import type { Failure } from '../errors/failure.ts';
import type { EngineKind, Environment, PortMapping } from '../core/model/container.ts';
import type { Hold, Instance } from '../core/model/instance.ts';
import type { UnitState } from '../ports/systemd.ts';

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
    | 'reloaded'
    /** Only its unit reads otherwise, which needs no restart. */
    | 'rewritten'
    | 'removed'
    | 'held'
    | 'mended'
    /** It was to start, and a condition of its unit is not met. */
    | 'skipped'
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
  /** Somebody was asked and said no; absent: nobody did. */
  readonly declined?: true;
  /** Apps that were left as they were, or went back to it; absent: none. */
  readonly left?: readonly string[];
  /** Why, for each of them. */
  readonly failures?: readonly Failure[];
  /** Of a rollback: the generation that it took for its model, the one that it left, and what went back, as it is typed. Absent: it is none. */
  readonly back?: { readonly to: number; readonly from: number; readonly name: string };
}

/** `gear move`. */
export interface MoveReport {
  readonly app: string;
  /** The hosts as they were named. */
  readonly from: string;
  readonly to: string;
  /** On the host that it moved to. */
  readonly instances: readonly ChangedInstance[];
  /** Volumes that stay on the host that it left. */
  readonly kept: readonly string[];
  /** Of the files that were copied. */
  readonly bytes: number;
  /** It was there before. */
  readonly already: boolean;
}

/** `gear recover`: the apps that were meant, and volumes that were not there before. */
export interface RecoverReport extends ChangeReport {
  readonly apps: readonly string[];
  readonly emptyVolumes: readonly { readonly instance: string; readonly volume: string }[];
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
  /** Its check succeeded once, and fails by now, as far as the engine could be asked; else absent. */
  readonly unhealthy?: true;
  /** Conditions of its unit that its last start was not made for, as lines of the unit; absent: it was made. */
  readonly unmet?: readonly string[];
  readonly held: Hold | null;
  readonly ports: readonly PortMapping[];
  /** Of a job: how its last run ended, and when (unix ms); `endedMs` is 0 before the first end. Absent: it is none. */
  readonly job?: LastRun;
  /** Of a container on a schedule: when it runs next (unix ms, 0 when not known), and its last run. Absent: it has none. */
  readonly schedule?: { readonly nextMs: number; readonly lastMs: number; readonly last: LastRun };
}

/** How something that runs to its end did last. */
export interface LastRun {
  readonly result: 'succeeded' | 'failed' | 'stopped' | 'running' | 'skipped' | 'never ran';
  readonly endedMs: number;
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
  /** It is the oldest that is kept: the one before it is gone, and nobody knows what changed. Absent: it is not. */
  readonly oldest?: true;
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

/** A host on which gear can work. */
export interface HostCheck {
  /** What the host calls itself. */
  readonly name: string;
  /** The user whose rights gear has there. */
  readonly user: string;
  readonly systemd: number;
  readonly engines: readonly { readonly kind: EngineKind; readonly version: string }[];
}

/** One line of `gear host ls`. */
export interface HostRow {
  readonly name: string;
  /** As ssh takes it, with user and port where they are given. */
  readonly address: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly engine: EngineKind | null;
}

/** What was copied. `into`: from this machine into the container. */
export interface CopyReport {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly into: boolean;
}

/** `gear inspect`: what gear declared, what systemd has loaded, and what the engine says of its containers. */
export interface InspectReport {
  readonly declared: Instance;
  readonly units: readonly UnitState[];
  readonly engine: readonly unknown[];
}

/** `gear env show`: values are secret, and shown because they were asked for. */
export interface EnvironmentReport {
  readonly name: string;
  readonly variables: Environment;
}

/** `gear version`; null for what does not answer. */
export interface VersionReport {
  readonly gear: string;
  readonly systemd: number | null;
  readonly engines: readonly { readonly kind: EngineKind; readonly version: string | null }[];
}

/** A line of a unit, and where it comes from. */
export interface OriginLine {
  readonly text: string;
  /** The template, the flag or key, or null for what needs no word: headings and blank lines. */
  readonly from: string | null;
  /** The line of the descriptor that says so, as `file:line`. Absent: it came from none, or cannot be told. */
  readonly place?: string;
}

/** `gear cat`: a file that systemd reads. */
export interface UnitSource {
  readonly path: string;
  readonly lines: readonly OriginLine[];
}

/** One thing that goes. `bytes` is 0 where it is not known or not worth a word. */
export interface Removal {
  readonly kind: string;
  readonly subject: string;
  readonly reason: string;
  readonly bytes: number;
}

/** `gear clean`. */
export interface CleanReport {
  readonly removals: readonly Removal[];
  readonly declined: boolean;
}

/** `gear uninstall --all`: containers that went, and volumes that stay. */
export interface UninstallReport {
  readonly containers: readonly string[];
  readonly volumes: readonly string[];
  readonly declined: boolean;
}
