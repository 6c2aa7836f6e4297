import type { EngineKind } from '../../../core/model/container.ts';
import type { AppNetwork } from '../../../core/model/network.ts';
import type { Login } from '../../../core/model/registry.ts';
import type {
  CreateRequest,
  Engine,
  EngineContainer,
  EngineFacts,
  EngineSetup,
  EngineNetwork,
  EngineVolume,
  ImageFacts,
  Parcel,
  PullOptions,
  VolumeOptions,
} from '../../../ports/engine.ts';
import { engineDown, engineInterrupted, engineRefused, notOurs } from '../../engine/engine-failure.ts';
import { assertOwnTag, ownerLabel } from '../../engine/owner-label.ts';
import { type AboutEngine, aboutEngine } from './about-engine.ts';
import type { CallLog } from './calls.ts';
import { MemoryContainers } from './containers.ts';
import { MemoryImages } from './images.ts';
import { MemoryNetworks } from './networks.ts';
import { type Labels, volumeOf } from './volume-of.ts';

/** An engine in memory. Its containers run and end as the systemd in memory says. */
export class MemoryEngine implements Engine {
  readonly kind: EngineKind;
  readonly images = new MemoryImages();
  readonly containers: MemoryContainers;
  /** Volumes by name; what a container holds beside them is not simulated. */
  readonly volumes = new Map<string, Labels>();
  /** What volumes were made with, by name, where it was more than labels. */
  readonly volumeOptions = new Map<string, VolumeOptions>();
  readonly networks: MemoryNetworks;
  /** What load() takes in; null for a layer that is not there. */
  onLoad: (parcel: Parcel) => ImageFacts | null = () => null;
  /** Whether it answers. */
  up = true;
  /** What facts() says beside kind and command. */
  about: AboutEngine;
  readonly #calls: CallLog;

  constructor(kind: EngineKind, calls: CallLog) {
    this.kind = kind;
    this.#calls = calls;
    this.containers = new MemoryContainers(this.images);
    this.networks = new MemoryNetworks(kind, this.containers);
    this.about = aboutEngine(kind);
  }

  facts(): Promise<EngineFacts & EngineSetup> {
    return this.#answer(() => ({ kind: this.kind, command: `/usr/bin/${this.kind}`, ...this.about }));
  }

  setup(): Promise<EngineSetup> {
    return this.facts();
  }

  image(reference: string): Promise<ImageFacts | null> {
    return this.#answer(() => this.images.find(reference));
  }

