import { paths } from '../core/model/paths.ts';
import type { ObservedLinks } from '../core/plan/observed.ts';
import type { Files } from '../ports/files.ts';

/** The `ctr-*` entries of the unit folder and of the folders of boot links. */
export async function observeLinks(files: Files): Promise<ObservedLinks> {
  const folders = [paths.units, paths.bootLinks, paths.dockerLinks, paths.timerLinks];
  const lists = await Promise.all(
    folders.map(async (folder) => ({ folder, entries: await files.list(folder) })),
  );
  return new Map(
    lists.flatMap(({ folder, entries }) =>
      entries
        .filter((entry) => entry.name.startsWith('ctr-') && entry.kind !== 'directory')
        .map((entry) => [`${folder}/${entry.name}`, entry.target ?? null] as const),
    ),
  );
}
