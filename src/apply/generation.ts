import { FailureError } from '../errors/failure.ts';
import { generationPath, paths } from '../core/model/paths.ts';
import { gateFiles } from '../core/render/gates.ts';
import type { NewFile } from '../ports/files.ts';
import type { Tools } from './tools.ts';

const readable = 0o644;

/**
 * Writes a whole generation beside the others; a unit whose text did not change is a hard link to the one before. Its
 * number was free when it was planned: where it is taken another command was faster, and that is FailureError MOVED_ON.
 */
export async function writeGeneration(tools: Tools, generation: number): Promise<void> {
  const { manifest, before } = tools;
  if (manifest === null) throw new Error('a generation without a manifest');
  if (await tools.host.files.exists(generationPath(generation)))
    throw movedOn(before?.generation ?? null, await currentGeneration(tools));
  const old = before === null ? null : generationPath(before.generation);
  const [gates] = await Promise.all([gatesAfter(tools, old), removeHalfWritten(tools)]);
  const files: NewFile[] = [
    ...tools.units.map((unit): NewFile => ({
      path: `units/${unit.name}`,
      mode: readable,
      ...(unit.text === null ? {} : { content: unit.text }),
      ...(old !== null && before?.units[unit.name] === unit.hash
        ? { sameAs: `${old}/units/${unit.name}` }
        : {}),
    })),
    ...gates,
    { path: 'manifest.json', mode: readable, content: `${JSON.stringify(manifest, null, 1)}\n` },
  ];
  await tools.host.files.writeFolder(generationPath(generation), files);
}

/** What a command that was cut off wrote of a generation: the next one has another number where its rename came through. */
async function removeHalfWritten({ host: { files } }: Tools): Promise<void> {
  const entries = await files.list(paths.generations);
  const left = entries.filter(({ name }) => /^[1-9]\d*\.tmp$/.test(name));
  await Promise.all(left.map(({ name }) => files.removeFolder(`${paths.generations}/${name}`)));
}

/** The gates, which are links too where those of the generation before read the same: each new file costs an fsync. */
async function gatesAfter(tools: Tools, old: string | null): Promise<readonly NewFile[]> {
  return Promise.all(
    gateFiles().map(async ({ name, mode, text }): Promise<NewFile> => {
      const path = `gates/${name}`;
      const before = old === null ? null : await tools.host.files.read(`${old}/${path}`);
      const isSame = before !== null && new TextDecoder().decode(before) === text;
      return { path, mode, content: text, ...(isSame ? { sameAs: `${String(old)}/${path}` } : {}) };
    }),
  );
}

/**
 * Makes a generation current with one rename, unless another command was faster: then FailureError MOVED_ON. Whoever
 * stood still may also find that others took its generation for one that was cut off, and erased it.
 */
export async function swapGeneration(tools: Tools, from: number | null, to: number): Promise<void> {
  const { files } = tools.host;
  const [current, isThere, isLoaded] = await Promise.all([
    currentGeneration(tools),
    files.exists(generationPath(to)),
    files.exists(paths.loaded),
  ]);
  if (current !== from || !isThere) throw movedOn(from, current);
  if (!isLoaded) await files.write(paths.loaded, `${String(from ?? 0)}\n`, readable);
  await files.link(paths.current, generationPath(to));
}

async function currentGeneration({ host }: Tools): Promise<number | null> {
  const target = await host.files.readLink(paths.current);
  return target === null ? null : Number(target.slice(target.lastIndexOf('/') + 1));
}

function movedOn(from: number | null, current: number | null): FailureError {
  return new FailureError({
    code: 'MOVED_ON',
    message: `this change was planned from generation ${String(from ?? 0)}, but the host is at ${String(current ?? 0)}`,
    next: 'run the same command again',
  });
}
