import type { EngineKind } from '../core/model/container.ts';

/** One line of `gear volume ls`. */
export interface VolumeRow {
  readonly name: string;
  readonly engine: EngineKind;
  /** Declared containers that have it. */
  readonly usedBy: readonly string[];
  /** gear made it. */
  readonly owned: boolean;
  /** A restore into it did not come to its end. */
  readonly interrupted: boolean;
}

/** `gear volume backup`. */
export interface BackupReport {
  readonly volume: string;
  readonly engine: EngineKind;
  /** '-' for stdout. */
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  /** What tar said of files that changed while it read them. */
  readonly warnings: readonly string[];
}

/** `gear volume restore`. */
export interface RestoreReport {
  readonly volume: string;
  readonly engine: EngineKind;
  /** The volume was not there before. */
  readonly made: boolean;
  /** The archive had a checksum, which held; false for an archive that gear did not write. */
  readonly verified: boolean;
}
