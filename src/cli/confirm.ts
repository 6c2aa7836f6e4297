import { FailureError } from '../errors/failure.ts';
import { printByHost } from '../report/hosts.ts';
import { printPlanReport } from '../report/plan.ts';
import { createStyle, type Style } from '../report/style.ts';
import type { PlanReport } from '../report/values-of-plans.ts';
import { askYes } from './ask.ts';

/**
 * Shows a plan and asks on the terminal, where only a yes is one. FailureError USAGE where there is no terminal to ask
 * on.
 */
export async function confirmPlan(plan: PlanReport, command: string): Promise<boolean> {
  return askAbout((style) => printPlanReport(plan, style, { verbose: false }), command, 'this host');
}

/** The same for the plans of several hosts: one question for all. */
export async function confirmPlans(
  plans: readonly { readonly host: string; readonly plan: PlanReport }[],
  command: string,
): Promise<boolean> {
  const values = plans.map(({ host, plan }) => ({ host, value: plan }));
  const print = (plan: PlanReport, style: Style): string => printPlanReport(plan, style, { verbose: false });
  const hosts = plans.map(({ host }) => host).join(', ');
  return askAbout((style) => printByHost(values, print, style), command, hosts);
}

async function askAbout(print: (style: Style) => string, command: string, where: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new FailureError({
      code: 'USAGE',
      message: `gear ${command} would change ${where}, and there is no terminal to ask on`,
      next: `see what it would do: gear plan …; then: gear ${command} … --yes`,
    });
  }
  process.stderr.write(`${print(createStyle(process.stderr))}\n\n`);
  return askYes('Do this?');
}
