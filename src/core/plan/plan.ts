import type { Instance } from '../model/instance.ts';
import type { AppSource, Manifest } from '../model/manifest.ts';
import type { AppNetwork } from '../model/network.ts';
import type { DeclaredUnit } from '../render/unit.ts';
import { planActions } from './actions.ts';
import { planCleaning } from './cleaning.ts';
import { type DeclareInput, planDeclaration } from './declaration.ts';
import { networkMoves } from './network-moves.ts';
import type { GenerationNeeds } from './needs.ts';
import type { Observed } from './observed.ts';
import { type Operation, stages } from './operation.ts';
import { planPreparation } from './preparation.ts';
import type { Wishes } from './wishes.ts';

export interface PlanInput extends DeclareInput {
  readonly observed: Observed;
  /** The whole set that the host is to hold. */
  readonly desired: readonly Instance[];
  /** The networks that their apps own. */
  readonly networks: readonly AppNetwork[];
  /** Descriptors of apps, where they are not as before. */
  readonly sources?: ReadonlyMap<string, AppSource> | undefined;
  readonly rendered: ReadonlyMap<string, readonly DeclaredUnit[]>;
  readonly wishes: Wishes;
  /** What the generations need that stay beside the new one; absent: nothing expires. */
  readonly kept?: readonly GenerationNeeds[];
}

/** Ordered operations with reasons, and the manifest they make true (null: the current one stays). */
export interface Plan {
  readonly from: number | null;
  readonly manifest: Manifest | null;
  readonly operations: readonly Operation[];
}

/**
 * Compares what is declared, what is desired and what was observed. Same input, same plan; nothing that gear does not
 * own is ever removed; what an interrupted command left is finished, because it too is a difference.
 */
export function planChanges(asked: PlanInput): Plan {
  const moved = networkMoves(asked.observed, asked.networks);
  const input = moved.size === 0 ? asked : { ...asked, wishes: { ...asked.wishes, moved } };
  const declaration = planDeclaration(input);
  const operations = [
    ...planPreparation(input),
    ...declaration.operations,
    ...planActions(input),
    ...planCleaning(input, declaration.manifest),
  ];
  const order = new Map(stages.map((stage, index) => [stage, index]));
  return {
    from: input.observed.manifest?.generation ?? null,
    manifest: declaration.manifest,
    operations: operations.toSorted((a, b) => (order.get(a.stage) ?? 0) - (order.get(b.stage) ?? 0)),
  };
}

/** The stable text form: one line an operation. Tests compare it, people read it. */
export function printPlan(plan: Plan): string {
  return plan.operations.map((each) => `${each.kind} ${each.subject}: ${each.reason}\n`).join('');
}
