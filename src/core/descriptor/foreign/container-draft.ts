import type { Path } from '../document.ts';
import type { ForeignReader } from './foreign-reader.ts';
import type { Verdict } from './loss.ts';

/** A container of the native form while a reader makes it of another format. */
export class ContainerDraft {
  readonly reader: ForeignReader;
  readonly container: string;
  readonly native: Record<string, unknown>;
  #told = false;

  constructor(reader: ForeignReader, container: string, from: Path, native: Record<string, unknown> = {}) {
    this.reader = reader;
    this.container = container;
    this.native = native;
    reader.places.set(['containers', container], from);
  }

  /** Begins with a key of the original; whether something was told of it is asked afterwards. */
  begin(): void {
    this.#told = false;
  }

  get told(): boolean {
    return this.#told;
  }

  /** Gives a key of the container its value. */
  set(key: string, value: unknown, from: Path): void {
    this.native[key] = value;
    this.reader.places.set(['containers', this.container, key], from);
  }

  /** Adds to a list of the container. */
  add(key: string, item: unknown, from: Path): void {
    const list = (this.native[key] ??= []) as unknown[];
    const at = ['containers', this.container, key];
    if (list.length === 0) this.reader.places.set(at, from);
    this.reader.places.set([...at, list.length], from);
    list.push(item);
  }

  /** How many items a list of the container has. */
  count(key: string): number {
    return ((this.native[key] ?? []) as unknown[]).length;
  }

  /** Adds to a map of the container. */
  put(key: string, name: string, value: unknown, from: Path): void {
    const map = (this.native[key] ??= {}) as Record<string, unknown>;
    map[name] = value;
    this.reader.places.set(['containers', this.container, key, name], from);
  }

  /** Notes that a text of the container came from a variable, whose value is not to be printed. */
  refer(path: Path, variable: string): void {
    this.reader.references.push({ path: ['containers', this.container, ...path], variable });
  }

  approximate(path: Path, how: string): void {
    this.#tell(path, 'approximated', how);
  }

  refuse(path: Path, why: string, next: string): void {
    this.#tell(path, 'refused', why, next);
  }

  #tell(path: Path, verdict: Verdict, words: string, next?: string): void {
    this.#told = true;
    this.reader.tell(path, verdict, words, next);
  }
}
