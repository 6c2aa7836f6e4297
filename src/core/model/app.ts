import type { ContainerRequest, EngineKind } from './container.ts';
import type { NetworkRequest } from './network.ts';

/** A named volume as a descriptor means it. `name` is the engine's; an external one must exist and is never removed. */
export interface VolumeRequest {
  readonly name: string;
  readonly external?: true;
  readonly driver?: string;
  readonly options?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
}

/** An app as its descriptor means it, before the host is known: every format is read into this. */
export interface AppRequest {
  readonly app: string;
  /** The descriptor's first file, for messages and the history. */
  readonly source: string;
  /** Absent: keep the engine of what is installed, else the detected one. */
  readonly engine?: EngineKind;
  /** The host that is to run it, as `--host` names one; absent: where the command says, else this machine. */
  readonly host?: string;
  /** One entry a copy, so a container with count 3 has three. */
  readonly containers: readonly ContainerRequest[];
  /** Networks that the containers join beside the engine's own. */
  readonly networks: readonly NetworkRequest[];
  /** Named volumes with more to say than a name. */
  readonly volumes: readonly VolumeRequest[];
}

/** The network of an app's own, which its containers join unless they say otherwise; Compose's name for the same. */
export function appNetworkName(app: string): string {
  return `${app}_default`;
}
