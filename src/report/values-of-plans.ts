import type { Failure, Place } from '../errors/failure.ts';
import type { EngineKind } from '../core/model/container.ts';

/** `gear check`: how much was looked at, and everything that is wrong. */
export interface CheckReport {
  readonly apps: number;
  /** Instances: a container with count 3 is three. */
  readonly containers: number;
  readonly failures: readonly Failure[];
  /** What of files in other formats is only approximated; absent: nothing. */
  readonly losses?: readonly ReportedLoss[];
}

/** A key of a file in another format that is not kept as it is. */
export interface ReportedLoss {
  readonly key: string;
  readonly verdict: string;
  readonly words: string;
  readonly place: Place;
}

/** An operation of a plan. */
export interface PlannedOperation {
  readonly kind: string;
  readonly subject: string;
  readonly reason: string;
}

/** What a plan does with one container. `rewritten`: its unit's text changes, and it runs on. */
export interface PlannedContainer {
  readonly name: string;
  readonly action:
    | 'new'
    | 'renamed'
    | 'changed'
    | 'restarted'
    | 'reloaded'
    | 'started'
    | 'stopped'
    | 'removed'
    | 'rewritten'
    | 'mended'
    | 'unchanged';
  /** Why it is acted on; null where it is not. */
  readonly reason: string | null;
  /** What differs from before, one line each, values of the environment and of secrets never among them. */
  readonly changes: readonly string[];
  readonly operations: readonly PlannedOperation[];
}

/** A network that is made, removed, or, with what changes, made anew. */
export interface PlannedNetwork {
  readonly name: string;
  readonly isNew: boolean;
  readonly changes?: string;
}

/** What a plan does with one app. `source` is null for one that no descriptor was given of. */
export interface PlannedApp {
  readonly app: string;
  readonly source: string | null;
  readonly containers: readonly PlannedContainer[];
  readonly networks: readonly PlannedNetwork[];
  /** What is to be thought of before it is done. */
  readonly warning?: string;
}

/** An image that has to be fetched. */
export interface MissingImage {
  readonly engine: EngineKind;
  readonly image: string;
}

/** How the text of a unit changes, as `diff -u` writes it. */
export interface UnitChange {
  readonly unit: string;
  readonly diff: string;
}

/** The value of `gear plan`. */
export interface PlanReport {
  /** The generation that was planned from. */
  readonly from: number | null;
  /** Names the operations; null while images are missing, which decide on some. */
  readonly digest: string | null;
  /** Whether anything would change. */
  readonly changes: boolean;
  readonly apps: readonly PlannedApp[];
  readonly pulls: readonly MissingImage[];
  /** The form of each container, and the ID of each image by engine and name. */
  readonly forms: Readonly<Record<string, string>>;
  readonly images: Readonly<Record<string, string>>;
  readonly operations: readonly PlannedOperation[];
  /** Only where it was asked for. */
  readonly units?: readonly UnitChange[];
  /** Apps that would be left as they are, and why. */
  readonly left?: readonly string[];
  readonly failures?: readonly Failure[];
  /** What of files in other formats is only approximated; absent: nothing. */
  readonly losses?: readonly ReportedLoss[];
}

/**
 * `gear render`: units by name, in the order of their containers. `out` is the folder that they were written to; their
 * texts are there then, and null here.
 */
export interface RenderReport {
  readonly units: readonly { readonly name: string; readonly text: string | null }[];
  readonly out: string | null;
}
