import { plain } from './plain.ts';
import type { Style } from './style.ts';
import type { ChangedInstance, ChangeReport } from './values.ts';

/** One line a container, and below it what differs. */
export function printChange(report: ChangeReport, style: Style): string {
  return report.instances
    .flatMap((instance) => [
      `${style.bold(instance.name)} ${paint(instance, style)}`,
      ...instance.changes.map((line) => `  ${plain(line)}`),
      ...instance.warnings.map((line) => style.warn(`  ${plain(line)}`)),
    ])
    .join('\n');
}

function paint({ result }: ChangedInstance, style: Style): string {
  if (result === 'unchanged') return style.dim(result);
  if (result === 'failed' || result === 'taken back') return style.bad(result);
  return result === 'held' ? style.warn('held: it stays stopped') : style.good(result);
}
