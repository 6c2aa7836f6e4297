import { attempt, type Result } from '../errors/failure.ts';
import { noWishes } from '../core/plan/wishes.ts';
import type { CleanReport, Removal } from '../report/values.ts';
import { changeHost } from './change.ts';
import type { FlowContext } from './context.ts';
import { findLeftovers, type Leftover } from './leftovers.ts';
import { type Change, planChange } from './planning.ts';
import { preflight } from './preflight.ts';

/** `gear clean`. */
export interface CleanInput {
  /** How many generations stay to go back to, the present one among them. */
  readonly keep: number;
  /** Shown what would be removed; a false removes nothing. */
  readonly confirm: (removals: readonly Removal[]) => Promise<boolean>;
}

/** What nothing needs on the host, beside `keep` generations: as a change, as what is left over, and in words. */
export async function findRemovals(
  context: FlowContext,
  keep: number,
): Promise<{
  readonly change: Change;
  readonly leftovers: readonly Leftover[];
  readonly removals: readonly Removal[];
}> {
  const { engines } = await context.host.facts();
  const change: Change = {
    names: [],
    engines,
    networks: true,
    wait: true,
    timeoutMs: 600_000,
    keep,
    desire: (observed) =>
      Promise.resolve({
        desired: observed.manifest?.instances ?? [],
        environments: new Map(),
        wishes: noWishes,
      }),
  };
  const { plan } = await planChange(context, change, context.clock.passedMs());
  const leftovers = await findLeftovers(context, engines, keep);
  const removals: readonly Removal[] = [
    ...plan.operations.map(({ kind, subject, reason }) => ({ kind, subject, reason, bytes: 0 })),
    ...leftovers.map(({ kind, subject, reason, bytes }) => ({
      kind: `${kind}.remove`,
      subject,
      reason,
      bytes,
    })),
  ];
  return { change, leftovers, removals };
}

/**
 * Removes what only gear made and nothing needs: old generations with their files and tags, what interrupted commands
 * left, images that gear fetched. Never a volume, and nothing that a kept generation needs.
 */
export async function cleanHost(
  context: FlowContext,
  { keep, confirm }: CleanInput,
): Promise<Result<CleanReport>> {
  const found = await attempt(async () => {
    await preflight(context);
    const { change, leftovers, removals } = await findRemovals(context, keep);
    const agreed = removals.length === 0 || (await confirm(removals));
    return { change, leftovers, removals, agreed };
  });
  if (!found.ok) return found;
  const { change, leftovers, removals, agreed } = found.value;
  if (!agreed) return { ok: true, value: { removals: [], declined: true } };
  const changed = await changeHost(context, change);
  if (!changed.ok) return changed;
  return attempt(async () => {
    for (const { remove } of leftovers) await remove();
    return { removals, declined: false };
  });
}
