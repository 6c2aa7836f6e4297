import type { ContainerRequest, Environment } from '../../model/container.ts';
import type { Path, SourceFile } from '../document.ts';
import { instanceName } from '../../model/instance-name.ts';
import type { Findings } from './findings.ts';
import type { AppInput } from './schema.ts';

/** What a descriptor refers to in the place where it lies. */
export interface NativeContext {
  /** The absolute path of the descriptor's folder, which paths in it are relative to. */
  readonly directory: string;
  /** What variables without a value take theirs from. */
  readonly environment: Environment;
  /** The files that `referencedFiles` names, by absolute path. */
  readonly files: ReadonlyMap<string, SourceFile>;
}

/** What the parts of a descriptor are lowered with. */
export interface Scope {
  readonly app: string;
  readonly input: AppInput;
  readonly context: NativeContext;
  readonly findings: Findings;
  /** How many copies of each container there are. */
  readonly counts: ReadonlyMap<string, number>;
  /** The container that each full name is a copy of. */
  readonly owners: ReadonlyMap<string, string>;
  /** Names of top-level networks and volumes that have no usable form, which are not missed as well. */
  readonly pruned: readonly Path[];
}

/** The full names of a container: of all its copies. */
export function instancesOf(
  { app, counts }: Pick<Scope, 'app' | 'counts'>,
  container: string,
): readonly string[] {
  return copiesOf(counts.get(container) ?? 1).map((copy) =>
    instanceName(copy === undefined ? { app, container } : { app, container, copy }),
  );
}

/** The numbers of so many copies; a single one has none. */
export function copiesOf(count: number): readonly ContainerRequest['copy'][] {
  return count === 1 ? [undefined] : Array.from({ length: count }, (_, index) => index + 1);
}
