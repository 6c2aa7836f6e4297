import { paths } from '../core/model/paths.ts';
import { timerUnitName, unitName } from '../core/model/unit-names.ts';
import type { Files } from '../ports/files.ts';

/** When (unix ms) gear itself last stopped a unit since the host booted, for those that it did not start again. */
export async function observeStops(files: Files): Promise<ReadonlyMap<string, number>> {
  const entries = await files.list(paths.stops);
  const marks = await Promise.all(
    entries.map(async ({ name }): Promise<readonly (readonly [string, number])[]> => {
      const content = await files.read(`${paths.stops}/${name}`);
      const atMs = Number(new TextDecoder().decode(content ?? new Uint8Array()));
      return [unitName(name), timerUnitName(name)].map((unit) => [unit, atMs]);
    }),
  );
  return new Map(marks.flat());
}
