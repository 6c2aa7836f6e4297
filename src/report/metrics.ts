import type { WatchState } from './watch-state.ts';

interface Metric {
  readonly name: string;
  readonly type: 'gauge' | 'counter';
  readonly help: string;
  readonly samples: readonly { readonly labels?: Readonly<Record<string, string>>; readonly value: number }[];
}

/** The state of a watch in the text format of Prometheus, version 0.0.4 (docs/topics/metrics.md names each). */
export function printMetrics(state: WatchState): string {
  return metricsOf(state).map(printMetric).join('');
}

/** Every metric, for the text and for its documentation. */
export function metricsOf({ version, sinceMs, apps, counters, ...state }: WatchState): readonly Metric[] {
  const states = new Map<string, number>();
  for (const { state: word } of apps) states.set(word, (states.get(word) ?? 0) + 1);
  const one = (value: number): Metric['samples'] => [{ value }];
  return [
    gauge('gear_watch_info', 'The version of gear that watches', [{ labels: { version }, value: 1 }]),
    gauge('gear_watch_start_time_seconds', 'When it began, in unix seconds', one(sinceMs / 1000)),
    gauge(
      'gear_watch_apps',
      'Apps by state',
      [
        'applied',
        'waiting',
        'applying',
        'fetching',
        'mending',
        'removing',
        'failed',
        'invalid',
        'adrift',
        'absent',
        'held',
      ].map((word) => ({ labels: { state: word }, value: states.get(word) ?? 0 })),
    ),
    gauge('gear_watch_invalid_files', 'Files with mistakes', [
      { value: state.strays.length + (states.get('invalid') ?? 0) },
    ]),
    gauge('gear_watch_lost_folders', 'Folders that are gone or empty', one(state.lost.length)),
    gauge('gear_watch_waiting_apps', 'Apps that wait for a change', one(state.waiting)),
    gauge(
      'gear_watch_drift',
      'Differences between what is declared and what is there',
      [true, false].map((onPurpose) => ({
        labels: { on_purpose: String(onPurpose) },
        value: apps.flatMap(({ drift }) => drift).filter((each) => each.onPurpose === onPurpose).length,
      })),
    ),
    counter('gear_watch_applied_total', 'Apps that were applied', one(counters.applied)),
    counter(
      'gear_watch_failed_total',
      'Attempts to apply, mend or remove an app that failed',
      one(counters.failed),
    ),
    counter('gear_watch_mended_total', 'Apps that were mended', one(counters.mended)),
    counter('gear_watch_removed_total', 'Apps that were removed', one(counters.removed)),
    counter('gear_watch_drifted_total', 'Differences that were found', one(counters.drifted)),
    counter('gear_watch_restarted_total', 'Restarts for a failed health check', one(counters.restarted)),
    counter('gear_watch_changes_total', 'Changes of the host that applied something', one(counters.changes)),
    counter('gear_watch_change_seconds_total', 'Time that these changes took', one(counters.changeMs / 1000)),
  ];
}

function gauge(name: string, help: string, samples: Metric['samples']): Metric {
  return { name, type: 'gauge', help, samples };
}

function counter(name: string, help: string, samples: Metric['samples']): Metric {
  return { name, type: 'counter', help, samples };
}

function printMetric({ name, type, help, samples }: Metric): string {
  const lines = samples.map(({ labels = {}, value }) => {
    const pairs = Object.entries(labels).map(([key, text]) => `${key}="${escapeLabel(text)}"`);
    return `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${String(value)}\n`;
  });
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`;
}

function escapeLabel(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
