import type { EngineKind, NetworkUse } from '../core/model/container.ts';
import type { ImageConfig } from '../core/model/image.ts';
import type { Login } from '../core/model/registry.ts';
import type { AppNetwork } from '../core/model/network.ts';

/** What an engine is. */
export interface EngineFacts {
  readonly kind: EngineKind;
  readonly version: string;
  /** Absolute path of its command on the host. */
  readonly command: string;
  /** Docker's live-restore: containers outlive dockerd. Always false for Podman. */
  readonly liveRestore: boolean;
  /** As the engine names it: amd64, arm64 … */
  readonly architecture: string;
}

/** How an engine is set up; Podman takes a tenth of a second to tell. */
export interface EngineSetup {
  /** 'systemd' or 'cgroupfs'. */
  readonly cgroupDriver: string;
  /** Where images are stored, for the check of free space. */
  readonly storagePath: string;
}

/** An image that the host has. */
export interface ImageFacts {
  /** 'sha256:…' */
  readonly id: string;
  /** 'name@sha256:…' entries. */
  readonly digests: readonly string[];
  readonly tags: readonly string[];
  readonly sizeBytes: number;
  readonly architecture: string;
  /** The digest of each layer's content, uncompressed, the lowest first ("diff ID"). */
  readonly layers: readonly string[];
  readonly config: ImageConfig;
}

/** A container of the engine; labels tell whose it is. */
export interface EngineContainer {
  readonly name: string;
  readonly id: string;
  readonly imageId: string;
  readonly running: boolean;
  /** created, running, exited, dead, paused … */
  readonly state: string;
  /** It runs, and the check that the engine makes of it fails. */
  readonly unhealthy: boolean;
  readonly labels: Readonly<Record<string, string>>;
}

export interface EngineVolume {
  readonly name: string;
  /** Where the host has what is in it, while it needs no mounting. */
  readonly folder: string;
  readonly driver: string;
  readonly options: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
}

/** What a volume is like beyond its name; absent: the engine's own default. */
export interface VolumeOptions {
  readonly driver?: string;
  readonly options?: Readonly<Record<string, string>>;
}

