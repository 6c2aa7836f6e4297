import type { ChosenHost } from '../core/model/choose-hosts.ts';
import { mostHosts } from '../flows/on-hosts.ts';
import type { PlanReport } from '../report/values-of-plans.ts';
import { confirmPlan, confirmPlans } from './confirm.ts';
import { confirmText } from './confirm-text.ts';
import { isHere } from './targets.ts';

/** Runs the work of one host, which is given a way to ask. */
type Together<P> = <T>(
  host: string,
  work: (confirm: (plan: P) => Promise<boolean>) => Promise<T>,
) => Promise<T>;

interface HostPlan<P> {
  readonly host: string;
  readonly plan: P;
  /** This machine, which no `--host` named. */
  readonly here: boolean;
}

interface Waiting<P> extends HostPlan<P> {
  readonly answer: (given: Promise<boolean>) => void;
}

/** One question about the plans of all hosts. */
export function confirmTogether(hosts: readonly ChosenHost[], command: string): Together<PlanReport> {
  return askTogether(hosts, ([first, ...others]) =>
    first.here ? confirmPlan(first.plan, command) : confirmPlans([first, ...others], command),
  );
}

/** The same where what would be done is told in text. */
export function confirmTextTogether(hosts: readonly ChosenHost[], command: string): Together<string> {
  return askTogether(hosts, ([first, ...others]) => {
    if (first.here) return confirmText(first.plan, command);
    const all = [first, ...others];
    const text = all.map(({ host, plan }) => plan.replace(/^/gm, `${host}: `)).join('\n');
    const names = all.map(({ host }) => host);
    return confirmText(text, [command, ...names.map((name) => `--host ${name}`)].join(' '), names.join(', '));
  });
}

/**
 * One question for all hosts: it is asked once every host has a plan, or has ended without one, and of very many hosts
 * once as many wait as are worked on at a time. What is answered holds for all that wait.
 */
function askTogether<P>(
  hosts: readonly ChosenHost[],
  ask: (plans: readonly [HostPlan<P>, ...HostPlan<P>[]]) => Promise<boolean>,
): Together<P> {
  const awaited = new Set(hosts.map(({ label }) => label));
  const here = new Set(hosts.filter(isHere).map(({ label }) => label));
  let waiting = new Map<string, Waiting<P>>();
  const arrived = (host: string): void => {
    awaited.delete(host);
    if (awaited.size > 0 && waiting.size < mostHosts) return;
    const inOrder = hosts.flatMap(({ label }) => waiting.get(label) ?? []);
    waiting = new Map();
    const [first, ...others] = inOrder;
    if (first === undefined) return;
    const answer = ask([first, ...others]);
    for (const each of inOrder) each.answer(answer);
  };
  return async (host, work) => {
    try {
      return await work(
        (plan) =>
          new Promise<boolean>((answer) => {
            waiting.set(host, { host, plan, here: here.has(host), answer });
            arrived(host);
          }),
      );
    } finally {
      // One that has nothing to change, or has failed, keeps nobody waiting.
      if (awaited.has(host)) arrived(host);
    }
  };
}
