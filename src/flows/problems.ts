import type { Instance } from '../core/model/instance.ts';
import { paths } from '../core/model/paths.ts';
import { systemctl } from '../core/model/systemctl.ts';
import { unitName } from '../core/model/unit-names.ts';
import { unmetWords } from '../core/model/unmet.ts';
import { isOfForm } from '../core/model/container-name.ts';
import { bootLinkPaths, unitLinks } from '../core/plan/links.ts';
import type { ObservedLinks } from '../core/plan/observed.ts';
import type { EngineContainer } from '../ports/engine.ts';
import type { UnitState } from '../ports/systemd.ts';
import type { LastRun, ListRow, StatusRow } from '../report/values.ts';

/** What a container in trouble, and one that is well, look like from here. */
export interface Seen {
  readonly instance: Instance;
  readonly state: UnitState;
  readonly links: ObservedLinks;
  /** Containers of the engine that carry its name; null when it did not answer, undefined when it was not asked. */
  readonly containers: readonly EngineContainer[] | null | undefined;
  readonly nowMs: number;
  /** An interrupted command left it with old files. */
  readonly waitsForReload: boolean;
  /** Whether the timer of a scheduled one runs. */
  readonly isScheduled: boolean;
  /** Whether systemd has a job to start it that is not done yet. */
  readonly isStarting?: boolean;
  readonly job?: LastRun;
  readonly schedule?: NonNullable<ListRow['schedule']>;
}

type Problem = StatusRow['problems'][number];

/** So many automatic restarts are a crash loop rather than a hiccup. */
const loopRestarts = 3;
/** RestartMaxDelaySec= of the units. */
const longestBackOffMs = 60_000;

/** What is not as declared, each with what to type. Empty when all is well. */
export function findProblems(seen: Seen, row: ListRow): readonly Problem[] {
  const { schedule, state } = seen;
  // Nothing of Docker runs without dockerd, which is to be told first and alone.
  if (seen.containers === null && state.activeState !== 'active') return formProblems(seen);
  const runs = schedule === undefined ? runProblems(seen, row) : scheduleProblems(seen, schedule, row);
  return [
    ...runs,
    ...reloadProblems(seen),
    ...formProblems(seen),
    ...linkProblems(seen),
    ...dropInProblems(seen),
  ];
}

function runProblems(seen: Seen, row: ListRow): readonly Problem[] {
  const { instance, state } = seen;
  const { name } = instance;
  if (instance.hold !== null) {
    const { untilMs } = instance.hold;
    if (untilMs !== undefined && untilMs < seen.nowMs) {
      return [{ message: 'the time that it was held for is over', next: `gear unhold ${name}` }];
    }
    return state.activeState === 'active'
      ? [
          {
            message: `it is held, but runs: somebody started ${row.unit}`,
            next: `gear start ${name}, or gear stop ${name}`,
          },
        ]
      : [];
  }
  if (row.unmet !== undefined) {
    const message = `it does not run: ${unmetWords(row.unmet)}`;
    return [{ message, next: `gear start ${name}, once that is so` }];
  }
  // Since systemd 254 also `auto-restart-queued`.
  const waits = state.subState.startsWith('auto-restart');
  const last = exitWords(state.execMainCode, state.execMainStatus);
  if (waits && state.restarts === 0) {
    return [{ message: `it ended (${last}), and systemd starts it again`, next: `gear logs ${name}` }];
  }
  if (waits || (state.restarts >= loopRestarts && !runsForLong(seen))) {
    const message = `crash loop: restarted ${String(state.restarts)} times, last ${last}`;
    return [{ message, next: `gear logs ${name}` }];
  }
  if (state.activeState === 'active' && row.ready === false) {
    return [{ message: 'it runs, but its health check does not pass', next: `gear logs ${name}` }];
  }
  if (state.activeState === 'active' || state.activeState === 'activating' || seen.isStarting === true)
    return [];
  if (state.activeState === 'inactive' && state.result === 'success' && state.activeEnterMs > 0) {
    // Docker's containers stop with dockerd, and come back with it.
    return instance.spec.restart === 'always' && seen.containers !== null
      ? [{ message: `somebody stopped ${row.unit}`, next: `gear start ${name}` }]
      : [];
  }
  return [{ message: `it does not run (${state.activeState}, ${state.result})`, next: `gear start ${name}` }];
}

