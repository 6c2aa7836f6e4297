import { paths } from '../core/model/paths.ts';
import { unitName } from '../core/model/unit-names.ts';
import type { Files } from '../ports/files.ts';

/** When (unix ms) gear itself last stopped a unit since the host booted, for those that it did not start again. */
export async function observeStops(files: Files): Promise<ReadonlyMap<string, number>> {
  const entries = await files.list(paths.stops);
  const marks = await Promise.all(
    entries.map(async ({ name }): Promise<[string, number]> => {
      const content = await files.read(`${paths.stops}/${name}`);
      return [unitName(name), Number(new TextDecoder().decode(content ?? new Uint8Array()))];
    }),
  );
  return new Map(marks);
}
