import { attempt, FailureError, type Result } from '../errors/failure.ts';
import { formName } from '../core/model/container-name.ts';
import type { Instance } from '../core/model/instance.ts';
import { paths } from '../core/model/paths.ts';
import { noWishes } from '../core/plan/wishes.ts';
import { listGenerations, readCurrentManifest, readManifest } from '../observe/manifest.ts';
import type { ChangeReport } from '../report/values.ts';
import { changeHost } from './change.ts';
import type { FlowContext } from './context.ts';
import { namedInstances } from './names.ts';
import { preflight } from './preflight.ts';

/** `gear eject`. */
export interface EjectInput {
  /** All containers when none is named. */
  readonly names: readonly string[];
  /** Shown what leaves where all do; a false leaves everything as it is. */
  readonly confirm: (leaving: readonly string[]) => Promise<boolean>;
}

/**
 * Gives the named containers out of gear's hands, all of them when none is named: their units become plain files,
 * nothing restarts, and with the last one gear's own state goes. Tags of the form gear.local/… stay: without them the
 * next prune could take an image away from a unit that names it by ID.
 */
export async function eject(
  context: FlowContext,
  { names, confirm }: EjectInput,
): Promise<Result<ChangeReport>> {
  const prepared = await attempt(async () => {
    await preflight(context);
    if (await wasCutOff(context)) return null;
    const { instances } = await namedInstances(context, names);
    await refuseAdopted(context, instances);
    const found = instances.map((each) => each.name);
    const asks = names.length === 0 && found.length > 0;
    return { leaving: new Set(found), agreed: !asks || (await confirm(found)) };
  });
  if (!prepared.ok) return prepared;
  if (prepared.value?.agreed === false)
    return { ok: true, value: { generation: null, instances: [], declined: true } };
  const leaving = prepared.value?.leaving ?? new Set<string>();
  const leave = prepared.value === null;
  if (leaving.size === 0 && !leave) return { ok: true, value: { generation: null, instances: [] } };
  return changeHost(context, {
    names: [...leaving],
    engines: [],
    wait: true,
    timeoutMs: 60_000,
    desire: (observed) =>
      Promise.resolve({
        desired: (observed.manifest?.instances ?? []).filter((each) => !leaving.has(each.name)),
        environments: new Map(),
        wishes: { ...noWishes, eject: leaving, leave },
      }),
  });
}

/** Whether an earlier eject let the last container go and ended before gear's own state was gone. */
async function wasCutOff({ host }: FlowContext): Promise<boolean> {
  const newest = (await listGenerations(host.files)).at(-1);
  if (newest === undefined) return false;
  // The link goes before the generations.
  const manifest = (await readCurrentManifest(host.files)) ?? (await readManifest(host.files, newest));
  return manifest?.instances.length === 0 && /^eject\b/.test(manifest.command);
}

/** Without gear's record nobody would know whose an adopted container is. */
async function refuseAdopted({ host }: FlowContext, instances: readonly Instance[]): Promise<void> {
  const records = new Set((await host.files.list(paths.adopted)).map(({ name }) => name));
  const adopted = instances.filter((each) => records.has(formName(each)));
  if (adopted.length === 0) return;
  throw new FailureError(
    ...adopted.map(({ name }) => ({
      code: 'UNSUPPORTED' as const,
      message: `${name} was adopted, and its container is still the one that was there before gear`,
      next: `give it back: gear release ${name}; or have it made anew first: gear set ${name} --label adopted=no`,
      subject: name,
    })),
  );
}
