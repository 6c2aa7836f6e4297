import type { Path } from '../document.ts';
import { ContainerDraft } from '../foreign/container-draft.ts';
import type { Content } from './declared-contents.ts';
import type { ForeignReader, Fields } from '../foreign/foreign-reader.ts';

/** All services of a file, as their attributes need to see each other. */
export interface Project {
  readonly name: string;
  /** Those that are active, with `extends` resolved, by the names of the file. */
  readonly services: ReadonlyMap<string, Service>;
  readonly volumes: ReadonlySet<string>;
  readonly secrets: ReadonlyMap<string, Content>;
  readonly configs: ReadonlyMap<string, Content>;
  /** Services whose profile is not active, with one that would activate each. */
  readonly inactive: ReadonlyMap<string, string>;
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
export class ServiceReader extends ContainerDraft {
  readonly project: Project;
  readonly service: Service;

  constructor(reader: ForeignReader, project: Project, service: Service) {
    super(reader, service.container, ['services', service.name]);
    this.project = project;
    this.service = service;
  }
}
