import type { EngineKind } from '../core/model/container.ts';
import { hashOf } from '../core/model/hash.ts';
import { paths } from '../core/model/paths.ts';
import { attempt } from '../errors/failure.ts';
import type { FlowContext } from './context.ts';

/** An image that gear fetched, by the names that it was fetched with, of which there is at least one. */
export interface PulledMark {
  readonly engine: EngineKind;
  readonly id: string;
  readonly references: readonly string[];
  readonly paths: readonly string[];
}

/** Notes that gear, and nobody else, brought the image to this host by this name. A name has a file of its own, as several may be fetched at once. */
export async function markPulled(
  { host }: FlowContext,
  engine: EngineKind,
  id: string,
  reference: string,
): Promise<void> {
  const name = `${engine}-${id.replace('sha256:', '')}-${hashOf(reference).slice(0, 12)}`;
  const path = `${paths.pulled}/${name}`;
  const write = (): Promise<void> => host.files.write(path, `${reference}\n`, 0o644);
  const written = await attempt(write);
  // Without the lock: commands that fetched the same at once write the same, and one may take the other's temporary file.
  if (!written.ok && !(await host.files.exists(path))) await write();
}

/** The images that gear fetched; some may be gone since. */
export async function pulledMarks({ host }: FlowContext): Promise<readonly PulledMark[]> {
  const marks = new Map<string, PulledMark>();
  for (const { name } of await host.files.list(paths.pulled)) {
    // Without the name's hash it was written when an image had one name.
    const [, engine, hex = ''] = /^(docker|podman)-([0-9a-f]{64})(?:-[0-9a-f]{12})?$/.exec(name) ?? [];
    if (engine === undefined) continue;
    const path = `${paths.pulled}/${name}`;
    const content = (await host.files.read(path)) ?? new Uint8Array();
    const reference = new TextDecoder().decode(content).trim();
    const key = `${engine}-${hex}`;
    const before = marks.get(key);
    marks.set(key, {
      ...{ engine: engine as EngineKind, id: `sha256:${hex}` },
      references: [...(before?.references ?? []), reference].toSorted(),
      paths: [...(before?.paths ?? []), path],
    });
  }
  return [...marks.values()];
}
