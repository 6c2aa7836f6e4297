import type { EngineKind } from '../../../core/model/container.ts';
import type { MemoryEngine } from './engine.ts';

/** A command of an engine in a unit. */
export interface EngineCall {
  readonly engine: MemoryEngine;
  readonly kind: EngineKind;
  /** The container that it runs. */
  readonly name: string;
  /** The words after the engine's command. */
  readonly words: readonly string[];
}
