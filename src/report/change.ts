import { plain } from './plain.ts';
import { inScope } from './scope-words.ts';
import type { Style } from './style.ts';
import type { ChangedInstance, ChangeReport } from './values.ts';

/** One line a container, and below it what differs. */
export function printChange(report: ChangeReport, style: Style): string {
  if (report.declined === true) return 'Nothing was changed.';
  const shown = summarise(report.instances);
  return shown.instances
    .flatMap((instance) => [
      `${style.bold(instance.name)} ${paint(instance, style)}`,
      ...instance.changes.map((line) => `  ${plain(line)}`),
      ...instance.warnings.map((line) => style.warn(`  ${plain(inScope(line))}`)),
    ])
    .concat(shown.unchanged === 0 ? [] : [style.dim(`${String(shown.unchanged)} more unchanged`)])
    .concat(backLines(report).map(style.dim))
    .concat((report.left ?? []).map((app) => style.bad(`${plain(app)} left as it was`)))
    .join('\n');
}

function backLines({ back }: ChangeReport): readonly string[] {
  if (back === undefined) return [];
  const { to, from, name } = back;
  return [
    inScope(
      `as in generation ${String(to)}; to undo that: gear rollback ${plain(name)} --to ${String(from)}`,
    ),
  ];
}

/** So many containers that nothing happened to are listed by name. */
const fewUnchanged = 5;

function summarise(all: ChangeReport['instances']): {
  readonly instances: ChangeReport['instances'];
  readonly unchanged: number;
} {
  const changed = all.filter(({ result, warnings }) => result !== 'unchanged' || warnings.length > 0);
  const unchanged = all.length - changed.length;
  return unchanged <= fewUnchanged ? { instances: all, unchanged: 0 } : { instances: changed, unchanged };
}

function paint({ result }: ChangedInstance, style: Style): string {
  if (result === 'unchanged') return style.dim(result);
  if (result === 'rewritten') return style.good('unit rewritten, and not restarted');
  if (result === 'skipped') return style.warn('not started');
  if (result === 'failed' || result === 'taken back') return style.bad(result);
  return result === 'held' ? style.warn('held: it stays stopped') : style.good(result);
}
