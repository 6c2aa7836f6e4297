import type { Failure } from '../../errors/failure.ts';

/** A difference between what is declared and what is there. On purpose: a person did it, and it is left so. */
export interface Drift {
  readonly instance: string;
  readonly reason: string;
  readonly onPurpose: boolean;
}

/** What the controller of `gear watch` tells people. */
export type News =
  | { readonly type: 'invalid'; readonly source: string; readonly failures: readonly Failure[] }
  | { readonly type: 'valid'; readonly source: string }
  | { readonly type: 'lost'; readonly folder: string }
  | { readonly type: 'found'; readonly folder: string }
  | { readonly type: 'absent'; readonly app: string }
  | { readonly type: 'held'; readonly apps: readonly string[] }
  | { readonly type: 'applied'; readonly app: string }
  | { readonly type: 'removed'; readonly app: string }
  | { readonly type: 'mended'; readonly app: string }
  | { readonly type: 'drifted'; readonly app: string; readonly drift: Drift; readonly mends: boolean }
  | {
      readonly type: 'unhealthy';
      readonly app: string;
      readonly instance: string;
      readonly restartInMs: number;
    }
  | {
      readonly type: 'failed';
      readonly app: string;
      readonly failures: readonly Failure[];
      /** Whether it failed for other reasons, or not at all, the time before. */
      readonly isNew: boolean;
      readonly attempts: number;
      readonly retryInMs: number;
    };
