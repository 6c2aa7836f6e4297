import type { EngineContainer } from '../../../ports/engine.ts';
import type { MemoryImages } from './images.ts';
import { flagValues } from './unit-text.ts';

/** A container in memory: what it was made with is kept for tests to look at. */
export interface MemoryContainer extends EngineContainer {
  /** The arguments of its create or run. */
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Networks that it joined, by name: those among its arguments, and those joined after. */
  readonly networks: readonly string[];
  /** Of its process; 0 when it does not run. A kept payload keeps it. */
  readonly pid: number;
}

/** The containers of an engine in memory. */
export class MemoryContainers {
  readonly #images: MemoryImages;
  readonly #byName = new Map<string, MemoryContainer>();
  #made = 0;
  #lastPid = 1000;

  constructor(images: MemoryImages) {
    this.#images = images;
  }

  all(): readonly MemoryContainer[] {
    return [...this.#byName.values()];
  }

  find(name: string): MemoryContainer | null {
    return this.#byName.get(name) ?? null;
  }

  /** Makes a container as the engine's command with these arguments would; says why it refuses, else null. */
  create(
    name: string,
    words: readonly string[],
    environment: Readonly<Record<string, string>> = {},
    joined: readonly string[] = [],
  ): string | null {
    if (this.#byName.has(name)) return `the name ${name} is in use by another container`;
    const image = words.map((word) => this.#imageOf(word)).find((id) => id !== null);
    if (image === undefined) return 'no such image';
    const labels = [...flagValues(words, '--label'), ...flagValues(words, '-l')].map(splitAtEquals);
    this.#byName.set(name, {
      name,
      id: (++this.#made).toString(16).padStart(64, '0'),
      imageId: image,
      running: false,
      state: 'created',
      unhealthy: false,
      labels: Object.fromEntries(labels),
      arguments: words,
      environment,
      networks: [...flagValues(words, '--network').map(networkName), ...joined],
      pid: 0,
    });
    return null;
  }

  /** A container that somebody else made. */
  addForeign(name: string, labels: Readonly<Record<string, string>> = {}): void {
    const image = this.#images.add('somebody/else:1');
    this.create(name, [
      ...Object.entries(labels).flatMap(([key, value]) => ['--label', `${key}=${value}`]),
      image.id,
    ]);
  }

  /** Starts its process; one that runs goes on. */
  run(name: string): number {
    const found = this.#byName.get(name);
    if (found === undefined) return 0;
    const pid = found.running ? found.pid : ++this.#lastPid;
    this.#byName.set(name, {
      ...found,
      running: true,
      state: 'running',
      unhealthy: found.unhealthy && found.running,
      pid,
    });
    return pid;
  }

  /** Ends its process and keeps it. */
  end(name: string): void {
    const found = this.#byName.get(name);
    if (found?.running === true)
      this.#byName.set(name, { ...found, running: false, state: 'exited', unhealthy: false, pid: 0 });
  }

  /** What its check says from now on. */
  check(name: string, healthy: boolean): void {
    const found = this.#byName.get(name);
    if (found?.running === true) this.#byName.set(name, { ...found, unhealthy: !healthy });
  }

  /** As `podman rename` and `docker rename` do: what runs goes on. */
  rename(name: string, to: string): void {
    const found = this.#byName.get(name);
    if (found === undefined) return;
    this.#byName.delete(name);
    this.#byName.set(to, { ...found, name: to });
  }

  remove(name: string): void {
    this.#byName.delete(name);
  }

  /** An ID in full; a name only with a tag or registry, so that a word of a command is not taken for one. */
  #imageOf(word: string): string | null {
    const image = /^sha256:|[:/]/.test(word) && !word.startsWith('-') ? this.#images.find(word) : null;
    return image?.id ?? null;
  }
}

/** A network is given as NAME, NAME:OPTION,… (Podman), or name=NAME,OPTION,… (Docker). */
function networkName(value: string): string {
  return /(?:^|,)name=([^,]*)/.exec(value)?.[1] ?? value.replace(/[:,].*$/, '');
}

function splitAtEquals(label: string): readonly [string, string] {
  const at = label.indexOf('=');
  return at === -1 ? [label, ''] : [label.slice(0, at), label.slice(at + 1)];
}
