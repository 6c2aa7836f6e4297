import type { Path } from '../document.ts';
import type { ComposeReader, Fields } from './compose-reader.ts';
import type { Verdict } from './loss.ts';

/** All services of a file, as their attributes need to see each other. */
export interface Project {
  readonly name: string;
  /** Those that are active, with `extends` resolved, by the names of the file. */
  readonly services: ReadonlyMap<string, Service>;
  readonly volumes: ReadonlySet<string>;
  readonly secrets: Fields;
  readonly configs: Fields;
  /** Services whose profile is not active. */
  readonly inactive: ReadonlySet<string>;
  /** Services that others wait for to complete. */
  readonly jobs: ReadonlySet<string>;
}

/** A service as it is after `extends`. */
export interface Service {
  readonly name: string;
  /** Its name as a container of gear's. */
  readonly container: string;
  readonly fields: Fields;
  /** Where an attribute stands: with the service itself, or with one that it extends. */
  readonly origin: (attribute: string) => Path;
}

/** Reads one service into a container of the native form. */
export class ServiceReader {
  readonly reader: ComposeReader;
  readonly project: Project;
  readonly service: Service;
  readonly native: Record<string, unknown> = {};
  #told = false;

  constructor(reader: ComposeReader, project: Project, service: Service) {
    this.reader = reader;
    this.project = project;
    this.service = service;
    reader.places.set(['containers', service.container], ['services', service.name]);
  }

  /** Begins with an attribute; whether something was told of it is asked afterwards. */
  begin(): void {
    this.#told = false;
  }

  get told(): boolean {
    return this.#told;
  }

  /** Gives a key of the container its value. */
  set(key: string, value: unknown, from: Path): void {
    this.native[key] = value;
    this.reader.places.set(['containers', this.service.container, key], from);
  }

  /** Adds to a list of the container. */
  add(key: string, item: unknown, from: Path): void {
    const list = (this.native[key] ??= []) as unknown[];
    this.reader.places.set(['containers', this.service.container, key, list.length], from);
    list.push(item);
  }

  /** How many items a list of the container has. */
  count(key: string): number {
    return ((this.native[key] ?? []) as unknown[]).length;
  }

  /** Notes that a text of the container came from a variable, whose value is not to be printed. */
  refer(path: Path, variable: string): void {
    this.reader.references.push({ path: ['containers', this.service.container, ...path], variable });
  }

  /** Adds to a map of the container. */
  put(key: string, name: string, value: unknown, from: Path): void {
    const map = (this.native[key] ??= {}) as Record<string, unknown>;
    map[name] = value;
    this.reader.places.set(['containers', this.service.container, key, name], from);
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
