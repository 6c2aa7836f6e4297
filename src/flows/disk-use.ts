import { attempt, type Result } from '../errors/failure.ts';
import type { EngineKind } from '../core/model/container.ts';
import type { Instance } from '../core/model/instance.ts';
import { paths } from '../core/model/paths.ts';
import { keptGenerations } from '../core/plan/cleaning.ts';
import { volumesOf } from '../core/plan/preparation.ts';
import { listGenerations, readCurrentManifest } from '../observe/manifest.ts';
import type { DiskReport, DiskUse } from '../report/values-of-use.ts';
import { findRemovals } from './clean.ts';
import type { FlowContext } from './context.ts';
import { longText } from './long-text.ts';
import { engineLine } from './engine-command.ts';
import { ownedVolumes } from './owned-volumes.ts';
import { preflight } from './preflight.ts';
import { volumeData } from './volumes.ts';

/** How much of the disk each container holds, what gear itself has, and what `gear clean` would free. */
export async function diskUse(context: FlowContext): Promise<Result<DiskReport>> {
  return attempt(async () => {
    await preflight(context);
    const { files } = context.host;
    const instances = (await readCurrentManifest(files))?.instances ?? [];
    const made = (await ownedVolumes(context)).map(({ engine, volume }) => ({ engine, name: volume }));
    const used = instances.flatMap((each) => volumesOf(each).map((name) => ({ engine: each.engine, name })));
    const [images, layers, volumes, generations, count, removals] = await Promise.all([
      imageSizes(context, instances),
      layerSizes(context, instances),
      volumeSizes(context, [...used, ...made]),
      listGenerations(files),
      files.list(paths.files).then((entries) => entries.length),
      findRemovals(context, keptGenerations).then((found) => found.removals),
    ]);
    const sizes = await folderSizes(context, [paths.generations, paths.files]);
    return {
      containers: instances.map((instance): DiskUse => ({
        name: instance.name,
        engine: instance.engine,
        image: instance.image.reference,
        imageBytes: images.get(imageKey(instance)) ?? null,
        imageSharedWith: instances
          .filter((other) => other !== instance && imageKey(other) === imageKey(instance))
          .map((other) => other.name),
        layerBytes: layers.get(instance.name) ?? null,
        volumes: volumesOf(instance).map((name) => ({
          name,
          bytes: volumes.get(`${instance.engine} ${name}`) ?? null,
        })),
      })),
      unusedVolumes: made
        .filter((each) => !used.some(({ engine, name }) => engine === each.engine && name === each.name))
        .map((each) => ({ ...each, bytes: volumes.get(`${each.engine} ${each.name}`) ?? null })),
      generations: { count: generations.length, bytes: sizes.get(paths.generations) ?? 0 },
      files: { count, bytes: sizes.get(paths.files) ?? 0 },
      clean: { things: removals.length, bytes: removals.reduce((sum, { bytes }) => sum + bytes, 0) },
    };
  });
}

/** An image is stored by each engine for itself. */
function imageKey({ engine, image }: Instance): string {
  return `${engine} ${image.id}`;
}

async function imageSizes(
  context: FlowContext,
  instances: readonly Instance[],
): Promise<ReadonlyMap<string, number>> {
  const distinct = [...new Map(instances.map((each) => [imageKey(each), each]))];
  const sizes = distinct.map(async ([key, { engine, image }]) => {
    const found = await (await context.host.engine(engine)).image(image.id);
    return found === null ? [] : [[key, found.sizeBytes] as const];
  });
  return new Map((await Promise.all(sizes)).flat());
}

/** What containers wrote into themselves, running or not, by the instance. */
async function layerSizes(
  context: FlowContext,
  instances: readonly Instance[],
): Promise<ReadonlyMap<string, number>> {
  const kinds = [...new Set(instances.map(({ engine }) => engine))];
  const found = kinds.map(async (kind) => {
    const owned = await (await context.host.engine(kind)).owned();
    if (owned.length === 0) return [];
    const ids = owned.map(({ id }) => id);
    const inspect = ['container', 'inspect', '--size', '--format', '{{.SizeRw}}', ...ids];
    const text = await longText(context, await engineLine(context, kind, inspect));
    const sizes = text.split('\n').map(Number);
    return owned.map(({ labels }, at) => [labels['gear.name'] ?? '', sizes[at] ?? 0] as const);
  });
  const sums = new Map<string, number>();
  for (const [name, bytes] of (await Promise.all(found)).flat())
    sums.set(name, (sums.get(name) ?? 0) + (Number.isFinite(bytes) ? bytes : 0));
  return sums;
}

/** By engine and name. A volume that is not there, or whose data is elsewhere, has no size. */
async function volumeSizes(
  context: FlowContext,
  volumes: readonly { readonly engine: EngineKind; readonly name: string }[],
): Promise<ReadonlyMap<string, number>> {
  const distinct = [...new Map(volumes.map((each) => [`${each.engine} ${each.name}`, each]))];
  const located = await Promise.all(
    distinct.map(async ([key, volume]) => {
      const data = await attempt(() => volumeData(context, { ...volume, labels: {} }));
      return data.ok ? [[key, data.value.path] as const] : [];
    }),
  );
  const folders = located.flat();
  const sizes = await folderSizes(
    context,
    folders.map(([, path]) => path),
  );
  return new Map(
    folders.flatMap(([key, path]) => {
      const bytes = sizes.get(path);
      return bytes === undefined ? [] : [[key, bytes] as const];
    }),
  );
}

/** What du(1) counts, in bytes; a folder that is not there is not in it. */
async function folderSizes(
  context: FlowContext,
  folders: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (folders.length === 0) return new Map();
  const text = await longText(context, ['du', '-skx', '--', ...folders]);
  return new Map(
    text.split('\n').flatMap((line) => {
      const [, kilobytes, path] = /^(\d+)\t(.+)$/.exec(line) ?? [];
      return path === undefined ? [] : [[path, Number(kilobytes) * 1024] as const];
    }),
  );
}
