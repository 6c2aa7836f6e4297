import { err, ok, type Failure, type Result } from '../../errors/failure.ts';
import type { ContainerSpec, Environment } from '../model/container.ts';
import { collectChanges, valuesOf } from './collect-changes.ts';
import { contradictions } from './contradictions.ts';
import { checkKey, shownKey } from './environment.ts';
import { finishChange } from './finish-change.ts';
import type { InstallFlag } from './install-flag.ts';
import { installFlags } from './install-flags.ts';
import type { CommandLine } from './parse-install.ts';
import { splitWords, variablesOf } from './positional.ts';
import { argument, placed } from './refuse.ts';
import { checkReset } from './reset.ts';
import type { SpecChange, Surroundings } from './spec-change.ts';
import { parseImage } from './words.ts';

/** The table for `gear set`, where the image is a flag. */
export const setFlags: readonly InstallFlag[] = [
  {
    name: 'image',
    value: 'IMAGE',
    repeatable: false,
    summary: 'Run this image',
    example: 'nginx:1.28',
    group: 'PROCESS',
    parse: parseImageFlag,
  },
  // A list that set gives replaces the whole one, so the container's own volumes would go.
  ...installFlags.filter(({ name }) => name !== 'super'),
];

/** What `gear set` is to change. Names are as typed: only the host knows what they mean. */
export interface SetChange {
  readonly names: readonly string[];
  readonly spec: Partial<ContainerSpec>;
  readonly environment: Environment;
  /** Variables that take the value of a secret: variable → secret. */
  readonly secretEnvironment?: Readonly<Record<string, string>>;
  readonly unsetEnvironment: readonly string[];
  /** Flags whose effect goes before what is given comes. */
  readonly reset: readonly string[];
}

/**
 * Reads `NAME… [KEY=VALUE…] [-- CMD ARG…]`, the flags of the table, --unset-env and --reset; all that is wrong fails at
 * once. A list that is given replaces the whole list of its kind; variables, options and directives merge; of health
 * only what is given changes.
 */
export function parseSet(line: CommandLine, surroundings: Surroundings): Result<SetChange> {
  const { names, pairs } = splitWords(line.words);
  if (names.length === 0) return err(usage('the name is missing'));
  if (line.command?.length === 0) return err(usage('nothing stands after "--"'));

  const collected = collectChanges(setFlags, line.flags, surroundings);
  const finished = collected.ok ? finishChange(collected.value) : collected;
  const variables = variablesOf(pairs);
  const unset = valuesOf(line.flags, 'unset-env');
  const reset = valuesOf(line.flags, 'reset');
  const failures: Failure[] = [
    ...(finished.ok ? contradictions(finished.value.spec) : finished.failures),
    ...(variables.ok ? [] : variables.failures),
    ...unset.flatMap(refusedKey),
    ...reset.flatMap((name) => checkReset(name, line.flags, line.command !== undefined)),
  ];
  if (!finished.ok || !variables.ok) return err(...failures);

  const environment = { ...finished.value.environment, ...variables.value };
  failures.push(...unset.filter((key) => Object.hasOwn(environment, key)).map(setAndUnset));
  if (failures.length > 0) return err(...failures);
  const command = line.command === undefined ? {} : { command: line.command };
  const { secretEnvironment } = finished.value;
  const change = {
    names,
    spec: { ...finished.value.spec, ...command },
    environment,
    ...(Object.keys(secretEnvironment).length === 0 ? {} : { secretEnvironment }),
    unsetEnvironment: unset,
    reset: [...reset, ...(finished.value.networksGiven ? ['network'] : [])],
  };
  return isEmpty(change) && !asksForMore(line) ? err(usage('nothing is given to change')) : ok(change);
}

function parseImageFlag(text: string): Result<SpecChange> {
  const image = parseImage(text);
  return image.ok ? ok({ image: image.value }) : image;
}

function isEmpty({ spec, environment, secretEnvironment = {}, ...change }: SetChange): boolean {
  const keys = [spec, environment, secretEnvironment].flatMap((each) => Object.keys(each));
  return [...keys, ...change.unsetEnvironment, ...change.reset].length === 0;
}

/** What a container may get without a word of how it is described: what its image's name means now, other templates. */
function asksForMore({ flags }: CommandLine): boolean {
  return valuesOf(flags, 'pull').includes('always') || valuesOf(flags, 'templates').length > 0;
}

function refusedKey(key: string): readonly Failure[] {
  const checked = checkKey(key);
  return checked.ok ? [] : placed(checked.failures, argument(`--unset-env ${shownKey(key)}`));
}

function setAndUnset(key: string): Failure {
  return {
    code: 'ENV_INVALID',
    message: `${key} is both set and unset`,
    next: 'give one of them',
    place: argument(`--unset-env ${key}`),
  };
}

function usage(message: string): Failure {
  return { code: 'USAGE', message, next: 'gear set NAME --image IMAGE --env KEY=VALUE' };
}
