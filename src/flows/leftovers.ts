import type { EngineKind } from '../core/model/container.ts';
import { keepTagPrefix } from '../core/model/keep-tag.ts';
import { paths } from '../core/model/paths.ts';
import { imagesOf } from '../core/plan/form.ts';
import { readCurrentManifest, readDeclared } from '../observe/manifest.ts';
import { attempt } from '../errors/failure.ts';
import type { FlowContext } from './context.ts';
import { askEngine } from './engine-command.ts';
import { isBeingSent, unlessSent } from './locked.ts';
import { pulledMarks, type PulledMark } from './pulled-images.ts';

/** Something that gear brought to a host, beside what its generations name, and that nothing needs. */
export interface Leftover {
  readonly kind: 'container' | 'image' | 'parcel';
  readonly subject: string;
  readonly reason: string;
  readonly bytes: number;
  readonly remove: () => Promise<void>;
}

/** How many generations are to stay, the newest ones; none of them: all that gear brought goes. */
export async function findLeftovers(
  context: FlowContext,
  engines: readonly EngineKind[],
  keep: number,
): Promise<readonly Leftover[]> {
  const { files } = context.host;
  const declared = await readDeclared(files, await readCurrentManifest(files));
  const needed = new Set(
    declared
      .slice(Math.max(0, declared.length - keep))
      .flatMap(({ instances }) => instances)
      .flatMap((instance) => imagesOf(instance).map(({ id }) => `${instance.engine} ${id}`)),
  );
  const marks = await pulledMarks(context);
  const found = await Promise.all([
    parcels(context),
    ...engines.map((engine) => endedRuns(context, engine, keep === 0 ? ['created', 'exited'] : ['exited'])),
    ...marks
      .filter(({ engine, id }) => engines.includes(engine) && !needed.has(`${engine} ${id}`))
      .map((mark) => unusedImage(context, mark)),
  ]);
  return found.flat();
}

/** What `gear push` brought of images whose rest never came, and is not coming. */
async function parcels(context: FlowContext): Promise<readonly Leftover[]> {
  const { files } = context.host;
  const found: Leftover[] = [];
  for (const { name } of await files.list(paths.parcels)) {
    if (await isBeingSent(context, name)) continue;
    found.push({
      kind: 'parcel',
      // As engines shorten an ID, and which of them it was for.
      subject: name.replace(/^([0-9a-f]{12})[0-9a-f]+/, '$1'),
      reason: 'layers of an image that was never sent to its end',
      bytes: 0,
      remove: async () => {
        await unlessSent(context, name, () => files.removeFolder(`${paths.parcels}/${name}`));
      },
    });
  }
  return found;
}

/** Containers of `gear run`, and of labels that run once, that a power loss left; one that was only created may be about to start. */
async function endedRuns(
  context: FlowContext,
  engine: EngineKind,
  among: readonly string[],
): Promise<readonly Leftover[]> {
  const states = among.flatMap((state) => ['--filter', `status=${state}`]);
  const format = ['--filter', 'label=gear.run', ...states, '--format', '{{.Names}}'];
  const names = await askEngine(context, engine, 'list containers', ['ps', '--all', ...format]);
  return names
    .split('\n')
    .filter((name) => /^ctr-(?:run|install|uninstall)-/.test(name))
    .map((name) => ({
      kind: 'container',
      subject: name,
      reason: 'ran once and has ended',
      bytes: 0,
      remove: async () => {
        await askEngine(context, engine, `remove ${name}`, ['rm', '--force', '--volumes', name]);
      },
    }));
}

/** An image that has no name but those that gear gave it, and that no container, running or not, was made from. */
async function unusedImage(context: FlowContext, mark: PulledMark): Promise<readonly Leftover[]> {
  const { engine, id, references } = mark;
  const forget = () => Promise.all(mark.paths.map((path) => context.host.files.remove(path)));
  const facts = await (await context.host.engine(engine)).image(id);
  if (facts === null) {
    await forget();
    return [];
  }
  const own = (tag: string): boolean =>
    tag.startsWith(keepTagPrefix) || references.some((reference) => isNameOf(tag, reference));
  if (!facts.tags.every(own)) return [];
  const used = ['ps', '--all', '--quiet', '--filter', `ancestor=${id}`];
  if ((await askEngine(context, engine, 'list containers', used)).trim() !== '') return [];
  return [
    {
      kind: 'image',
      subject: references.join(', '),
      reason: 'gear fetched it, and no kept generation needs it',
      bytes: facts.sizeBytes,
      remove: async () => {
        // Anew: the names that gear gave it may have gone by now, and the image with the last of them.
        const tags = (await (await context.host.engine(engine)).image(id))?.tags;
        const names = tags === undefined || tags.length === 0 ? [id] : tags;
        // What somebody made from it meanwhile keeps it.
        const gone =
          tags === undefined ||
          (
            await attempt(() =>
              askEngine(context, engine, `remove ${references.join(', ')}`, ['image', 'rm', ...names]),
            )
          ).ok;
        if (gone) await forget();
      },
    },
  ];
}

/** `nginx:1` is what was asked for where the engine says `docker.io/library/nginx:1`. */
function isNameOf(tag: string, reference: string): boolean {
  const wanted = /[:@][^/]*$/.test(reference) ? reference : `${reference}:latest`;
  return tag === wanted || tag.endsWith(`/${wanted}`);
}