/** Between its runs a scheduled container is down, and well. */
function scheduleProblems(
  { instance, state, isScheduled }: Seen,
  { last }: NonNullable<ListRow['schedule']>,
  row: ListRow,
): readonly Problem[] {
  const { name, hold } = instance;
  return [
    ...(isScheduled || hold !== null
      ? []
      : [{ message: 'its timer does not run, so nothing starts it', next: `gear start ${name}` }]),
    ...(last.result === 'skipped' && row.unmet !== undefined
      ? [
          {
            message: `its last run was skipped: ${unmetWords(row.unmet)}`,
            next: `to run it now, once that is so: ${systemctl(`start ${unitName(name)}`)}`,
          },
        ]
      : []),
    ...(last.result === 'failed'
      ? [
          {
            message: `its last run failed: ${exitWords(state.execMainCode, state.execMainStatus)}`,
            next: `gear logs ${name}; to run it now: systemctl start ctr-${name}.service`,
          },
        ]
      : []),
  ];
}

function reloadProblems({ instance, waitsForReload }: Seen): readonly Problem[] {
  if (!waitsForReload) return [];
  const { name } = instance;
  return [{ message: 'it runs with older files than declared', next: `gear restart ${name}` }];
}

/** Between two crashes of a loop it runs, too; longer than the longest back-off means that it has recovered. */
function runsForLong({ state, nowMs }: Seen): boolean {
  return state.activeState === 'active' && nowMs - state.stateChangeMs > longestBackOffMs;
}

function exitWords(code: number, status: number): string {
  if (code === 1) return `exit status ${String(status)}`;
  return code === 0 ? 'before its process started' : `signal ${String(status)}`;
}

/** An interrupted change leaves an old form running; the label of the container tells. */
function formProblems({ instance, state, containers }: Seen): readonly Problem[] {
  if (containers === undefined) return [];
  if (containers === null) {
    return [
      {
        message: `${instance.engine} did not answer, its containers were not looked at`,
        next:
          instance.engine === 'docker'
            ? 'systemctl start docker; why it does not run: journalctl -u docker -n 50'
            : 'podman info',
      },
    ];
  }
  const running = containers.filter((each) => each.running);
  if (running.length > 0 && running.every((each) => each.labels['gear.hash'] !== instance.hash)) {
    return [{ message: 'it runs an older form than declared', next: `gear restart ${instance.name}` }];
  }
  const exists = containers.some(({ name, labels }) =>
    isOfForm(instance, { engine: instance.engine, name, hash: labels['gear.hash'] ?? '' }),
  );
  if (instance.engine === 'docker' && !exists && state.activeState !== 'active') {
    return [
      { message: 'its container is gone; starting makes it again', next: `gear start ${instance.name}` },
    ];
  }
  return [];
}

function linkProblems({ instance, links, state }: Seen): readonly Problem[] {
  const unit = unitLinks(`ctr-${instance.name}.service`);
  const target = links.get(unit.path);
  if (target === '/dev/null' || state.loadState === 'masked') {
    return [
      {
        message: 'its unit is masked',
        next: `systemctl unmask ctr-${instance.name}.service; gear start ${instance.name}`,
      },
    ];
  }
  if (target === undefined) {
    return [{ message: 'its unit was disabled by hand', next: `gear start ${instance.name} mends it` }];
  }
  if (target !== unit.target) {
    return [
      {
        message: `${unit.path} was replaced by something that is not gear's`,
        next: `look at it; rm ${unit.path}; gear start ${instance.name}`,
      },
    ];
  }
  const missing = bootLinkPaths(instance).some((link) => links.get(link.path) !== link.target);
  return missing && instance.hold === null
    ? [
        {
          message: 'it would not start on boot: disabled by hand',
          next: `gear start ${instance.name} mends it`,
        },
      ]
    : [];
}

function dropInProblems({ instance, state }: Seen): readonly Problem[] {
  const own = state.dropInPaths.filter(
    (path) => path.startsWith(`${paths.units}/ctr-`) && path !== paths.notifyDropIn,
  );
  return own.length === 0
    ? []
    : [
        {
          message: `somebody's drop-in changes it: ${own.join(', ')}`,
          next: `systemctl cat ctr-${instance.name}.service`,
        },
      ];
}
