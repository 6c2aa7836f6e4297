import { createHash } from 'node:crypto';
import type { ImageConfig } from '../../../core/model/image.ts';
import { formatImageReference, parseImageReference } from '../../../core/model/image-reference.ts';
import type { Failure } from '../../../errors/failure.ts';
import { FailureError } from '../../../errors/failure.ts';
import type { ImageFacts } from '../../../ports/engine.ts';

/** What an image says of itself where it says nothing. */
export const emptyConfig: ImageConfig = {
  entrypoint: [],
  command: [],
  user: '',
  environment: [],
  volumes: [],
  health: { test: [], intervalMs: 0, timeoutMs: 0, retries: 0, startPeriodMs: 0 },
  labels: {},
};

/** An image of a registry, or why it cannot be had. */
type Published = ImageFacts | Failure;

/** The images of an engine in memory, and the registries that it can pull from. */
export class MemoryImages {
  readonly #registry = new Map<string, Published>();
  #local: ImageFacts[] = [];

  /** An image that is on the host, from no registry. */
  add(reference: string, config: Partial<ImageConfig> = {}, architecture = 'amd64'): ImageFacts {
    const made = imageOf(fullName(reference), config, architecture, []);
    this.#keep(made);
    return made;
  }

  /** An image that can be pulled; publishing a name again is a new image under it. */
  publish(reference: string, config: Partial<ImageConfig> = {}, architecture = 'amd64'): ImageFacts {
    const name = fullName(reference);
    const digest = `${name.replace(/:[^:/]*$/, '')}@sha256:${digestOf(['digest', name, config, architecture])}`;
    const made = imageOf(name, config, architecture, [digest]);
    this.#registry.set(name, made);
    this.#registry.set(digest, made);
    return made;
  }

  /** What registries accept: `registry user:password`. */
  readonly logins = new Set<string>();

  accepts(registry: string, pair: string): boolean {
    return this.logins.has(`${registry} ${pair}`);
  }

  /** Makes pulling a name fail. */
  withhold(reference: string, failure: Failure): void {
    this.#registry.set(fullName(reference), failure);
  }

  /** The local image of a reference or ID. */
  find(reference: string): ImageFacts | null {
    const name = fullName(reference);
    const found = this.#local.find(
      ({ id, tags, digests }) => id === name || tags.includes(name) || digests.includes(name),
    );
    return found ?? null;
  }

  /** Brings an image from its registry to the host. */
  fetch(reference: string): ImageFacts {
    const published = this.#ask(reference);
    this.#keep(published);
    return this.find(published.id) ?? published;
  }

  /** The digests of what the registry has under a name. */
  published(reference: string): readonly string[] {
    return this.#ask(reference).digests.map((digest) => digest.replace(/^.*@/, ''));
  }

  #ask(reference: string): ImageFacts {
    const name = fullName(reference);
    const published = this.#registry.get(name);
    if (published === undefined) {
      throw new FailureError({
        code: 'IMAGE_UNKNOWN',
        message: `no registry has the image ${name}`,
        next: 'look for a misspelling',
        subject: reference,
      });
    }
    if ('code' in published) throw new FailureError(published);
    return published;
  }

  /** Gives an image one more name, which no other keeps. */
  tag(id: string, reference: string): boolean {
    const name = fullName(reference);
    const found = this.find(id);
    if (found === null) return false;
    this.#forget(name);
    this.#replace(found.id, { ...found, tags: [...found.tags.filter((tag) => tag !== name), name].sort() });
    return true;
  }

  /** Takes a name away; the image goes with its last one unless it is in use. */
  untag(name: string, inUse: (id: string) => boolean): void {
    const found = this.find(name);
    if (found === null || (found.tags.length === 1 && inUse(found.id))) return;
    this.#forget(name);
    if (found.tags.length === 1) this.drop(found.id);
  }

  tags(): readonly string[] {
    return this.#local.flatMap(({ tags }) => tags).sort();
  }

  /** All images on the host. */
  all(): readonly ImageFacts[] {
    return this.#local;
  }

  /** Takes an image in that came without a registry, under no name. */
  take(image: ImageFacts): void {
    this.#keep({ ...image, tags: [], digests: [] });
  }

  drop(id: string): void {
    this.#local = this.#local.filter((image) => image.id !== id);
  }

  #keep(image: ImageFacts): void {
    for (const tag of image.tags) this.#forget(tag);
    const before = this.#local.find(({ id }) => id === image.id);
    const tags = [...new Set([...(before?.tags ?? []), ...image.tags])].sort();
    const digests = [...new Set([...(before?.digests ?? []), ...image.digests])];
    this.drop(image.id);
    this.#local.push({ ...image, tags, digests });
  }

  #forget(tag: string): void {
    this.#local = this.#local.map((image) => ({ ...image, tags: image.tags.filter((each) => each !== tag) }));
  }

  #replace(id: string, image: ImageFacts): void {
    this.#local = this.#local.map((each) => (each.id === id ? image : each));
  }
}

/** The name as engines keep it; what cannot be read as one is looked up as it is. */
function fullName(reference: string): string {
  const parsed = parseImageReference(reference);
  return parsed.ok ? formatImageReference(parsed.value) : reference;
}

function imageOf(
  name: string,
  config: Partial<ImageConfig>,
  architecture: string,
  digests: readonly string[],
): ImageFacts {
  return {
    id: `sha256:${digestOf([name, config, architecture])}`,
    digests,
    tags: [name],
    sizeBytes: 1_000_000,
    architecture,
    layers: [`sha256:${digestOf(['layer', name, config])}`],
    config: { ...emptyConfig, ...config },
  };
}

function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
