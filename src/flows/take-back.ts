import { attempt, type Failure } from '../errors/failure.ts';
import { interrupted } from '../errors/interrupted.ts';
import type { Instance } from '../core/model/instance.ts';
import { readyUnitName, unitName } from '../core/model/unit-names.ts';
import type { AppNetwork } from '../core/model/network.ts';
import type { Observed } from '../core/plan/observed.ts';
import { isAwaiting } from '../core/plan/actions.ts';
import { instanceOf } from '../core/plan/subject.ts';
import { noWishes } from '../core/plan/wishes.ts';
import type { Outcome } from '../apply/execute.ts';
import type { FlowContext } from './context.ts';
import type { Carried } from './left-over.ts';
import { carryOut, type Desire, planChange, type Planned } from './planning.ts';
import { toldOnce } from './told-once.ts';

/**
 * After a failure: the named instances go back to what they were (or go, where they are new), and their app's networks
 * with them; everything else stays. A new generation, by an ordinary plan. Returns the failures that led here and those
 * of going back.
 */
export async function takeBack(
  context: FlowContext,
  planned: Planned,
  outcome: Outcome,
  names: ReadonlySet<string>,
  deadlineMs: number,
): Promise<readonly Failure[]> {
  const failures = rootLast(planned, outcome);
  const made = planned.plan.operations.flatMap((each) =>
    each.kind === 'volume.ensure' && planned.tools.madeVolumes.has(each.volume) && names.has(each.instance)
      ? [{ engine: each.engine, volume: each.volume, instance: each.instance }]
      : [],
  );
  const result = await attempt(async () => {
    const back = await planChange(
      { ...context, command: `${context.command} (taken back)` },
      {
        names: [...names],
        engines: [
          ...new Set(planned.desire.desired.filter(({ name }) => names.has(name)).map((each) => each.engine)),
        ],
        networks: planned.tools.networks.length > 0,
        wait: true,
        timeoutMs: 0,
        checked: false,
        desire: (observed) => Promise.resolve(goBack(planned, names, observed, made)),
      },
      deadlineMs + goingBackMs,
    );
    return carryOut(context, back, 'erase');
  });
  const backFailures = result.ok ? failuresOf(result.value) : result.failures;
  if (backFailures.length > 0) return toldOnce([...failures, ...backFailures.map(asSecond)]);
  if (!wasSwapped(outcome)) return toldOnce(failures);
  return toldOnce(failures).map((failure) => asTakenBack(failure, planned));
}

/** All that is not as it was before. */
function failuresOf({ failed, leftOver, interrupted }: Carried): readonly Failure[] {
  return [
    ...failed.flatMap((each) => each.failures),
    ...leftOver,
    ...(interrupted ? [interruptedFailure] : []),
  ];
}

/** What others wait for comes first in a plan, and last among the failures: its last lines explain the others. */
function rootLast({ plan }: Planned, { failed }: Outcome): readonly Failure[] {
  const order = new Map(plan.operations.map((each, index) => [each, index]));
  return failed
    .toSorted((a, b) => (order.get(b.operation) ?? 0) - (order.get(a.operation) ?? 0))
    .flatMap((each) => each.failures);
}

/** Time that going back has beyond the command's own. */
const goingBackMs = 120_000;

function goBack(
  planned: Planned,
  names: ReadonlySet<string>,
  observed: Observed,
  made: Desire['wishes']['eraseVolumes'],
): Desire {
  const before = byName(planned.observed.manifest?.instances ?? []);
  const present = byName(observed.manifest?.instances ?? []);
  const tried = planned.tools.instances;
  // Where somebody else changed it meanwhile, theirs stands.
  const ours = new Set([...names].filter((name) => tried.get(name)?.hash === present.get(name)?.hash));
  const desired = [
    ...[...present.values()].filter((instance) => !ours.has(instance.name)),
    ...[...ours].flatMap((name) => before.get(name) ?? []),
  ];
  const acted = new Set(
    planned.plan.operations.flatMap((each) =>
      each.kind.startsWith('unit.') ? (instanceOf(each) ?? []) : [],
    ),
  );
  const touched = new Set([...names].filter((name) => !isOnlyAwaited(planned, name)));
  const start = new Set(
    [...ours].filter((name) => acted.has(name) && touched.has(name) && before.get(name)?.hold === null),
  );
  return {
    desired,
    networks: networksBack(planned, observed, ours),
    environments: new Map(),
    wishes: { ...noWishes, touched, start, eraseVolumes: made },
  };
}

function networksBack(
  planned: Planned,
  observed: Observed,
  ours: ReadonlySet<string>,
): readonly AppNetwork[] {
  const instances = [...(planned.observed.manifest?.instances ?? []), ...planned.desire.desired];
  const apps = new Set(instances.filter((each) => ours.has(each.name)).map((each) => each.app));
  const others = (observed.manifest?.networks ?? []).filter(({ app }) => !apps.has(app));
  return [...others, ...(planned.observed.manifest?.networks ?? []).filter(({ app }) => apps.has(app))];
}

function byName(instances: readonly Instance[]): ReadonlyMap<string, Instance> {
  return new Map(instances.map((each) => [each.name, each]));
}

/** Whether the new set was declared already when something failed. */
export function wasSwapped(outcome: Outcome): boolean {
  const past = new Set(['retire', 'reload', 'act', 'ready']);
  return outcome.failed.some((each) => past.has(each.operation.stage));
}

function asTakenBack(failure: Failure, planned: Planned): Failure {
  if (failure.code !== 'START_FAILED') return failure;
  const before = planned.observed.manifest?.instances.find((each) => each.name === failure.subject);
  const isNew = before === undefined;
  if (isOnlyAwaited(planned, failure.subject)) return failure;
  const what = isNew ? 'it was removed again' : 'what ran before runs again';
  const taken = { ...failure, code: 'TAKEN_BACK', message: `${failure.message}; ${what}` } as const;
  const [line, named = ''] = /gear logs (\S+)$/.exec(failure.next) ?? [];
  if (line === undefined || (planned.observed.manifest?.instances ?? []).some(({ name }) => name === named))
    return taken;
  // gear knows no container of that name any more; the journal keeps what it said.
  const journal = `journalctl --unit ${unitName(named)} --unit ${readyUnitName(named)}`;
  return { ...taken, next: failure.next.replace(line, journal) };
}

/** What an earlier command changed is this one's only to wait for, and not to take back. */
function isOnlyAwaited({ plan }: Planned, instance: string | undefined): boolean {
  const own = plan.operations.filter((each) => instanceOf(each) === instance);
  return own.length > 0 && own.every(isAwaiting);
}

const interruptedFailure = interrupted(
  'not all is as it was before',
  'see what is declared now: gear status; the next change finishes the work',
);

function asSecond(failure: Failure): Failure {
  return { ...failure, message: `while going back: ${failure.message}` };
}
