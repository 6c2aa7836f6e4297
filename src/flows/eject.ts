import { attempt, type Result } from '../errors/failure.ts';
import { noWishes } from '../core/plan/wishes.ts';
import type { ChangeReport } from '../report/values.ts';
import { changeHost } from './change.ts';
import type { FlowContext } from './context.ts';
import { namedInstances } from './names.ts';
import { preflight } from './preflight.ts';

/**
 * Gives the named containers out of gear's hands, all of them when none is named: their units become plain files,
 * nothing restarts, and with the last one gear's own state goes. Tags of the form gear.local/… stay: without them the
 * next prune could take an image away from a unit that names it by ID.
 */
export async function eject(context: FlowContext, names: readonly string[]): Promise<Result<ChangeReport>> {
  const prepared = await attempt(async () => {
    await preflight(context);
    const { instances } = await namedInstances(context, names);
    return new Set(instances.map((each) => each.name));
  });
  if (!prepared.ok) return prepared;
  const leaving = prepared.value;
  if (leaving.size === 0) return { ok: true, value: { generation: null, instances: [] } };
  return changeHost(context, {
    names: [...leaving],
    engines: [],
    wait: true,
    timeoutMs: 60_000,
    desire: (observed) =>
      Promise.resolve({
        desired: (observed.manifest?.instances ?? []).filter((each) => !leaving.has(each.name)),
        environments: new Map(),
        wishes: { ...noWishes, eject: leaving },
      }),
  });
}
