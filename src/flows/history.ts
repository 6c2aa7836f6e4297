import { attempt, type Result } from '../errors/failure.ts';
import { hasSameFiles } from '../core/plan/form.ts';
import type { Manifest } from '../core/model/manifest.ts';
import { readCurrentManifest, readDeclared } from '../observe/manifest.ts';
import type { HistoryRow } from '../report/values.ts';
import type { FlowContext } from './context.ts';
import { namedInstances } from './names.ts';

/** The kept generations, newest first; with a name only those in which that container or app changed. */
export async function history(context: FlowContext, name?: string): Promise<Result<readonly HistoryRow[]>> {
  return attempt(async () => {
    const { files } = context.host;
    const current = await readCurrentManifest(files);
    const manifests = await readDeclared(files, current);
    const names = name === undefined ? null : await namesOf(context, manifests, name);
    return manifests
      .map((manifest, index) => {
        const oldest = index === 0 && manifest.generation > 1;
        const before = oldest ? manifest : manifests[index - 1];
        return { manifest, oldest, changes: changesOf(before, manifest, names) };
      })
      .filter(
        ({ manifest, oldest, changes }) =>
          changes.length > 0 || names === null || (oldest && has(manifest, names)),
      )
      .map(({ manifest, oldest, changes }) => ({
        generation: manifest.generation,
        current: manifest.generation === current?.generation,
        createdMs: manifest.createdMs,
        command: manifest.command,
        by: manifest.by,
        gear: manifest.gear,
        changes,
        ...(oldest ? { oldest } : {}),
      }))
      .toReversed();
  });
}

function has({ instances }: Manifest, names: ReadonlySet<string>): boolean {
  return instances.some((each) => names.has(each.name));
}

/** The instances meant by the name of one, or of an app; also of what was removed since. */
async function namesOf(
  context: FlowContext,
  manifests: readonly Manifest[],
  name: string,
): Promise<ReadonlySet<string>> {
  const everyone = manifests.flatMap((manifest) => manifest.instances);
  const meant = everyone.filter((each) => each.name === name || each.app === name);
  if (meant.length > 0) return new Set(meant.map((each) => each.name));
  const { instances } = await namedInstances(context, [name]);
  return new Set(instances.map((each) => each.name));
}

function changesOf(
  before: Manifest | undefined,
  after: Manifest,
  names: ReadonlySet<string> | null,
): readonly string[] {
  const old = new Map(before?.instances.map((each) => [each.name, each]));
  const kept = new Set(after.instances.map((each) => each.name));
  const changed = after.instances.flatMap((each): readonly (readonly [string, string])[] => {
    const other = old.get(each.name);
    if (other === undefined) return [[each.name, `+${each.name}`]];
    if (other.image.id !== each.image.id) return [[each.name, `~${each.name} (image)`]];
    if (other.hash !== each.hash) return [[each.name, `~${each.name}`]];
    if (!hasSameFiles(other, each)) return [[each.name, `~${each.name} (files)`]];
    if (other.spec.schedule !== each.spec.schedule) return [[each.name, `~${each.name} (schedule)`]];
    if ((other.hold === null) === (each.hold === null)) return [];
    return [[each.name, `~${each.name} (${each.hold === null ? 'started' : 'held'})`]];
  });
  const removed = [...old.keys()]
    .filter((name) => !kept.has(name))
    .map((name) => [name, `-${name}`] as const);
  return [...changed, ...removed].flatMap(([name, text]) =>
    names === null || names.has(name) ? [text] : [],
  );
}
