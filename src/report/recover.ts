import { printChange } from './change.ts';
import { plain } from './plain.ts';
import type { Style } from './style.ts';
import type { RecoverReport } from './values.ts';

/** What was recovered, what it lacks, and what is to be done should the dead host come back. */
export function printRecover(report: RecoverReport, dead: string, style: Style): string {
  const change = printChange(report, style);
  if (report.declined === true || report.instances.length === 0) return change;
  const apps = report.apps.filter((app) => report.left?.includes(app) !== true);
  const names = apps.map((app) => `${plain(dead)}/${plain(app)}`).join(' ');
  return [
    change,
    ...report.emptyVolumes.map(({ instance, volume }) =>
      style.warn(`${plain(instance)}: its volume ${plain(volume)} started empty`),
    ),
    style.warn(
      `Should ${plain(dead)} come back, it starts them as well. Then, before all else: gear rm ${names}`,
    ),
  ].join('\n');
}
