import type { Path } from '../../src/core/descriptor/document.ts';
import { type Format, outcomeOf } from './reader-outcome.ts';
import { isNear, partOf, pathsOf, replaced } from './value-paths.ts';

/**
 * The keys of a good value that a reader drops in silence: without one of them the same comes out, and nobody is told. Below
 * `within` alone.
 */
export async function silentKeys(
  format: Format,
  good: unknown,
  within: Path = [],
): Promise<readonly string[]> {
  const whole = await outcomeOf(format, good);
  const silent = whole.failures.map(({ words }) => `the good value is a mistake: ${words}`);
  for (const path of below(good, within)) {
    if (whole.told.some((told) => isNear(path, told))) continue;
    const without = await outcomeOf(format, replaced(good, path, null));
    if (without.failures.length === 0 && without.made === whole.made) silent.push(path.join('.'));
  }
  return silent;
}

/** The maps of a good value in which a key that nobody knows is dropped in silence. */
export async function silentMaps(
  format: Format,
  good: unknown,
  within: Path = [],
): Promise<readonly string[]> {
  const whole = await outcomeOf(format, good);
  const silent: string[] = [];
  for (const path of [within, ...below(good, within)]) {
    const map = partOf(good, path);
    if (Array.isArray(map) || typeof map !== 'object' || map === null) continue;
    const strange = [...path, 'noSuchKey'];
    const { failures, told, made } = await outcomeOf(
      format,
      replaced(good, path, { value: { ...map, noSuchKey: 'x' } }),
    );
    const isTold = [...failures.map(({ at }) => at), ...told].some((at) => isNear(strange, at));
    if (!isTold && made === whole.made) silent.push(path.join('.'));
  }
  return silent;
}

function below(good: unknown, within: Path): readonly Path[] {
  return pathsOf(good).filter(
    (path) => path.length > within.length && within.every((key, index) => path[index] === key),
  );
}
