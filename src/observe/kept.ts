import type { Manifest } from '../core/model/manifest.ts';
import { wasDeclared } from '../core/model/manifest.ts';
import { sha256Hex } from '../core/model/sha256.ts';
import { keptGenerations } from '../core/plan/cleaning.ts';
import { type GenerationNeeds, needsOfGeneration } from '../core/plan/needs.ts';
import type { Files } from '../ports/files.ts';
import { parseManifest, readManifestBytes } from './manifest.ts';

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
  known = new Map(kept.map(({ digest, needs }) => [digest, needs]));
  return kept.map(({ needs }) => needs);
}

/** By the digest of a manifest's file: a resident watch would parse ten of them for each change, which takes longer than its planning. */
let known: ReadonlyMap<string, GenerationNeeds> = new Map();

async function readNeeds(
  files: Files,
  generation: number,
): Promise<{ readonly digest: string; readonly needs: GenerationNeeds } | null> {
  const found = await readManifestBytes(files, generation);
  if (found === null) return null;
  const digest = sha256Hex(found.bytes);
  return { digest, needs: known.get(digest) ?? needsOfGeneration(parseManifest(found.bytes, found.path)) };
}
