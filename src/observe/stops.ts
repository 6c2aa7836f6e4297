import { paths } from '../core/model/paths.ts';
import type { Files } from '../ports/files.ts';

/** When (unix ms) gear itself last stopped a unit since the host booted, for those that it did not start again. */
export async function observeStops(files: Files): Promise<ReadonlyMap<string, number>> {
  const entries = await files.list(paths.stops);
  const marks = await Promise.all(
    entries.map(async ({ name: unit }): Promise<readonly [string, number]> => {
      const content = await files.read(`${paths.stops}/${unit}`);
      return [unit, Number(new TextDecoder().decode(content ?? new Uint8Array()))];
    }),
  );
  return new Map(marks);
}
