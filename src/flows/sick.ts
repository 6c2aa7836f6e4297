import { attempt } from '../errors/failure.ts';
import type { Instance } from '../core/model/instance.ts';
import { mayManage } from '../ports/host.ts';
import type { FlowContext } from './context.ts';

/** So long a list waits for what engines know of checks. */
const boundMs = 1_000;

/**
 * The names of those instances whose check fails by now, as the engine has it: the unit of a check that succeeded once stays
 * active. None of an engine that this user may not ask, or that does not answer soon.
 */
export async function sickInstances(
  { host }: FlowContext,
  ready: readonly Instance[],
): Promise<ReadonlySet<string>> {
  if (ready.length === 0 || !mayManage(await host.facts())) return new Set();
  const bound = AbortSignal.timeout(boundMs);
  const kinds = [...new Set(ready.map(({ engine }) => engine))];
  const asked = kinds.map((kind) =>
    attempt(async () => (await host.engine(kind)).owned(bound)).catch((error: unknown) => {
      // What the bound ended is rejected with its reason, which is no failure of the engine.
      if (error !== bound.reason) throw error;
      return null;
    }),
  );
  const sick = (await Promise.all(asked))
    .flatMap((answer) => (answer?.ok ? answer.value : []))
    .filter((each) => each.running && each.unhealthy);
  return new Set(sick.flatMap(({ labels }) => labels['gear.name'] ?? []));
}
