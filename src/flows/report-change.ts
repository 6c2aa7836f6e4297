import { attempt } from '../errors/failure.ts';
import type { Environment } from '../core/model/container.ts';
import type { Instance } from '../core/model/instance.ts';
import { unitName } from '../core/model/unit-names.ts';
import { unmetWords } from '../core/model/unmet.ts';
import { differences } from '../core/plan/differences.ts';
import type { Operation } from '../core/plan/operation.ts';
import { readEnvironment } from '../apply/environment-store.ts';
import type { ChangedInstance, ChangeReport } from '../report/values.ts';
import type { Planned } from './planning.ts';
import { hasOtherText } from './render-desired.ts';
import { findSkipped } from './skipped.ts';

/** What became of each instance that the command named, and of any other that was touched on the way. */
export async function reportChange(planned: Planned, names: readonly string[]): Promise<ChangeReport> {
  const touched = planned.plan.operations.flatMap((each) =>
    'instance' in each && each.stage === 'act' ? [each.instance] : [],
  );
  const concerned = new Set(
    planned.plan.operations.flatMap((each) => ('instance' in each ? [each.instance] : [])),
  );
  const known = new Set(planned.observed.manifest?.instances.map(({ name }) => name));
  // What was held back before anything of it was made is told by its failure alone.
  const all = [...new Set([...names, ...touched])].filter(
    (name) => known.has(name) || planned.tools.instances.has(name) || concerned.has(name),
  );
  const skipped = await skippedOf(planned, all);
  return {
    generation: planned.plan.manifest?.generation ?? null,
    instances: await Promise.all(
      all.map(async (name) => withUnmet(await reportInstance(planned, name), skipped.get(name))),
    ),
  };
}

/** Those that systemd did not start for their conditions. What was done stands, also where it cannot be asked any more. */
async function skippedOf(
  { tools }: Planned,
  names: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (!tools.wait) return new Map();
  const instances = names.flatMap((name) => tools.instances.get(name) ?? []);
  const found = await attempt(async () => findSkipped(await tools.host.systemd(), instances));
  return found.ok ? found.value : new Map();
}

const startsOnly: readonly ChangedInstance['result'][] = ['started', 'restarted', 'mended'];

function withUnmet(instance: ChangedInstance, unmet: readonly string[] | undefined): ChangedInstance {
  if (unmet === undefined) return instance;
  const { name, result, warnings } = instance;
  const warning = `${name} does not run: ${unmetWords(unmet)}; once that is so: gear start ${name}`;
  return {
    ...instance,
    result: startsOnly.includes(result) ? 'skipped' : result,
    warnings: [...warnings, warning],
  };
}

async function reportInstance(planned: Planned, name: string): Promise<ChangedInstance> {
  const before = planned.observed.manifest?.instances.find((each) => each.name === name);
  const after = planned.tools.instances.get(name);
  const changes =
    before === undefined ||
    after === undefined ||
    (before.hash === after.hash && !isRewritten(planned, after))
      ? []
      : differences(before, after, {
          before: await environmentIn(planned, before),
          after: await environmentIn(planned, after),
        });
  return {
    name,
    unit: unitName(name),
    result: resultOf(planned, before, after),
    changes,
    warnings: warningsOf(after),
  };
}

function resultOf(
  planned: Planned,
  before: Instance | undefined,
  after: Instance | undefined,
): ChangedInstance['result'] {
  if (after === undefined) {
    return planned.desire.wishes.eject.has(before?.name ?? '') ? 'ejected' : 'removed';
  }
  const name = after.name;
  const acts = planned.plan.operations.filter(
    (each) => 'instance' in each && each.instance === name && each.stage === 'act',
  );
  const did = (kind: Operation['kind']): boolean => acts.some((each) => each.kind === kind);
  if (before === undefined) return after.hold === null ? 'installed' : 'held';
  if (before.hash !== after.hash) return after.hold === null ? 'updated' : 'held';
  if (did('unit.reload')) return 'reloaded';
  if (did('unit.stop') || (before.hold === null && after.hold !== null)) return 'stopped';
  const { operations } = planned.plan;
  const quiesced = operations.some(
    (each) => each.kind === 'unit.stop' && each.stage === 'quiesce' && each.instance === name,
  );
  if (planned.desire.wishes.restart.has(name) || (quiesced && did('unit.start'))) return 'restarted';
  if (did('unit.start') || did('unit.restart')) {
    return planned.desire.wishes.start.has(name) ? 'started' : 'mended';
  }
  const touched = operations.some(
    (each) => each.kind === 'link.make' && each.path.endsWith(`/${unitName(name)}`),
  );
  if (after.hold !== null) return 'held';
  if (touched) return 'mended';
  return isRewritten(planned, after) ? 'rewritten' : 'unchanged';
}

/** Whether a unit of the instance has another text than the present one. */
export function isRewritten({ rendered, observed }: Planned, { name }: Instance): boolean {
  return hasOtherText(observed, rendered, name);
}

function warningsOf(after: Instance | undefined): readonly string[] {
  if (after === undefined || after.hold === null) return [];
  return [`${after.name} stays stopped (${after.hold.by}); to start it: gear start ${after.name}`];
}

/** The values of an instance's environment, from this command or from the host. For comparing, never to be shown. */
export async function environmentIn(planned: Planned, instance: Instance): Promise<Environment> {
  const hash = instance.environmentFile;
  if (hash === null) return {};
  return (
    planned.tools.environments.get(hash) ?? (await readEnvironment(planned.tools.host.files, hash)) ?? {}
  );
}
