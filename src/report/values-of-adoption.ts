import type { EngineKind } from '../core/model/container.ts';

/** A container that is to be gear's, or is now. */
export interface AdoptedContainer {
  readonly name: string;
  readonly engine: EngineKind;
  /** What the engine called it. */
  readonly from: string;
  readonly unit: string;
  /** The unit that ran it before; null where there was none. */
  readonly formerUnit: string | null;
  /** It is stopped and made anew; else the same process goes on. */
  readonly restarts: boolean;
  readonly pid: number;
  /** The timer that started it at its times, stopped and disabled: gear's own does from now on; absent: there is none. */
  readonly timer?: string;
  /** What is otherwise than before, for people. */
  readonly notes: readonly string[];
}

/** `gear adopt`. */
export interface AdoptReport {
  readonly containers: readonly AdoptedContainer[];
  /** Containers of the descriptor that did not run, and are started; absent: nothing was to be. */
  readonly started?: readonly string[];
  /** What was found beside them and stays as it is, with why. */
  readonly left?: readonly string[];
  readonly declined: boolean;
}

/** `gear release`. */
export interface ReleaseReport {
  readonly name: string;
  readonly container: string;
  readonly restart: string;
}
