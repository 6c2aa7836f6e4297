import type { ContainerSpec, Environment } from '../model/container.ts';
import type { FileText } from './env-file.ts';

/** What a flag, given once, asks of a container. */
export interface SpecChange extends Partial<ContainerSpec> {
  readonly environment?: Environment;
}

/** What flags refer to in the place where the command was typed. */
export interface Surroundings {
  /** The invoking environment, which a bare KEY takes its value from. */
  readonly environment: Environment;
  /** The working directory. */
  readonly directory: string;
  /** The files that flags name, by the path as given. */
  readonly files: Readonly<Record<string, FileText>>;
}

function joined<T>(a: readonly T[] | undefined, b: readonly T[] | undefined): readonly T[] | undefined {
  return a === undefined ? b : [...a, ...(b ?? [])];
}

function defined<T extends object>(change: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as T;
}

/** Both changes as one: lists add up, health options and variables merge, of anything else the later one holds. */
export function mergeChanges(first: SpecChange, later: SpecChange): SpecChange {
  return defined<SpecChange>({
    ...first,
    ...later,
    ports: joined(first.ports, later.ports),
    mounts: joined(first.mounts, later.mounts),
    after: joined(first.after, later.after),
    requires: joined(first.requires, later.requires),
    health: later.health === undefined ? first.health : { ...first.health, ...later.health },
    environment:
      later.environment === undefined ? first.environment : { ...first.environment, ...later.environment },
  });
}