/** A network of the engine; labels tell whose it is. */
export interface EngineNetwork {
  readonly name: string;
  readonly driver: string;
  readonly internal: boolean;
  /** CIDR, IPv4 and IPv6. */
  readonly subnets: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

/** Progress of a pull: bytes where the engine tells them. */
export interface PullProgress {
  readonly layer: string;
  readonly phase: string;
  readonly currentBytes?: number;
  readonly totalBytes?: number;
}

export interface PullOptions {
  readonly onProgress?: (progress: PullProgress) => void;
  readonly signal?: AbortSignal;
}

/** An image, or what a host lacks of it, in a folder there: each part in a file that is named by its digest in hexadecimal. */
export interface Parcel {
  readonly folder: string;
  /** Names of the files of the image; those of its description (parcelFiles) stand beside them. */
  readonly parts: readonly string[];
  readonly signal?: AbortSignal;
}

/** A container to create: the engine command's own arguments, and the environment that `-e KEY` among them refers to. */
export interface CreateRequest {
  readonly name: string;
  readonly arguments: readonly string[];
  /** Secret values. */
  readonly environment: Readonly<Record<string, string>>;
  /** Networks to join beside the one among the arguments: Docker before 25 takes one at a creation. */
  readonly connect?: readonly NetworkUse[];
}

/**
 * An engine of a host. Failures reject with FailureError: ENGINE_DOWN when it does not answer, ENGINE_FAILED when it
 * refuses, the PULL_ and IMAGE_ codes for images.
 */
export interface Engine {
  readonly kind: EngineKind;
  facts(): Promise<EngineFacts>;
  setup(): Promise<EngineSetup>;
  /** The local image of a reference or ID; null when the host does not have it. */
  image(reference: string): Promise<ImageFacts | null>;
  /** Fetches the image with the credentials of the invoking user, and returns it. */
  pull(reference: string, options?: PullOptions): Promise<ImageFacts>;
  /**
   * What its registry has under a name now, without fetching it: digests of manifests, and IDs. An image of the host that
   * has one of them among its own is what would be pulled. Null where the engine cannot tell. The PULL_ codes, IMAGE_UNKNOWN.
   */
  published(reference: string): Promise<readonly string[] | null>;
  /** The layers of every image that it has, as in ImageFacts. */
  layers(): Promise<readonly (readonly string[])[]>;
  /** The image of an ID as an archive with all its layers. Breaks off with ENGINE_FAILED, or ENGINE_DOWN. */
  save(imageId: string): AsyncIterable<Uint8Array>;
  /**
   * Takes in an image from a folder of the host (parcelFiles), under no name. Returns its ID; null when the engine asks
   * for a layer that is not there. What does not have the digest that it should is ENGINE_FAILED.
   */
  load(parcel: Parcel): Promise<string | null>;
  /**
   * Asks a registry whether it accepts the login; stores nothing. Returns the token that it gave in place of the
   * password, or ''. The PULL_ codes.
   */
  login(registry: string, login: Login): Promise<string>;
  tag(imageId: string, reference: string): Promise<void>;
  /** Removes a tag (and the image with its last one); absent is no error, in use by a container neither. */
  untag(reference: string): Promise<void>;
  /** Tags of the engine that start with the prefix. */
  tags(prefix: string): Promise<readonly string[]>;
  /** All containers that carry the label gear.name, running or not. */
  owned(signal?: AbortSignal): Promise<readonly EngineContainer[]>;
  /** All containers, running or not, whosever they are. */
  everyContainer(): Promise<readonly EngineContainer[]>;
  /** A container by exact name, whosever it is; null when there is none. */
  container(name: string): Promise<EngineContainer | null>;
  /**
   * Creates without starting, and returns the ID. A container of that name is ENGINE_FAILED. One that joins further networks gets its name
   * last, so that whoever finds the name finds a container that is on all of them.
   */
  create(request: CreateRequest): Promise<string>;
  /**
   * Removes a container that carries gear.name = owner; absent is no error; a stranger's is NOT_OURS. `id`: that very
   * container, whatever its name is now.
   */
  remove(name: string, owner: string, id?: string): Promise<void>;
  /** Stops and removes a container by its ID, whosever it is: for what was adopted, which has no labels. */
  discard(container: EngineContainer): Promise<void>;
  volume(name: string): Promise<EngineVolume | null>;
  /** Volumes that carry the label gear.name. */
  ownedVolumes(): Promise<readonly EngineVolume[]>;
  /** Makes the volume with the labels when it is absent; returns whether it was made. */
  ensureVolume(
    name: string,
    labels: Readonly<Record<string, string>>,
    options?: VolumeOptions,
  ): Promise<boolean>;
  /** Removes a volume that carries gear.name = owner; absent is no error; a stranger's is NOT_OURS. */
  removeVolume(name: string, owner: string): Promise<void>;
  /** A network by exact name, whosever it is; null when there is none. */
  network(name: string): Promise<EngineNetwork | null>;
  /** Networks that carry the label gear.name. */
  ownedNetworks(): Promise<readonly EngineNetwork[]>;
  /**
   * Makes the network, labelled for its app, when it is absent; returns whether it was made. One that is there and
   * ours stays as it is, whatever its spec; a stranger's is NOT_OURS.
   */
  ensureNetwork(network: AppNetwork): Promise<boolean>;
  /**
   * Removes a network that carries gear.owner = owner. Returns the names of the containers, running or not, that use
   * it: where there are any it stays. Absent is no error; a stranger's is NOT_OURS. `evenIfKept`: stopped containers
   * of gear's do not count, for they can join another network of that name.
   */
  removeNetwork(
    name: string,
    owner: string,
    options?: { readonly evenIfKept?: boolean },
  ): Promise<readonly string[]>;
  /** The subnets of all the engine's networks, in CIDR. */
  subnets(): Promise<readonly string[]>;
}
