import type { EngineKind } from '../core/model/container.ts';

/**
 * How a container's image stands to what its registry has under the name now. `pinned`: the name is a digest, which always
 * means the same; `local`: it came from no registry; `unknown`: the registry did not tell, or the engine cannot ask it.
 */
export type ImageAge = 'current' | 'outdated' | 'pinned' | 'local' | 'unknown';

/** A line of `gear outdated`. */
export interface OutdatedRow {
  readonly name: string;
  readonly engine: EngineKind;
  readonly image: string;
  readonly age: ImageAge;
}