  pull(reference: string, options: PullOptions = {}): Promise<ImageFacts> {
    return this.#answer(() => {
      if (options.signal?.aborted === true) throw engineInterrupted(`pull ${reference}`);
      this.#note(`pull ${reference}`);
      const fetched = this.images.fetch(reference);
      options.onProgress?.({ layer: fetched.id.slice(7, 19), phase: 'Pull complete' });
      return fetched;
    });
  }

  published(reference: string): Promise<readonly string[] | null> {
    return this.#answer(() => this.images.published(reference));
  }

  layers(): Promise<readonly (readonly string[])[]> {
    return this.#answer(() => this.images.all().map(({ layers }) => layers));
  }

  /** Images in memory have no bytes. */
  save(imageId: string): AsyncIterable<Uint8Array> {
    throw engineRefused(this.kind, `save the image ${imageId}`, 'it is in memory');
  }

  load(parcel: Parcel): Promise<string | null> {
    return this.#answer(() => {
      this.#note(`load ${parcel.folder}`);
      return this.onLoad(parcel)?.id ?? null;
    });
  }

  login(registry: string, { username, password }: Login): Promise<string> {
    return this.#answer(() => {
      if (this.images.accepts(registry, `${username}:${password}`)) return '';
      throw engineRefused(this.kind, `log in to ${registry}`, 'unauthorized');
    });
  }

  tag(imageId: string, reference: string): Promise<void> {
    return this.#answer(() => {
      this.#note(`tag ${imageId} ${reference}`);
      if (!this.images.tag(imageId, reference))
        throw engineRefused(this.kind, `tag ${imageId}`, 'no such image');
    });
  }

  untag(reference: string): Promise<void> {
    return this.#answer(() => {
      assertOwnTag(reference);
      if (this.images.find(reference) === null) return;
      this.#note(`untag ${reference}`);
      this.images.untag(reference, (id) => this.containers.all().some(({ imageId }) => imageId === id));
    });
  }

  tags(prefix: string): Promise<readonly string[]> {
    return this.#answer(() => this.images.tags().filter((tag) => tag.startsWith(prefix)));
  }

  owned(): Promise<readonly EngineContainer[]> {
    return this.#answer(() => this.containers.all().filter(({ labels }) => ownerLabel in labels));
  }

  everyContainer(): Promise<readonly EngineContainer[]> {
    return this.#answer(() => this.containers.all());
  }

  container(name: string): Promise<EngineContainer | null> {
    return this.#answer(() => this.containers.find(name));
  }

  create(request: CreateRequest): Promise<string> {
    return this.#answer(() => {
      this.#note(`create ${request.name}`);
      const joined = (request.connect ?? []).map(({ name }) => name);
      const absent = joined.find((name) => this.networks.find(name) === null);
      const refused =
        absent === undefined
          ? this.containers.create(request.name, request.arguments, request.environment, joined)
          : `network ${absent} not found`;
      if (refused !== null) throw engineRefused(this.kind, `create the container ${request.name}`, refused);
      return this.containers.find(request.name)?.id ?? '';
    });
  }

  remove(name: string, owner: string, id?: string): Promise<void> {
    return this.#answer(() => {
      const found = this.containers
        .all()
        .find((each) => (id === undefined ? each.name === name : each.id === id));
      if (found === undefined) return;
      if (found.labels[ownerLabel] !== owner) throw notOurs(this.kind, 'container', name, owner);
      this.#note(`remove ${name}`);
      this.containers.remove(found.name);
    });
  }

  discard({ name }: EngineContainer): Promise<void> {
    return this.#answer(() => {
      this.#note(`discard ${name}`);
      this.containers.remove(name);
    });
  }

  volume(name: string): Promise<EngineVolume | null> {
    return this.#answer(() => volumeOf(name, this.volumes.get(name), this.volumeOptions.get(name)));
  }

  ownedVolumes(): Promise<readonly EngineVolume[]> {
    return this.#answer(() =>
      [...this.volumes]
        .filter(([, labels]) => ownerLabel in labels)
        .flatMap(([name, labels]) => volumeOf(name, labels, this.volumeOptions.get(name)) ?? []),
    );
  }

  ensureVolume(name: string, labels: Labels, options?: VolumeOptions): Promise<boolean> {
    return this.#answer(() => {
      if (this.volumes.has(name)) return false;
      this.#note(`ensureVolume ${name}`);
      this.volumes.set(name, labels);
      if (options !== undefined) this.volumeOptions.set(name, options);
      return true;
    });
  }

  removeVolume(name: string, owner: string): Promise<void> {
    return this.#answer(() => {
      const labels = this.volumes.get(name);
      if (labels === undefined) return;
      if (labels[ownerLabel] !== owner) throw notOurs(this.kind, 'volume', name, owner);
      this.#note(`removeVolume ${name}`);
      this.volumes.delete(name);
    });
  }

  network(name: string): Promise<EngineNetwork | null> {
    return this.#answer(() => this.networks.find(name));
  }

  ownedNetworks(): Promise<readonly EngineNetwork[]> {
    return this.#answer(() => this.networks.all().filter(({ labels }) => ownerLabel in labels));
  }

  ensureNetwork(network: AppNetwork): Promise<boolean> {
    return this.#answer(() => {
      if (this.networks.isThere(network.name, network.app)) return false;
      this.#note(`ensureNetwork ${network.name}`);
      this.networks.make(network);
      return true;
    });
  }

  removeNetwork(
    name: string,
    owner: string,
    { evenIfKept = false }: { readonly evenIfKept?: boolean } = {},
  ): Promise<readonly string[]> {
    return this.#answer(() => {
      if (!this.networks.isThere(name, owner)) return [];
      const using = this.networks.users(name, evenIfKept);
      if (using.length > 0) return using;
      this.#note(`removeNetwork ${name}`);
      this.networks.remove(name);
      return [];
    });
  }

  subnets(): Promise<readonly string[]> {
    return this.#answer(() => this.networks.all().flatMap(({ subnets }) => subnets));
  }

  /** As `system prune -af`: what does not run goes, and with it every image that nothing was made from. */
  prune(): void {
    for (const { name, running } of this.containers.all()) if (!running) this.containers.remove(name);
    const used = new Set(this.containers.all().map(({ imageId }) => imageId));
    for (const { id } of this.images.all()) if (!used.has(id)) this.images.drop(id);
  }

  #note(call: string): void {
    this.#calls.note(`${this.kind}.${call}`);
  }

  async #answer<T>(work: () => T): Promise<T> {
    if (!this.up) throw engineDown(this.kind, 'it was stopped');
    return Promise.resolve(work());
  }
}
