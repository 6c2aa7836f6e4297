import { attempt, type Result } from '../errors/failure.ts';
import type { Hold, Instance } from '../core/model/instance.ts';
import { imagesOf } from '../core/plan/form.ts';
import type { Observed } from '../core/plan/observed.ts';
import { noWishes, type Wishes } from '../core/plan/wishes.ts';
import type { ChangeReport } from '../report/values.ts';
import { changeHost } from './change.ts';
import type { FlowContext } from './context.ts';
import { restoreImage } from './images.ts';
import type { LifecycleInput } from './inputs.ts';
import { givenInstances } from './names.ts';
import { preflight } from './preflight.ts';

interface Lifecycle {
  /** What the hold of a named instance becomes. */
  readonly hold: (instance: Instance) => Hold | null;
  readonly wishes: (names: ReadonlySet<string>, observed: Observed) => Partial<Wishes>;
  /** Whether the named ones are to run afterwards: then a pruned image is fetched first. */
  readonly runs: boolean;
}

/** What start, stop and restart share: the set stays, the hold of the named ones changes. */
export async function changeLifecycle(
  context: FlowContext,
  input: LifecycleInput,
  lifecycle: Lifecycle,
): Promise<Result<ChangeReport>> {
  const prepared = await attempt(async () => {
    await preflight(context);
    const instances = await givenInstances(context, input.names);
    if (lifecycle.runs) {
      await Promise.all(
        instances.flatMap((each) => imagesOf(each).map((image) => restoreImage(context, each.engine, image))),
      );
    }
    return new Set(instances.map((each) => each.name));
  });
  if (!prepared.ok) return prepared;
  const names = prepared.value;
  return changeHost(context, {
    names: [...names],
    engines: [],
    leavesForms: true,
    wait: input.wait,
    timeoutMs: input.timeoutMs,
    desire: (observed) =>
      Promise.resolve({
        desired: (observed.manifest?.instances ?? []).map((each) =>
          names.has(each.name) ? { ...each, hold: lifecycle.hold(each) } : each,
        ),
        environments: new Map(),
        wishes: { ...noWishes, touched: names, ...lifecycle.wishes(names, observed) },
      }),
  });
}
