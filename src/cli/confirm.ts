import { createInterface } from 'node:readline/promises';
import { FailureError } from '../errors/failure.ts';
import { printPlanReport } from '../report/plan.ts';
import { createStyle } from '../report/style.ts';
import type { PlanReport } from '../report/values.ts';

/**
 * Shows a plan and asks on the terminal, where only a yes is one. FailureError USAGE where there is no terminal to ask
 * on.
 */
export async function confirmPlan(plan: PlanReport, command: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new FailureError({
      code: 'USAGE',
      message: `gear ${command} would change this host, and there is no terminal to ask on`,
      next: `see what it would do: gear plan …; then: gear ${command} … --yes`,
    });
  }
  const text = printPlanReport(plan, createStyle(process.stderr), { verbose: false });
  process.stderr.write(`${text}\n\n`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question('Do this? [y/N] ');
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}
