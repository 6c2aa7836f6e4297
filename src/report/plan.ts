import { plain } from './plain.ts';
import type { Style } from './style.ts';
import type {
  PlannedApp,
  PlannedContainer,
  PlannedNetwork,
  PlannedOperation,
  PlanReport,
} from './values-of-plans.ts';

/** `gear plan`: app by app what becomes of each container and why; with `verbose` each operation too. */
export function printPlanReport(
  report: PlanReport,
  style: Style,
  { verbose }: { readonly verbose: boolean },
): string {
  // Of a folder of apps the ones that change are what a person looks for.
  const quiet = report.apps.length === 1 ? [] : report.apps.filter(isUnchanged);
  const blocks = [
    ...report.apps.filter((app) => !quiet.includes(app)).map((app) => printApp(app, style)),
    ...(quiet.length === 0 ? [] : [style.dim(`= ${apps(quiet.length)} unchanged`)]),
    ...(report.pulls.length === 0
      ? []
      : [report.pulls.map(({ engine, image }) => `pull ${plain(image)} (${engine})`).join('\n')]),
    ...(isHousekeeping(report)
      ? [report.operations.map(({ subject, reason }) => `  ${plain(subject)}: ${plain(reason)}`).join('\n')]
      : []),
    ...(verbose && report.operations.length > 0
      ? [report.operations.map((each) => style.dim(operationLine(each))).join('\n')]
      : []),
    ...(report.units ?? []).map(({ diff }) => paintDiff(diff.trimEnd(), style)),
    summary(report),
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

/** Something is done and no container changes: without its reasons the sum would say nothing. */
function isHousekeeping({ changes, apps: all, pulls }: PlanReport): boolean {
  return changes && pulls.length === 0 && all.every(isUnchanged);
}

function isUnchanged({ containers, networks }: PlannedApp): boolean {
  return networks.length === 0 && containers.every(({ action }) => action === 'unchanged');
}

function apps(count: number): string {
  return count === 1 ? '1 app is' : `${String(count)} apps are`;
}

function operationLine({ kind, subject, reason }: PlannedOperation): string {
  return `${kind} ${plain(subject)}: ${plain(reason)}`;
}

function printApp({ app, source, containers, networks, warning }: PlannedApp, style: Style): string {
  const unchanged = containers.filter(({ action }) => action === 'unchanged').length;
  const shown = containers.filter(({ action }) => action !== 'unchanged');
  return [
    `${style.bold(app)}${source === null ? '' : style.dim(` (${plain(source)})`)}`,
    ...(warning === undefined ? [] : [style.warn(`  ! ${plain(warning)}`)]),
    ...shown.flatMap((container) => printContainer(container, style)),
    ...networks.map((network) => printNetwork(network, style)),
    ...(unchanged === 0 ? [] : [style.dim(`  = ${String(unchanged)} unchanged`)]),
  ].join('\n');
}

function printNetwork({ name, isNew, changes }: PlannedNetwork, style: Style): string {
  if (changes !== undefined) return style.warn(`  ~ network ${plain(name)} is made anew: ${plain(changes)}`);
  return isNew ? style.good(`  + network ${plain(name)}`) : style.bad(`  - network ${plain(name)}`);
}

function printContainer(container: PlannedContainer, style: Style): readonly string[] {
  const { mark, words, paint } = look[container.action];
  const reason = tellsMore(container) ? `: ${plain(container.reason ?? '')}` : '';
  const volumes = container.action === 'removed' && reason === '' ? volumesStay : '';
  return [
    style[paint](`  ${mark} ${container.name} ${words}${volumes}${reason}`),
    ...container.changes.map((line) => `      ${plain(line)}`),
  ];
}

const volumesStay = '; its volumes stay unless --prune-volumes';

/** "new: new" says nothing. */
function tellsMore({ reason }: PlannedContainer): boolean {
  return reason !== null && !['new', 'its form changed', 'no longer declared'].includes(reason);
}

const look: Readonly<
  Record<
    PlannedContainer['action'],
    { readonly mark: string; readonly words: string; readonly paint: 'good' | 'bad' | 'warn' | 'dim' }
  >
> = {
  new: { mark: '+', words: 'is new', paint: 'good' },
  renamed: { mark: '~', words: 'has a new name', paint: 'warn' },
  changed: { mark: '~', words: 'changes', paint: 'warn' },
  restarted: { mark: '~', words: 'restarts', paint: 'warn' },
  reloaded: { mark: '~', words: 'reloads and runs on', paint: 'warn' },
  started: { mark: '~', words: 'starts', paint: 'good' },
  stopped: { mark: '~', words: 'stops', paint: 'warn' },
  rewritten: { mark: '~', words: 'runs on; the text of its unit changes', paint: 'dim' },
  mended: { mark: '~', words: 'is mended', paint: 'dim' },
  removed: { mark: '-', words: 'goes', paint: 'bad' },
  unchanged: { mark: '=', words: 'is unchanged', paint: 'dim' },
};

function summary({ apps, changes }: PlanReport): string {
  if (!changes) return 'Nothing would change.';
  const all = apps.flatMap(({ containers }) => containers);
  const count = (...actions: readonly string[]): number =>
    all.filter(({ action }) => actions.includes(action)).length;
  const parts = [
    [count('new'), 'new'],
    [
      count('renamed', 'changed', 'restarted', 'reloaded', 'started', 'stopped', 'rewritten', 'mended'),
      'changed',
    ],
    [count('removed'), 'removed'],
    [count('unchanged'), 'unchanged'],
  ] as const;
  return `${parts.map(([number, word]) => `${String(number)} ${word}`).join(', ')}.`;
}

function paintDiff(diff: string, style: Style): string {
  return diff
    .split('\n')
    .map((line) => {
      if (line.startsWith('+')) return style.good(plain(line));
      if (line.startsWith('-')) return style.bad(plain(line));
      return line.startsWith('@@') ? style.dim(plain(line)) : plain(line);
    })
    .join('\n');
}
