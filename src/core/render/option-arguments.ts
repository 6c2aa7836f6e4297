import type { EngineKind } from '../model/container.ts';
import type { Instance } from '../model/instance.ts';
import { runOptions, type RunOption, type RunOptions } from '../model/run-options.ts';

/** Flags of the table that gear turns into something of its own: logging, and the slice. */
const handledElsewhere: ReadonlySet<string> = new Set(['log-driver', 'log-opt', 'cgroup-parent']);

/** Options that an init step shares with its container: names, and what lets it read the same mounts. */
const sharedWithInit: ReadonlySet<string> = new Set([
  ...['add-host', 'dns', 'dns-search', 'dns-option', 'security-opt', 'userns', 'platform', 'runtime'],
  ...['uidmap', 'gidmap', 'subuidname', 'subgidname'],
]);

/** The options of a container as words of the engine, in the order of the table. */
export function optionArguments({ spec }: Instance): readonly string[] {
  return wordsOf(spec.options, ({ flag }) => !handledElsewhere.has(flag));
}

/** The options of a container that count for its init steps too. */
export function initOptionArguments({ spec }: Instance): readonly string[] {
  return wordsOf(spec.options, ({ flag }) => sharedWithInit.has(flag));
}

/** The driver of the engine's own log, where the user chose one. */
export function logDriver({ spec }: Pick<Instance, 'spec'>): string | undefined {
  return oneValue(spec.options, 'log-driver');
}

/** The slice that the user put the container into. */
export function chosenSlice({ spec }: Pick<Instance, 'spec'>): string | undefined {
  return oneValue(spec.options, 'cgroup-parent');
}

/**
 * What the engine logs. A driver of the user's replaces gear's with all of its options; options alone are set beside
 * gear's. Docker: `local` is bounded, and the journal gets the attached stream. Podman's conmon stands in the unit's
 * own cgroup, so what it writes to the journal is the unit's, once; the driver `passthrough` would hand the payload a
 * socket, which images that open /dev/stdout cannot open.
 */
export function logArguments(instance: Instance): readonly string[] {
  const { engine, name, spec } = instance;
  const driver = logDriver(instance);
  const given = listValue(spec.options, 'log-opt');
  const [ownDriver, ownOptions]: readonly [string, readonly string[]] =
    engine === 'docker' ? ['local', ['max-size=10m', 'max-file=3']] : ['journald', [`tag=${name}`]];
  if (driver === undefined && given.length === 0) return logWords(ownDriver, ownOptions);
  const keys = new Set(given.map(keyOf));
  // conmon would write with the container's name, by which nobody finds the lines that does not know it.
  const isTagged = engine === 'podman' && driver === 'journald' && spec.containerName !== undefined;
  const kept =
    driver === undefined || isTagged ? ownOptions.filter((option) => !keys.has(keyOf(option))) : [];
  return logWords(driver ?? ownDriver, [...kept, ...given]);
}

function logWords(driver: string, options: readonly string[]): readonly string[] {
  const words = ['--log-driver', driver];
  for (const option of options) words.push('--log-opt', option);
  return words;
}

interface UnsupportedOption {
  readonly flag: string;
  readonly reason: string | null;
}

/** Flags that the engine does not have, each with why; flags that nobody knows, with null. */
export function unsupportedOptions(
  options: RunOptions,
  engine: EngineKind,
  table: readonly RunOption[] = runOptions,
): readonly UnsupportedOption[] {
  return Object.keys(options).flatMap((flag): readonly UnsupportedOption[] => {
    const known = table.find((each) => each.flag === flag);
    if (known === undefined) return [{ flag, reason: null }];
    return known.only === undefined || known.only.engine === engine
      ? []
      : [{ flag, reason: known.only.reason }];
  });
}

/** The values of an option that may stand several times. */
export function listValue(options: RunOptions | undefined, flag: string): readonly string[] {
  const value = options?.[flag];
  if (value === undefined || value === true) return [];
  return typeof value === 'string' ? [value] : value;
}

function oneValue(options: RunOptions | undefined, flag: string): string | undefined {
  return listValue(options, flag)[0];
}

function wordsOf(options: RunOptions | undefined, chosen: (option: RunOption) => boolean): readonly string[] {
  if (options === undefined) return [];
  return runOptions.filter(chosen).flatMap(({ flag }) => {
    if (options[flag] === true) return [`--${flag}`];
    return listValue(options, flag).flatMap((value) => [`--${flag}`, value]);
  });
}

function keyOf(option: string): string {
  return option.split('=', 1)[0] ?? option;
}
