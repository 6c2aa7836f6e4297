import { attempt, type Failure, FailureError, type Result } from '../errors/failure.ts';
import type { Outcome } from '../apply/execute.ts';
import type { ChangeReport } from '../report/values.ts';
import type { Observed } from '../core/plan/observed.ts';
import { inOrder } from '../errors/in-order.ts';
import { appsWithLostPorts, blamedApp, failedApps, touchedOf } from './blame.ts';
import { awaitReady, whileFinding, wishesLeft } from './change.ts';
import type { FlowContext } from './context.ts';
import { finish } from './finish.ts';
import { locked } from './locked.ts';
import { carryOut, type Change, type Desire, planFrom, type Planned } from './planning.ts';
import { preflight } from './preflight.ts';
import { reportChange } from './report-change.ts';
import { observeEarly, observeFor, type Snapshot } from './snapshot.ts';
import { stopIfInterrupted } from './stop-if-interrupted.ts';
import { takeBack, wasSwapped } from './take-back.ts';

/** Apps that are not changed, each with why. */
export type HeldBack = ReadonlyMap<string, readonly Failure[]>;

/** A change of several apps, of which none is to suffer from another's failure. */
export interface AppsChange extends Omit<Change, 'desire'> {
  /** The names of the containers that each app is to have, and those that it has. */
  readonly apps: ReadonlyMap<string, ReadonlySet<string>>;
  /** What is desired when the apps held back stay as they are. */
  readonly desire: (observed: Observed, heldBack: HeldBack) => Promise<Desire>;
  /** Called once, with the plan, before anything is done; may refuse it with a FailureError. */
  readonly agree?: (planned: Planned) => void;
  /** Called when it is agreed to, before the first operation; may be called again. */
  readonly begin?: () => Promise<void>;
}

/** A plan, and the apps that are no part of it. */
export interface PlannedApps {
  readonly planned: Planned;
  readonly heldBack: HeldBack;
}

/** Plans what can be: an app that may not be changed as asked is held back, and the others are planned without it. */
export async function planApps(
  context: FlowContext,
  change: AppsChange,
  before: HeldBack,
  deadlineMs: number,
  seen?: Snapshot,
): Promise<PlannedApps> {
  let heldBack = before;
  // Planning changes nothing, so one snapshot serves every try.
  const snapshot = seen ?? (await observeFor(context, change));
  for (;;) {
    const held = heldBack;
    const desire = (of: Observed): Promise<Desire> => change.desire(of, held);
    const planned = await attempt(() => planFrom(context, { ...change, desire }, snapshot, deadlineMs));
    if (planned.ok) return { planned: planned.value, heldBack };
    heldBack = withBlamed(change, heldBack, planned.failures);
    if (heldBack.size === held.size) throw new FailureError(...planned.failures);
  }
}

function withBlamed(change: AppsChange, heldBack: HeldBack, failures: readonly Failure[]): HeldBack {
  const more = new Map(heldBack);
  for (const failure of failures) {
    const app = blamedApp(failure, change.apps);
    if (app !== null && !heldBack.has(app)) more.set(app, [...(more.get(app) ?? []), failure]);
  }
  return more;
}

/**
 * Changes apps as changeHost changes containers, and each for itself: one that may not be changed is left as it is; one
 * that fails goes back whole; the others are applied. The report holds the failures.
 */
export async function changeApps(
  context: FlowContext,
  change: AppsChange,
  before: HeldBack,
): Promise<Result<ChangeReport>> {
  return carryThrough(context, change.timeoutMs, async (deadlineMs) => {
    await preflight(context);
    return locked(context, (inner) => act(inner, change, before, deadlineMs));
  });
}

/** What apps are asked of the host, and which of them cannot be, known only when something is found. */
export interface LookedAt {
  readonly change: AppsChange;
  readonly heldBack: HeldBack;
}

/**
 * As changeApps. It looks while the lock is taken and the host is observed, of which each takes as long. `look` fetches
 * nothing, and is null when something has to be; then `fetch` does, which may take minutes, without the lock.
 */
