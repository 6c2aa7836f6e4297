import type { Manifest } from '../core/model/manifest.ts';
import type { Observed } from '../core/plan/observed.ts';
import { keptGenerations } from '../core/plan/cleaning.ts';
import { readManifest } from '../observe/manifest.ts';
import type { Files } from '../ports/files.ts';

/**
 * The manifests of the generations to keep beside a new one, read only when one is about to expire: until then nothing
 * has to go. `keep` asks for fewer.
 */
export async function keptManifests(
  files: Files,
  observed: Observed,
  keep?: number,
): Promise<{ readonly kept?: readonly Manifest[] }> {
  // Asked for by name, it is looked at what nothing needs, however few generations there are.
  if (keep === undefined && observed.generations.length < keptGenerations) return {};
  const newest = observed.generations.slice(-(keep ?? keptGenerations));
  const current = observed.manifest === null ? [] : [observed.manifest.generation];
  // The current one last: it is the one that is never dropped.
  const numbers = [...new Set([...newest, ...current])].toSorted((a, b) => a - b);
  const manifests = await Promise.all(numbers.map((generation) => readManifest(files, generation)));
  return { kept: manifests.filter((manifest) => manifest !== null) };
}
