/** What an image says about how it runs. */
export interface ImageConfig {
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly user: string;
  readonly environment: readonly string[];
  /** Absolute paths of VOLUME. */
  readonly volumes: readonly string[];
  /** As Docker's Healthcheck.Test: [] none given, ['NONE'], ['CMD', …] or ['CMD-SHELL', line]; times in ms, 0 when unset. */
  readonly health: {
    readonly test: readonly string[];
    readonly intervalMs: number;
    readonly timeoutMs: number;
    readonly retries: number;
    readonly startPeriodMs: number;
  } | null;
  readonly labels: Readonly<Record<string, string>>;
}

/** The ID of an image that is not there yet. */
export const unknownImageId = `sha256:${'0'.repeat(64)}`;

/** What is taken of an image that is not at hand: a host alone could tell. */
export const unknownImageConfig: ImageConfig = {
  entrypoint: [],
  command: [],
  user: '',
  environment: [],
  volumes: [],
  health: null,
  labels: {},
};
