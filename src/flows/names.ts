import { FailureError } from '../errors/failure.ts';
import type { Instance } from '../core/model/instance.ts';
import type { Manifest } from '../core/model/manifest.ts';
import { resolveNames } from '../core/model/resolve-name.ts';
import { readCurrentManifest } from '../observe/manifest.ts';
import type { FlowContext } from './context.ts';

/**
 * The instances that a person named, in that order, by their own name or that of their app; all of them when none is
 * named. FailureError NAME_UNKNOWN.
 */
export async function namedInstances(
  context: FlowContext,
  given: readonly string[],
): Promise<{ readonly manifest: Manifest | null; readonly instances: readonly Instance[] }> {
  const manifest = await readCurrentManifest(context.host.files);
  const known = manifest?.instances ?? [];
  if (given.length === 0) return { manifest, instances: known };
  const single = new Set(known.map((each) => each.name));
  const words = given.flatMap((word) => (single.has(word) ? [word] : expandApp(word, known)));
  const names = resolveNames(words, known);
  if (!names.ok) throw new FailureError(...names.failures);
  return { manifest, instances: names.value.flatMap((name) => known.filter((each) => each.name === name)) };
}

/** As namedInstances, for what must never mean all: of no name there is none. */
export async function givenInstances(
  context: FlowContext,
  given: readonly string[],
): Promise<readonly Instance[]> {
  return given.length === 0 ? [] : (await namedInstances(context, given)).instances;
}

/** The names of an app's instances; the word itself where it is no app's name. */
export function expandApp(
  word: string,
  known: readonly { readonly name: string; readonly app: string }[],
): readonly string[] {
  const names = known.filter((each) => each.app === word).map((each) => each.name);
  return names.length === 0 ? [word] : names;
}

/** `web`, `shop.web`, or `web` for all its copies web-1, web-2 … */
export function isNamed(name: string, given: readonly string[]): boolean {
  const short = name.slice(name.indexOf('.') + 1);
  return [name, short, short.replace(/-\d+$/, '')].some((each) => given.includes(each));
}
