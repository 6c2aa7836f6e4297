import { attempt, FailureError, type Result } from '../errors/failure.ts';
import { noWishes } from '../core/plan/wishes.ts';
import type { AdoptReport } from '../report/values-of-adoption.ts';
import { adoptedRecord, areUndeclared, giveBack, settle, takeName } from './adopted-container.ts';
import { changeHost } from './change.ts';
import { carriedThrough } from './carried-through.ts';
import type { FlowContext } from './context.ts';
import { askEngine } from './engine-command.ts';
import { type AdoptedAs, type Candidate, examine } from './examine-container.ts';
import { disableUnit, enableUnit, letGoOfClient } from './let-go.ts';
import { keepOffered } from './offered-key.ts';
import { orTell } from './or-tell.ts';
import { preflight } from './preflight.ts';

/** `gear adopt`. */
export interface AdoptInput extends AdoptedAs {
  readonly containers: readonly string[];
  /** Shown what would be done; a false does nothing. */
  readonly confirm: (plan: AdoptReport) => Promise<boolean>;
  readonly timeoutMs: number;
}

/**
 * Makes containers that run gear's own. One of Docker goes on as it is, with the same process: it is renamed, and its
 * unit attaches to it. One of Podman is made anew, because its unit has to be its parent; that is said first. Volumes
 * stay. What does not come through is given back as it was.
 */
export async function adoptContainers(context: FlowContext, input: AdoptInput): Promise<Result<AdoptReport>> {
  const prepared = await attempt(async () => {
    await preflight(context);
    const offered = await context.host.offerSecretKey();
    const { key } = offered;
    const candidates = await Promise.all(
      input.containers.map((container) => examine(context, input, { container, key })),
    );
    return {
      candidates,
      offered,
      agreed: await input.confirm({ containers: candidates.map(({ plan }) => plan), declined: false }),
    };
  });
  if (!prepared.ok) return prepared;
  const { candidates, offered, agreed } = prepared.value;
  if (!agreed) return { ok: true, value: { containers: [], declined: true } };
  const kept = await attempt(() => keepOffered(context, offered));
  if (!kept.ok) return kept;
  for (const candidate of candidates) {
    const done = await (candidate.instance.engine === 'docker'
      ? adoptRunning(context, input, candidate)
      : adoptAnew(context, input, candidate));
    if (!done.ok) return done;
  }
  return { ok: true, value: { containers: candidates.map(({ plan }) => plan), declined: false } };
}

/** Docker: the very container, renamed, becomes the form that the unit attaches to. */
export async function adoptRunning(
  context: FlowContext,
  input: Pick<AdoptInput, 'unit' | 'timeoutMs'>,
  candidate: Candidate,
): Promise<Result<null>> {
  const record = adoptedRecord(candidate.instance, candidate);
  const done = await attempt(async () => {
    await takeName(context, record);
    const changed = await declare(carriedThrough(context), input, candidate);
    if (!changed.ok) throw new FailureError(...changed.failures);
    if (input.unit !== undefined) {
      await letGoOfClient(context, input.unit);
      await disableUnit(context, input.unit);
    }
    await settle(context, record);
    return null;
  });
  if (done.ok) return done;
  if (await areUndeclared(context, [candidate.instance.name])) await giveBack(context, record);
  // What is left to do is told, and for somebody's hands.
  else await orTell(context, candidate.instance.name, () => settle(context, record));
  return done;
}

/** Podman: the old container ends, the new one has its volumes; the old one goes when the new one runs. */
async function adoptAnew(
  context: FlowContext,
  input: AdoptInput,
  candidate: Candidate,
): Promise<Result<null>> {
  const { id, formerName } = candidate;
  const ask = (what: string, args: readonly string[]): Promise<string> =>
    askEngine(context, 'podman', what, args);
  const changed = await attempt(async () => {
    if (input.unit === undefined) await ask(`stop ${formerName}`, ['stop', id]);
    else await disableUnit(context, input.unit);
    const declared = await declare(carriedThrough(context), input, candidate);
    if (!declared.ok) throw new FailureError(...declared.failures);
  });
  if (!changed.ok) {
    const { unit } = input;
    if (await areUndeclared(context, [candidate.instance.name]))
      await orTell(context, formerName, () =>
        unit === undefined ? ask(`start ${formerName} again`, ['start', id]) : enableUnit(context, unit),
      );
    return changed;
  }
  // Gone already, where its unit removed it. Without --volumes, since they hold data.
  await attempt(() => ask(`remove ${formerName}`, ['rm', '--ignore', id]));
  return { ok: true, value: null };
}

async function declare(
  context: FlowContext,
  { timeoutMs }: Pick<AdoptInput, 'timeoutMs'>,
  { instance, environment }: Candidate,
): Promise<Result<unknown>> {
  const { environmentFile } = instance;
  return changeHost(context, {
    names: [instance.name],
    engines: [instance.engine],
    wait: true,
    timeoutMs,
    desire: (observed) =>
      Promise.resolve({
        desired: [
          ...(observed.manifest?.instances ?? []).filter(({ name }) => name !== instance.name),
          instance,
        ],
        environments: environmentFile === null ? new Map() : new Map([[environmentFile, environment]]),
        // Its container runs, so a unit of its name that was stopped before is to start all the same.
        wishes: { ...noWishes, touched: new Set([instance.name]), start: new Set([instance.name]) },
      }),
  });
}
