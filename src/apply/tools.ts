import type { VolumeRequest } from '../core/model/app.ts';
import type { Environment } from '../core/model/container.ts';
import type { Instance } from '../core/model/instance.ts';
import type { Manifest } from '../core/model/manifest.ts';
import type { CustomTemplate } from '../core/render/custom/custom-template.ts';
import type { AppNetwork } from '../core/model/network.ts';
import type { DeclaredUnit } from '../core/render/unit.ts';
import type { Clock } from '../ports/clock.ts';
import type { Host } from '../ports/host.ts';

/** What the executors work with: the host, and the data that the operations of this plan refer to by name. */
export interface Tools {
  readonly host: Host;
  readonly clock: Clock;
  readonly instances: ReadonlyMap<string, Instance>;
  /** Every unit of the new generation. */
  readonly units: readonly DeclaredUnit[];
  /** Units of the instances that are ejected: they are in no new generation. */
  readonly ejected: ReadonlyMap<string, readonly DeclaredUnit[]>;
  /** Templates that the host is to have. */
  readonly templates: readonly CustomTemplate[];
  readonly manifest: Manifest | null;
  /** The manifest before: unchanged units are linked from its generation. */
  readonly before: Manifest | null;
  /** Environments given by this command, by hash; others are read from the host. */
  readonly environments: ReadonlyMap<string, Environment>;
  /** Contents of files of configuration given by this command, by hash; others are on the host already. */
  readonly data: ReadonlyMap<string, Uint8Array>;
  /** Every network of the new generation. */
  readonly networks: readonly AppNetwork[];
  /** What is asked of named volumes beyond their name, by name. */
  readonly volumes: ReadonlyMap<string, VolumeRequest>;
  /** Volumes that this walk made: only they may go again when it is taken back. */
  readonly madeVolumes: Set<string>;
  /** Whether start jobs are awaited. */
  readonly wait: boolean;
  /** When waiting ends, in the time that passes (Clock.passedMs). */
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
}
