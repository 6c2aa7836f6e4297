import type { CheckReport } from './values-of-plans.ts';

/** One line where all is well; what is wrong is printed as any failure is. */
export function printCheck({ apps, containers }: CheckReport): string {
  return `ok: ${counted(apps, 'app')}, ${counted(containers, 'container')}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
