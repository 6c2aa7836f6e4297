import type { Manifest } from '../core/model/manifest.ts';
import { wasDeclared } from '../core/model/manifest.ts';
import { keptGenerations } from '../core/plan/cleaning.ts';
import { type GenerationNeeds, needsOfGeneration } from '../core/plan/needs.ts';
import type { Files } from '../ports/files.ts';
import { manifestPath, readManifest } from './manifest.ts';

/**
 * What the generations need that are to be kept beside a new one, read only when one is about to expire: until then
 * nothing has to go, and it is undefined. `keep` asks for fewer.
 */
export async function readKept(
  files: Files,
  generations: readonly number[],
  manifest: Manifest | null,
  keep?: number,
): Promise<readonly GenerationNeeds[] | undefined> {
  // Asked for by name, it is looked at what nothing needs, however few generations there are.
  if (keep === undefined && generations.length < keptGenerations) return undefined;
  const declared = generations.filter((each) => wasDeclared(each, manifest));
  const newest = declared.slice(-(keep ?? keptGenerations));
  const current = manifest === null ? [] : [manifest.generation];
  // The current one last: it is the one that is never dropped.
  const numbers = [...new Set([...newest, ...current])].toSorted((a, b) => a - b);
  const found = await Promise.all(numbers.map((generation) => readNeeds(files, generation)));
  const kept = found.filter((each) => each !== null);
  known = new Map(kept.map((each) => [each.needs.generation, each]));
  return kept.map(({ needs }) => needs);
}

interface Known {
  readonly needs: GenerationNeeds;
  /** Of the manifest's file; null where it was not asked for. */
  readonly signature: string | null;
}

/** A resident watch would read and parse ten of them for each change, which takes longer than its planning. */
let known: ReadonlyMap<number, Known> = new Map();

async function readNeeds(files: Files, generation: number): Promise<Known | null> {
  // Looked at before it is read: what changes meanwhile looks different next time.
  const signature = (await files.signature?.(manifestPath(generation))) ?? null;
  const before = known.get(generation);
  if (signature !== null && before?.signature === signature) return before;
  const manifest = await readManifest(files, generation);
  return manifest === null ? null : { needs: needsOfGeneration(manifest), signature };
}
