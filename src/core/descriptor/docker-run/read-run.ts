import { err, ok, type Failure, type Result } from '../../../errors/failure.ts';
import { quote } from '../../../errors/quote.ts';
import { isOn } from '../csv.ts';
import type { FlagValues } from '../collect-changes.ts';
import { installFlags } from '../install-flags.ts';
import { type GivenFlag, readFlags } from './read-flags.ts';
import { runFlags } from './run-flags.ts';
import { type LineOptions, splitWords, type Word } from './split-words.ts';

/** What a line of `docker run` or `podman run` says, in the words of install. */
export interface RunLine {
  readonly engine: 'docker' | 'podman';
  readonly image: string;
  readonly command?: readonly string[];
  readonly flags: FlagValues;
  /** Of --name. */
  readonly name?: string;
  /** Of --pull. */
  readonly pull?: 'missing' | 'always' | 'never';
  /** What was left out, and why that changes nothing; for people. */
  readonly leftOut: readonly string[];
}

const example = "gear install --from-run 'docker run -d -p 80:80 nginx' web";

/** Reads `[sudo] docker [container] run …`, which a shell would run, without running anything. VALUE_INVALID with the column. */
export function readRunLine(text: string, options: LineOptions = {}): Result<RunLine> {
  const words = lineWords(text, options);
  if (!words.ok) return words;
  const failure = failureIn(options.source ?? '--from-run');
  const begin = findRun(words.value, failure);
  if (!begin.ok) return begin;
  const { flags, rest, failures } = readFlags(words.value.slice(begin.value.words));
  const [image, ...command] = rest;
  const missing: readonly Failure[] =
    image === undefined && failures.length === 0
      ? [failure('the line names no image', 'write it after the flags', words.value.at(-1))]
      : [];
  const switches = flags.flatMap((flag) => notSwitch(flag, failure));
  const refusals = flags.flatMap((flag) => refusedFlag(flag, failure));
  const pull = flags.findLast(({ name }) => name === 'pull');
  const policy = pull === undefined ? undefined : pullPolicy(pull, failure);
  const all = [
    ...failures,
    ...missing,
    ...switches,
    ...refusals,
    ...(policy?.ok === false ? policy.failures : []),
  ];
  if (all.length > 0 || image === undefined) return err(...all);
  const name = flags.findLast((flag) => flag.name === 'name')?.value;
  return ok({
    engine: begin.value.engine,
    image: image.text,
    ...(command.length === 0 ? {} : { command: command.map((word) => word.text) }),
    flags: flagValues(flags),
    ...(name === undefined ? {} : { name }),
    ...(policy?.ok === true ? { pull: policy.value } : {}),
    leftOut: [...new Set(flags.flatMap(leftOut))],
  });
}

function findRun(
  words: readonly Word[],
  failure: Fail,
): Result<{ readonly engine: RunLine['engine']; readonly words: number }> {
  const texts = words.map(({ text }) => text);
  const start = texts[0] === 'sudo' ? 1 : 0;
  const engine = texts[start]?.replace(/^(\/usr)?(\/local)?\/bin\//, '');
  const at = texts[start + 1] === 'container' ? start + 2 : start + 1;
  if ((engine === 'docker' || engine === 'podman') && texts[at] === 'run')
    return ok({ engine, words: at + 1 });
  return err(failure('this is no line of docker run', example, words[Math.min(start, words.length - 1)]));
}

function refusedFlag({ name, word }: GivenFlag, failure: Fail): readonly Failure[] {
  const instead = Object.hasOwn(runFlags, name) ? runFlags[name]?.instead : undefined;
  return instead === undefined ? [] : [failure(`gear does not take --${name}`, instead, word)];
}

function leftOut({ name }: GivenFlag): readonly string[] {
  const why = Object.hasOwn(runFlags, name) ? runFlags[name]?.leftOut : undefined;
  return why === undefined ? [] : [`--${name} is left out: ${why}`];
}

function pullPolicy({ value, word }: GivenFlag, failure: Fail): Result<'missing' | 'always' | 'never'> {
  if (value === 'missing' || value === 'always' || value === 'never') return ok(value);
  return err(failure(`${quote(value)} is no way to pull`, 'use missing, always or never', word));
}

const switchNames: ReadonlySet<string> = new Set(
  installFlags.filter(({ value }) => value === undefined).map(({ name }) => name),
);

function notSwitch({ name, value, word }: GivenFlag, failure: Fail): readonly Failure[] {
  if (!switchNames.has(name) || isOn(value) !== undefined) return [];
  return [
    failure(`--${name} is a switch, and ${quote(value)} is neither true nor false`, `write --${name}`, word),
  ];
}

/** The flags of install, as its own command line would give them. */
function flagValues(given: readonly GivenFlag[]): FlagValues {
  const entries: [string, string | true | readonly string[]][] = [];
  for (const { name, value, repeatable } of installFlags) {
    const values = given.filter((flag) => flag.name === name).map((flag) => flag.value);
    const last = values.at(-1);
    if (last === undefined) continue;
    if (value !== undefined) entries.push([name, repeatable ? values : last]);
    else if (isOn(last) === true) entries.push([name, true]);
  }
  return Object.fromEntries(entries);
}

/** The words of a line with everything filled in. VALUE_INVALID with the column. */
export function lineWords(text: string, options: LineOptions): Result<readonly Word[]> {
  const split = splitWords(text, options);
  return split.ok ? ok(bareNames(split.value, options.variables)) : split;
}

type Fail = (message: string, next: string, word: Word | undefined) => Failure;

function failureIn(source: string): Fail {
  return (message, next, word) => {
    const { line = 1, column = 1 } = word ?? {};
    return { code: 'VALUE_INVALID', message, next, place: { source, line, column } };
  };
}

/** Labels of atomic(1) may have IMAGE and NAME as words of their own, and as IMAGE=IMAGE and NAME=NAME. */
function bareNames(words: readonly Word[], variables: LineOptions['variables']): readonly Word[] {
  if (variables === undefined) return words;
  const { IMAGE: image = '', NAME: name = '' } = variables;
  const bare: Readonly<Record<string, string>> = {
    IMAGE: image,
    NAME: name,
    'IMAGE=IMAGE': `IMAGE=${image}`,
    'NAME=NAME': `NAME=${name}`,
  };
  return words.map((word) => ({
    ...word,
    text: (Object.hasOwn(bare, word.text) ? bare[word.text] : undefined) ?? word.text,
  }));
}
