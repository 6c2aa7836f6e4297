import type { ChosenHost } from '../core/model/choose-hosts.ts';
import type { Confirm } from '../flows/apply.ts';
import type { PlanReport } from '../report/values-of-plans.ts';
import { confirmPlan, confirmPlans } from './confirm.ts';
import { isHere } from './targets.ts';

type Together = <T>(host: string, work: (confirm: Confirm) => Promise<T>) => Promise<T>;

/**
 * One question for all hosts: it is asked once every host has a plan, or has ended without one. What is returned runs
 * the work of one host; what is answered holds for all that wait.
 */
export function confirmTogether(hosts: readonly ChosenHost[], command: string): Together {
  const awaited = new Set(hosts.map(({ label }) => label));
  const plans = new Map<string, PlanReport>();
  let answer = (_given: Promise<boolean>): void => undefined;
  const answered = new Promise<boolean>((resolve) => (answer = resolve));
  const arrived = (host: string): void => {
    awaited.delete(host);
    if (awaited.size === 0) answer(ask(hosts, plans, command));
  };
  return async (host, work) => {
    try {
      return await work((plan) => {
        plans.set(host, plan);
        arrived(host);
        return answered;
      });
    } finally {
      // One that has nothing to change, or has failed, keeps nobody waiting.
      if (!plans.has(host)) arrived(host);
    }
  };
}

async function ask(
  hosts: readonly ChosenHost[],
  plans: ReadonlyMap<string, PlanReport>,
  command: string,
): Promise<boolean> {
  const inOrder = hosts.flatMap((host) => {
    const plan = plans.get(host.label);
    return plan === undefined ? [] : [{ host: host.label, plan, here: isHere(host) }];
  });
  const [first] = inOrder;
  if (first === undefined) return false;
  return first.here ? confirmPlan(first.plan, command) : confirmPlans(inOrder, command);
}
