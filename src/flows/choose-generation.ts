import { FailureError } from '../errors/failure.ts';
import { canonicalJson } from '../core/model/hash.ts';
import type { Instance } from '../core/model/instance.ts';
import type { Manifest } from '../core/model/manifest.ts';
import { standingStages } from '../core/plan/standing.ts';
import type { RollbackInput } from './inputs.ts';

/**
 * The generation that a rollback goes back to: the one that was asked for, else the newest one in which what is meant
 * was different and that no rollback has undone. `manifests` are the kept ones in order. FailureError NO_GENERATION.
 */
export function chooseGeneration(
  { name, to }: RollbackInput,
  manifests: readonly Manifest[],
  isMeant: (instance: Instance) => boolean,
): Manifest {
  if (to !== undefined) {
    const found = manifests.find((each) => each.generation === to);
    if (found !== undefined) return found;
    const kept = manifests.map((each) => String(each.generation)).join(', ');
    const message = `there is no generation ${String(to)}; kept are ${kept || 'none'}`;
    throw noGeneration(message, name, `see what there is: gear history ${name}`);
  }
  const stages = manifests.map((manifest) => ({
    ...{ manifest, generation: manifest.generation, command: manifest.command },
    form: formOf(manifest, name, isMeant),
  }));
  const earlier = standingStages(stages)
    .slice(0, -1)
    .findLast(({ manifest }) => manifest.instances.some(isMeant));
  if (earlier !== undefined) return earlier.manifest;
  const undone = stages.findLast(
    ({ form, manifest }) => form !== stages.at(-1)?.form && manifest.instances.some(isMeant),
  );
  throw undone === undefined
    ? noGeneration(`no kept generation has another form of ${name}`, name, `gear history ${name}`)
    : noGeneration(
        `no kept generation has an earlier form of ${name}`,
        name,
        `gear history ${name}; to what was undone: gear rollback ${name} --to ${String(undone.generation)}`,
      );
}

/** Everything that going back could change. */
function formOf(manifest: Manifest, name: string, isMeant: (instance: Instance) => boolean): string {
  return [
    ...manifest.instances
      .filter(isMeant)
      .map((each) => `${each.name} ${each.hash} ${(each.files ?? []).map(({ hash }) => hash).join(' ')}`),
    ...(manifest.networks ?? []).filter(({ app }) => app === name).map(canonicalJson),
  ].join('\n');
}

function noGeneration(message: string, name: string, next: string): FailureError {
  return new FailureError({ code: 'NO_GENERATION', message, next, subject: name });
}
