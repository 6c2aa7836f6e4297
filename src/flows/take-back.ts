import { attempt, type Failure, FailureError } from '../errors/failure.ts';
import type { Instance } from '../core/model/instance.ts';
import type { Observed } from '../core/plan/observed.ts';
import { noWishes } from '../core/plan/wishes.ts';
import type { Outcome } from '../apply/execute.ts';
import type { FlowContext } from './context.ts';
import { carryOut, type Desire, planChange, type Planned } from './planning.ts';

/**
 * After a failure: each instance that failed goes back to what it was (or goes, when it is new); what succeeded stays.
 * A new generation, by an ordinary plan. Always throws: the failures that led here, and how going back went.
 */
export async function takeBack(
  context: FlowContext,
  planned: Planned,
  outcome: Outcome,
  deadlineMs: number,
): Promise<never> {
  const failures = outcome.failed.flatMap((each) => each.failures);
  const failedNames = namesToTakeBack(planned, outcome);
  const made = planned.plan.operations.flatMap((each) =>
    each.kind === 'volume.ensure' &&
    planned.tools.madeVolumes.has(each.volume) &&
    failedNames.has(each.instance)
      ? [{ engine: each.engine, volume: each.volume, instance: each.instance }]
      : [],
  );
  const result = await attempt(async () => {
    const back = await planChange(
      { ...context, command: `${context.command} (taken back)` },
      {
        names: [...failedNames],
        engines: [...new Set(planned.desire.desired.map((each) => each.engine))],
        wait: true,
        timeoutMs: 0,
        checked: false,
        desire: (observed) => Promise.resolve(goBack(planned, failedNames, observed, made)),
      },
      deadlineMs + goingBackMs,
    );
    return carryOut(context, back, 'erase');
  });
  const backFailures = result.ok ? result.value.failed.flatMap((each) => each.failures) : result.failures;
  if (backFailures.length > 0) throw new FailureError(...failures, ...backFailures.map(asSecond));
  const running = wasSwapped(outcome) ? [...failedNames].filter((name) => !isNew(planned, name)) : [];
  throw new FailureError(
    ...failures.map((failure) => (wasSwapped(outcome) ? asTakenBack(failure, running) : failure)),
  );
}

/** Time that going back has beyond the command's own. */
const goingBackMs = 120_000;

function goBack(
  planned: Planned,
  failed: ReadonlySet<string>,
  observed: Observed,
  made: Desire['wishes']['eraseVolumes'],
): Desire {
  const before = new Map(planned.observed.manifest?.instances.map((each) => [each.name, each]));
  const tried = planned.tools.instances;
  const desired = (observed.manifest?.instances ?? []).flatMap((instance): readonly Instance[] => {
    // Somebody else changed it meanwhile: theirs stands.
    if (!failed.has(instance.name) || tried.get(instance.name)?.hash !== instance.hash) return [instance];
    const old = before.get(instance.name);
    return old === undefined ? [] : [old];
  });
  const start = new Set([...failed].filter((name) => before.get(name)?.hold === null));
  return {
    desired,
    environments: new Map(),
    wishes: { ...noWishes, touched: failed, start, eraseVolumes: made },
  };
}

function namesToTakeBack(planned: Planned, outcome: Outcome): ReadonlySet<string> {
  const changed = new Set(planned.desire.wishes.touched);
  if (!wasSwapped(outcome)) return changed;
  return new Set(
    outcome.failed.flatMap(({ operation }) =>
      'instance' in operation && changed.has(operation.instance) ? [operation.instance] : [],
    ),
  );
}

function wasSwapped(outcome: Outcome): boolean {
  const past = new Set(['retire', 'reload', 'act', 'ready', 'clean', 'erase']);
  return outcome.failed.some((each) => past.has(each.operation.stage));
}

function isNew(planned: Planned, name: string): boolean {
  return planned.observed.manifest?.instances.some((each) => each.name === name) !== true;
}

function asTakenBack(failure: Failure, running: readonly string[]): Failure {
  if (failure.code !== 'START_FAILED') return failure;
  const subject = failure.subject ?? '';
  const what = running.includes(subject) ? 'what ran before runs again' : 'it was removed again';
  return { ...failure, code: 'TAKEN_BACK', message: `${failure.message}; ${what}` };
}

function asSecond(failure: Failure): Failure {
  return { ...failure, message: `while going back: ${failure.message}` };
}
