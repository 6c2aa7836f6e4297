import type { Instance } from './instance.ts';
import type { AppNetwork } from './network.ts';

/** The schema that this gear writes; a manifest of a higher one is refused. */
export const manifestSchema = 1;

/** Where an app is described, as absolute paths: the descriptor, and what was laid over it in this order. */
export interface AppSource {
  readonly path: string;
  readonly overlays?: readonly string[];
}

/** What gear owns on a host, as data: one a generation. Holds no secret values and is world-readable. */
export interface Manifest {
  readonly schema: number;
  readonly generation: number;
  /** The version of gear that wrote it. */
  readonly gear: string;
  readonly createdMs: number;
  /** What was asked, e.g. `install web`; and by whom, e.g. `root`. */
  readonly command: string;
  readonly by: string;
  /** Sorted by name. */
  readonly instances: readonly Instance[];
  /** Networks that gear made for apps, sorted by engine and name; absent: none. */
  readonly networks?: readonly AppNetwork[];
  /** The descriptor that each app was last applied from, as an absolute path; absent: none is known. */
  readonly sources?: Readonly<Record<string, string>>;
  /** The files that were laid over it, in this order; absent: none. */
  readonly overlays?: Readonly<Record<string, readonly string[]>>;
  /** What beside the instances the units were rendered from; absent in what an earlier gear wrote. */
  readonly rendering?: string;
  /** The host's own templates that they were rendered with: name → hash; absent: none. */
  readonly templates?: Readonly<Record<string, string>>;
  /** Every unit's file name → the hash of its text. */
  readonly units: Readonly<Record<string, string>>;
}

/**
 * Whether a generation on disk was the current one once. Numbers only rise, so one above the current was written by a
 * command that was cut off before its swap; where there is no current one nobody can tell.
 */
export function wasDeclared(generation: number, current: Pick<Manifest, 'generation'> | null): boolean {
  return current === null || generation <= current.generation;
}
