import type { EngineKind } from '../core/model/container.ts';

/** One line of `gear top`. Null for what is not known: it does not run, or the kernel does not count it. */
export interface TopRow {
  readonly name: string;
  readonly engine: EngineKind;
  /** systemd's active and sub state. */
  readonly active: string;
  readonly sub: string;
  readonly held: boolean;
  /** Whether the health check succeeded; null where there is none. */
  readonly ready: boolean | null;
  /** Of one processor: 100 keeps one busy. */
  readonly cpuPercent: number | null;
  readonly memoryBytes: number | null;
  /** Null: no limit. */
  readonly memoryLimitBytes: number | null;
  readonly restarts: number;
  /** Since when it has this state, unix ms. */
  readonly sinceMs: number;
}

/** One container in `gear df`. Null for what could not be measured. */
export interface DiskUse {
  readonly name: string;
  readonly engine: EngineKind;
  readonly image: string;
  /** Of the whole image; layers that images share count for each of them. */
  readonly imageBytes: number | null;
  /** Other containers of the same image, which is on the disk once. */
  readonly imageSharedWith: readonly string[];
  /** What the container wrote beside its volumes: lost with it. */
  readonly layerBytes: number | null;
  readonly volumes: readonly { readonly name: string; readonly bytes: number | null }[];
}

/** `gear df`. */
export interface DiskReport {
  readonly containers: readonly DiskUse[];
  /** Volumes that gear made and no declared container has. */
  readonly unusedVolumes: readonly {
    readonly name: string;
    readonly engine: EngineKind;
    readonly bytes: number | null;
  }[];
  readonly generations: { readonly count: number; readonly bytes: number };
  /** Environments, config files and secrets. */
  readonly files: { readonly count: number; readonly bytes: number };
  /** What `gear clean` would remove now. */
  readonly clean: { readonly things: number; readonly bytes: number };
}
