import type { EngineKind } from '../core/model/container.ts';
import type { Failure } from '../errors/failure.ts';
import type { Engine } from './engine.ts';
import type { Files } from './files.ts';
import type { Journal } from './journal.ts';
import type { Lock } from './lock.ts';
import type { Systemd } from './systemd.ts';

/** What a host is, read without changing it. */
export interface HostFacts {
  readonly name: string;
  /** Effective user id: 0 may change the system. */
  readonly uid: number;
  readonly user: string;
  readonly systemdIsInit: boolean;
  readonly unifiedCgroup: boolean;
  /** Engines whose command is on the host, Docker first. */
  readonly engines: readonly EngineKind[];
  /** Why this user may not change the system, where more is known than that it is not root. */
  readonly refusal?: Failure;
  /** Present where gear acts on a user's own systemd, which needs no root. */
  readonly userManager?: UserManagerFacts;
}

/** Whether this user may ask engines and change units of the host. */
export function mayManage({ uid, userManager }: HostFacts): boolean {
  return uid === 0 || userManager !== undefined;
}

/** What a user's own systemd and rootless containers depend on. */
export interface UserManagerFacts {
  /** Whether the user's systemd runs from boot on, and after the last logout (loginctl(1), enable-linger). */
  readonly lingers: boolean;
  /** Whether the user has user and group IDs for containers (subuid(5), subgid(5)). */
  readonly hasSubordinateIds: boolean;
  /** The lowest port that a user may listen on. */
  readonly firstPort: number;
  /** The cgroup controllers that the user's systemd may use; null where that cannot be read. */
  readonly controllers: readonly string[] | null;
  /** Where a rootless Docker of this user listens. */
  readonly dockerSocket: string | null;
}

/** A socket that some process listens on. `address` is '0.0.0.0' or '::' for all. */
export interface ListeningPort {
  readonly protocol: 'tcp' | 'udp';
  readonly address: string;
  readonly port: number;
}

/** A command run on the host, for what has no port of its own (systemd-analyze, stat of a path). Never through a shell. */
export interface CommandResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a command is run on the terminal of whoever called gear. */
export interface AttachOptions {
  /** Beside PATH and TERM. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Sends SIGTERM to the command, and SIGKILL where it does not heed that. */
  readonly signal?: AbortSignal;
  /** What it writes to stdout goes to stderr. */
  readonly quiet?: boolean;
}

/** Bytes that go through a command as they come. */
export interface PipeOptions {
  /** For its stdin; absent: nothing. What it throws ends the command, and is thrown. */
  readonly input?: AsyncIterable<Uint8Array>;
  /** Takes its stdout; absent: that is thrown away. What it throws ends the command, and is thrown. */
  readonly output?: (bytes: AsyncIterable<Uint8Array>) => Promise<void>;
  readonly signal?: AbortSignal;
}

/** How it ended: 128 when a signal ended it. The end of its stderr. */
export type PipeResult = Omit<CommandResult, 'stdout'>;

/** A key for keyed hashes: the host's own, or one that becomes it when it is kept. */
export interface OfferedKey {
  readonly key: Uint8Array;
  /** Whether the host has it already: then it never changes. */
  readonly isKept: boolean;
  /** Writes it where it is new. Whoever calls this holds the lock, since before it was offered. */
  readonly keep: () => Promise<void>;
}

/** One host: facts, files, systemd, engines, journal and the lock. Three adapters: local, ssh, memory. */
export interface Host {
  readonly files: Files;
  readonly journal: Journal;
  readonly lock: Lock;
  /** A lock beside it, for what takes long and declares nothing: sending an image. `name` is that of its parcel. */
  sendLock(name: string): Lock;
  /** Another for what is written into a volume; `name` tells the engine and the volume. */
  volumeLock(name: string): Lock;
  facts(): Promise<HostFacts>;
  /** Gets the right to change the host, where somebody can be asked for what that takes. FailureError SUDO_REFUSED, INTERRUPTED. */
  becomeRoot?(): Promise<void>;
  /** Connects on first use. FailureError SYSTEMD_ABSENT, NOT_ROOT or BUS_LOST. */
  systemd(): Promise<Systemd>;
  /** FailureError ENGINE_ABSENT when the host does not have it. */
  engine(kind: EngineKind): Promise<Engine>;
  /** The key for keyed hashes of secret files; made on first use, readable by root alone. */
  secretKey(): Promise<Uint8Array>;
  /** The same without writing anything, until it is kept. */
  offerSecretKey(): Promise<OfferedKey>;
  listening(): Promise<readonly ListeningPort[]>;
  /** Destinations of the routes of the host, in CIDR, without default routes. */
  routes(): Promise<readonly string[]>;
  run(command: readonly string[], input?: string | Uint8Array): Promise<CommandResult>;
  /** Runs a command with the streams of gear itself; its exit status, 128 and more when a signal ended it. */
  attach(command: readonly string[], options?: AttachOptions): Promise<number>;
  /** Runs a command for as long as it takes, with bytes that go through it. Never through a shell. */
  pipe(command: readonly string[], options?: PipeOptions): Promise<PipeResult>;
  /** Whether a socket could be bound there at this moment; an empty address stands for all. */
  canBind(port: ListeningPort): Promise<boolean>;
  /** Why the host can no longer be reached; null while it can. Absent: it is this machine. */
  lost?(): Promise<readonly Failure[] | null>;
  close(): Promise<void>;
}
