import type { ConfigFile, ContainerSpec, EngineKind, HealthCheck, SecretUse } from './container.ts';

/** The image as resolved on the host. `id` is 'sha256:…'; `digest` is 'name@sha256:…', null when it came from no registry. */
export interface ResolvedImage {
  readonly reference: string;
  readonly id: string;
  readonly digest: string | null;
}

/** A named volume that gear owns for a VOLUME of the image which the user did not map. */
export interface OwnedVolume {
  readonly name: string;
  readonly target: string;
}

/** Why an instance is kept stopped, and since when (unix ms). */
export interface Hold {
  readonly by: string;
  readonly atMs: number;
  /** In the words of who held it. */
  readonly reason?: string;
  /** When it is to end by itself, unix ms; absent: when a person ends it. */
  readonly untilMs?: number;
}

/** A file of configuration as the host has it. */
export interface InstanceFile extends ConfigFile {
  readonly hash: string;
}

/** A secret as the host has it. `encrypted`: by systemd-creds(1), for LoadCredentialEncrypted=. */
export interface InstanceSecret extends SecretUse {
  readonly hash: string;
  readonly encrypted: boolean;
}

/** The instance whose network another shares: the engine's name for its container, and the hash of its form. */
export interface NetworkJoin {
  readonly instance: string;
  readonly container: string;
  readonly form: string;
  /** The hash of the one that shares, without this. */
  readonly ownHash: string;
  /** Another form may have that name until the other one starts. Absent: none has. */
  readonly isLate?: true;
}

/** One copy of a container on one host, with everything resolved: what the manifest records and units are rendered from. */
export interface Instance {
  /** `web`, or `shop.web-2`. */
  readonly name: string;
  readonly app: string;
  readonly container: string;
  readonly engine: EngineKind;
  readonly spec: ContainerSpec;
  readonly image: ResolvedImage;
  /** Names (not values) of the environment, sorted. */
  readonly environmentKeys: readonly string[];
  /** Which of them have the value of a secret: variable → secret, as it was when the instance was declared. Absent: none. */
  readonly secretEnvironment?: Readonly<Record<string, string>>;
  /** Keyed hash naming /etc/gear/files/<hash>; null when there is no environment. */
  readonly environmentFile: string | null;
  /** spec.files with the keyed hash of each content, which names /etc/gear/files/<hash>.data. Absent: none. */
  readonly files?: readonly InstanceFile[];
  /** spec.secrets with the keyed hash of each value, which names /etc/gear/files/<hash>.secret. Absent: none. */
  readonly secrets?: readonly InstanceSecret[];
  /** The images of spec.init, in that order. Absent: none. */
  readonly initImages?: readonly ResolvedImage[];
  readonly ownedVolumes: readonly OwnedVolume[];
  /** The name by which its ownedVolumes are called, which it had before it was renamed. Absent: its own. */
  readonly formerly?: string;
  readonly check: HealthCheck | null;
  /** The instance whose network it shares. */
  readonly joins?: NetworkJoin;
  readonly hold: Hold | null;
  /** Short hash of the container as data plus its files: a changed one is a new form. */
  readonly hash: string;
}
