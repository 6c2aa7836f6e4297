import type { ReadApp } from '../core/descriptor/checks/read-app.ts';
import type { Loss } from '../core/descriptor/foreign/loss.ts';
import type { AppRequest } from '../core/model/app.ts';
import type { EngineKind } from '../core/model/container.ts';
import type { Hold, ResolvedImage } from '../core/model/instance.ts';
import type { AppSource } from '../core/model/manifest.ts';
import type { Failure } from '../errors/failure.ts';
import type { PullPolicy, WaitOptions } from './inputs.ts';

/** What is asked of apps: by `gear plan` and `gear apply` alike. */
export interface AppsInput {
  readonly apps: readonly AppRequest[];
  /** The same apps with the way back into their texts; absent: mistakes are told by the descriptor's name alone. */
  readonly read?: readonly ReadApp[];
  /** Descriptors that hold mistakes: nothing of them is applied, and the others are. */
  readonly failures: readonly Failure[];
  /** Descriptors that are right by themselves, and are not applied for a failure between them and others. */
  readonly left?: readonly string[];
  /** Where each app is described. */
  readonly sources?: ReadonlyMap<string, AppSource>;
  /** What of files in other formats is only approximated. */
  readonly losses?: readonly Loss[];
  /** What keeps containers stopped that are new here, by name: it came with them from another host. */
  readonly holds?: ReadonlyMap<string, Hold>;
  /** What keeps stopped what a person disabled and stopped; absent: it starts again. */
  readonly holdsDisabled?: Hold;
  /** The very images that names stand for: those that ran on another host. Absent: whatever the name finds. */
  readonly images?: PinnedImages;
  /** For all apps, whatever their descriptors say. */
  readonly engine?: EngineKind;
  readonly pull: PullPolicy;
  /** Short or full names of containers: only they are changed; absent: all, and what left the descriptor goes. */
  readonly only?: readonly string[];
  /** Whether `only` may be about apps of other hosts too; absent: each word has to be a container here. */
  readonly onlySome?: true;
  /** Also delete the volumes of what left the descriptor. */
  readonly pruneVolumes: boolean;
  /** Whether a network that is there, and nobody's of gear, becomes the app's; absent: none does. */
  readonly takesNetwork?: (labels: Readonly<Record<string, string>>, app: string) => boolean;
  /** Whether what is new runs; else it is installed stopped, and what is installed must be stopped already. */
  readonly start: boolean;
}

/** Images by the name under which containers ask for them. */
export interface PinnedImages {
  readonly byName: ReadonlyMap<string, ResolvedImage>;
  /** Whether another image of that name will do, with a warning, where the very one cannot be had. */
  readonly orSimilar: boolean;
}

/** `gear apply`. */
export interface ApplyInput extends AppsInput, WaitOptions {
  /** What was planned before, and is the only thing to be done. */
  readonly expected?: ExpectedPlan;
}

/** A plan that somebody saw: what it started from, and a digest of its operations (null: images were not there yet). */
export interface ExpectedPlan {
  readonly from: number | null;
  readonly digest: string | null;
  /** The form of each container, and the ID of each image by engine and name: they tell what moved. */
  readonly forms: Readonly<Record<string, string>>;
  readonly images: Readonly<Record<string, string>>;
}
