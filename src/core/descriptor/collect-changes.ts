import { err, ok, type Failure, type Result } from '../../errors/failure.ts';
import { shownKey } from './environment.ts';
import type { InstallFlag } from './install-flag.ts';
import { argument, placed } from './refuse.ts';
import { mergeChanges, type SpecChange, type Surroundings } from './spec-change.ts';

/** Flags as the command line gave them, by name. */
export type FlagValues = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** The values that a flag was given; a switch that is on has one, the empty text. */
export function valuesOf(flags: FlagValues, name: string): readonly string[] {
  const given = Object.hasOwn(flags, name) ? flags[name] : undefined;
  if (given === undefined || given === false) return [];
  if (given === true) return [''];
  return typeof given === 'string' ? [given] : given;
}

/** A flag with its value as it is shown: of a secret one, only what cannot be a value. */
function shownFlag(flag: Pick<InstallFlag, 'name' | 'value' | 'secret'>, text: string): string {
  if (flag.value === undefined) return `--${flag.name}`;
  return `--${flag.name} ${flag.secret ? shownKey(text) : text}`;
}

/** What all flags of the table together ask for; every value that cannot be used fails, with the flag as its place. */
export function collectChanges(
  table: readonly InstallFlag[],
  flags: FlagValues,
  surroundings: Surroundings,
): Result<SpecChange> {
  const failures: Failure[] = [];
  let change: SpecChange = {};
  for (const flag of table) {
    for (const text of valuesOf(flags, flag.name)) {
      const parsed = flag.parse(text, surroundings);
      if (parsed.ok) change = mergeChanges(change, parsed.value);
      else failures.push(...placed(parsed.failures, argument(shownFlag(flag, text))));
    }
  }
  return failures.length > 0 ? err(...failures) : ok(change);
}