export async function changeAppsLooking(
  context: FlowContext,
  scope: Omit<Change, 'desire'>,
  look: () => Promise<LookedAt | null>,
  fetch: () => Promise<LookedAt>,
): Promise<Result<ChangeReport>> {
  return carryThrough(context, scope.timeoutMs, async (deadlineMs) => {
    // Of a host that is far away systemd answers when it has long been looked at. What it forbids is told first.
    const checked = preflight(context);
    const acting = whileFinding(context, look, async (inner, looking) => {
      const [looked, snapshot] = await Promise.all([
        looking,
        observeEarly(inner, () => Promise.resolve(scope)),
      ]);
      await checked;
      return looked === null ? null : act(inner, looked.change, looked.heldBack, deadlineMs, snapshot);
    });
    const [, acted] = await inOrder(checked, acting);
    if (acted !== null) return acted;
    const { change, heldBack } = await fetch();
    return locked(context, (inner) => act(inner, change, heldBack, deadlineMs));
  });
}

async function carryThrough(
  context: FlowContext,
  timeoutMs: number,
  begin: (deadlineMs: number) => Promise<Acted>,
): Promise<Result<ChangeReport>> {
  return attempt(async () => {
    const deadlineMs = context.clock.passedMs() + timeoutMs;
    const acted = await begin(deadlineMs);
    const { change } = acted;
    const heldBack = new Map(acted.heldBack);
    const leftOver = [...acted.leftOver];
    const isMeant = (name: string): boolean => !touchedOf(acted.planned, new Set(heldBack.keys())).has(name);
    if (acted.waits) {
      const outcome = await awaitReady(context, acted.planned, isMeant);
      await locked(context, async (inner) => {
        for (const [app, failures] of await goBack(inner, acted.planned, outcome, deadlineMs)) {
          heldBack.set(app, failures);
        }
        // Its failures are told beside those of the apps, of which each has come to an end by then.
        const done = await attempt(() => finish(inner, wishesLeft(acted.planned, heldBack), deadlineMs));
        leftOver.push(...(done.ok ? done.value : done.failures));
      });
    }
    const left = touchedOf(acted.planned, new Set(heldBack.keys()));
    const all = await reportChange(acted.planned, change.names);
    const report = { ...all, instances: all.instances.filter(({ name }) => !left.has(name)) };
    const failures = [...heldBack.values(), leftOver].flat();
    return failures.length === 0 ? report : { ...report, left: [...heldBack.keys()], failures };
  });
}

interface Acted extends PlannedApps {
  readonly change: AppsChange;
  readonly waits: boolean;
  readonly leftOver: readonly Failure[];
}

/** Acts until what is left of the apps has been acted on: an app that fails before the swap is left out of the next try. */
async function act(
  context: FlowContext,
  change: AppsChange,
  before: HeldBack,
  deadlineMs: number,
  snapshot?: Snapshot,
): Promise<Acted> {
  let heldBack = before;
  let seen = snapshot;
  for (;;) {
    const { planned, heldBack: held } = await planApps(context, change, heldBack, deadlineMs, seen);
    seen = undefined;
    // What is left after a failure is a part of what was agreed to.
    if (heldBack === before) change.agree?.(planned);
    if (planned.plan.operations.length > 0) await change.begin?.();
    const waits = change.wait && planned.plan.operations.some((each) => each.stage === 'ready');
    const outcome = await carryOut(context, planned, waits || !change.wait ? 'act' : 'erase');
    stopIfInterrupted(context, outcome);
    const failed = await goBack(context, planned, outcome, deadlineMs);
    heldBack = new Map([...held, ...failed]);
    if (outcome.failed.length === 0 || wasSwapped(outcome))
      return { change, planned, heldBack, waits, leftOver: outcome.leftOver };
  }
}

/**
 * Takes back the apps that failed, and those that took a port from one of them; returns each with why. FailureError when it
 * was not an app's own failure.
 */
async function goBack(
  context: FlowContext,
  planned: Planned,
  outcome: Outcome,
  deadlineMs: number,
): Promise<HeldBack> {
  if (outcome.failed.length === 0) return new Map();
  const failed = failedApps(planned, outcome);
  const losers: HeldBack =
    failed === null || !wasSwapped(outcome) ? new Map() : appsWithLostPorts(planned, failed);
  const apps = failed === null ? null : new Set([...failed, ...losers.keys()]);
  const names = apps === null ? planned.desire.wishes.touched : touchedOf(planned, apps);
  const failures = await takeBack(context, planned, outcome, names, deadlineMs);
  if (apps === null || names.size === 0) throw new FailureError(...failures);
  const ofApp = new Map([...apps].map((app): [string, Failure[]] => [app, [...(losers.get(app) ?? [])]]));
  const [first] = apps;
  for (const failure of failures) {
    const owner = [...apps].find((app) => touchedOf(planned, new Set([app])).has(failure.subject ?? ''));
    ofApp.get(owner ?? first ?? '')?.push(failure);
  }
  return ofApp;
}
