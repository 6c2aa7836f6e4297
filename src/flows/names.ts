import { FailureError } from '../errors/failure.ts';
import type { Instance } from '../core/model/instance.ts';
import type { Manifest } from '../core/model/manifest.ts';
import { resolveNames } from '../core/model/resolve-name.ts';
import { readCurrentManifest } from '../observe/manifest.ts';
import type { FlowContext } from './context.ts';

/** The instances that a person named, in that order; all of them when none is named. FailureError NAME_UNKNOWN. */
export async function namedInstances(
  context: FlowContext,
  given: readonly string[],
): Promise<{ readonly manifest: Manifest | null; readonly instances: readonly Instance[] }> {
  const manifest = await readCurrentManifest(context.host.files);
  const known = manifest?.instances ?? [];
  if (given.length === 0) return { manifest, instances: known };
  const names = resolveNames(given, known);
  if (!names.ok) throw new FailureError(...names.failures);
  return { manifest, instances: names.value.flatMap((name) => known.filter((each) => each.name === name)) };
}
