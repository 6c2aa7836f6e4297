import type { Instance } from '../model/instance.ts';
import type { Observed } from './observed.ts';
import type { Operation } from './operation.ts';
import type { Plan } from './plan.ts';
import { instanceOf } from './subject.ts';

/**
 * The plan without what concerns engines that did not answer: nobody knows what they have. The next change that hears
 * them finds the difference and does it.
 */
export function withoutSilent(plan: Plan, observed: Observed, desired: readonly Instance[]): Plan {
  const { silent, manifest } = observed;
  if (silent === undefined) return plan;
  const theirs = new Set(
    [...(manifest?.instances ?? []), ...desired]
      .filter(({ engine }) => silent.has(engine))
      .map(({ name }) => name),
  );
  const isTheirs = (each: Operation): boolean =>
    ('engine' in each && silent.has(each.engine)) || theirs.has(instanceOf(each) ?? '');
  return { ...plan, operations: plan.operations.filter((each) => !isTheirs(each)) };
}
