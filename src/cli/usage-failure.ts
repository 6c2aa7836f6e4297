import { runFlagAdvice } from '../core/descriptor/docker-run/advice.ts';
import { formats } from '../core/descriptor/foreign/formats.ts';
import { nearest } from '../core/model/nearest.ts';
import type { Failure } from '../errors/failure.ts';
import { quote } from '../errors/quote.ts';
import { commandHabit } from './command-habits.ts';
import { flagHabit } from './flag-habits.ts';

/** What oclif adds to the errors of its parser. */
interface ParseError extends Error {
  readonly oclif: unknown;
  /** Required arguments that are missing, or the words that nothing takes. */
  readonly args?: readonly (string | { readonly name: string })[];
  /** Flags that do not exist, as typed. */
  readonly flags?: readonly string[];
}

/** The flags of a command by name, with what its help says of them. */
type Flags = Readonly<Record<string, { readonly description?: string }>>;

/** What the parser refused of a command's line, in gear's own words; null when the error is anything else. */
export function usageFailure(error: Error, command: string, flags: Flags): Failure | null {
  if (!isParseError(error)) return null;
  const help = `gear ${command.replaceAll(':', ' ')} --help`;
  const [flag] = error.flags ?? [];
  if (flag !== undefined) {
    const near = nearest(flag.replace(/^-+/, '').replace(/=.*$/s, ''), Object.keys(flags));
    const guess = near === undefined ? help : `did you mean --${near}? ${help} shows all`;
    const next = flagHabit(command, flag) ?? runFlagAdvice(flag) ?? guess;
    return { code: 'USAGE', message: `there is no flag ${quote(withoutValue(flag))}`, next };
  }
  // As the usage of the command writes them.
  const missing = (error.args ?? []).flatMap((arg) =>
    typeof arg === 'string' ? [] : [arg.name.toUpperCase()],
  );
  if (missing.length > 0) {
    const verb = missing.length === 1 ? 'is' : 'are';
    return { code: 'USAGE', message: `${missing.join(' and ')} ${verb} missing`, next: help };
  }
  const [unexpected] = error.args ?? [];
  if (typeof unexpected === 'string' && command === 'secret:set') {
    const message = 'a value is not taken from the command line, where other users of the host see it';
    return { code: 'USAGE', message, next: 'gear secret set NAME < FILE' };
  }
  if (typeof unexpected === 'string') {
    return { code: 'USAGE', message: `unexpected argument: ${quote(withoutValue(unexpected))}`, next: help };
  }
  return (
    aboutValue(error.message, flags, help) ?? {
      code: 'USAGE',
      message: asSentence(error.message),
      next: aboutFormat(error.message, flags) ?? help,
    }
  );
}

/** Where --format is that of the output, what says the format of the files. */
function aboutFormat(text: string, flags: Flags): string | undefined {
  const [, given] = /--format=(\w+) /.exec(text) ?? [];
  const format = formats.find((each) => each === given);
  return format === undefined || flags['from'] === undefined
    ? undefined
    : `--from ${format} says the format of the files`;
}

/** A flag that is there without its value, or not there and needed. */
function aboutValue(text: string, flags: Flags, help: string): Failure | null {
  const [, bare, absent] = /Flag --([\w-]+) expects a value|Missing required flag ([\w-]+)/.exec(text) ?? [];
  const flag = bare ?? absent;
  if (flag === undefined) return null;
  const example = /, e\.g\. ([^,]+?)(?: or .*|\.)?$/.exec(flags[flag]?.description ?? '')?.[1];
  // As one word for the shell: it is there to be copied.
  const shown = example !== undefined && /\s/.test(example) ? `'${example}'` : example;
  const form = shown === undefined ? help : `write it as --${flag} ${shown}`;
  const message = bare === undefined ? `--${flag} is missing` : `--${flag} has no value`;
  return { code: 'USAGE', message, next: form };
}

/** A word as it may be repeated: what stands after "=" could be meant as a secret value. */
function withoutValue(word: string): string {
  const mark = word.indexOf('=');
  return mark === -1 ? word : `${word.slice(0, mark)}=…`;
}

/** The first word is no command. `commands` are the names and aliases that are. */
export function unknownCommand(word: string, commands: readonly string[]): Failure {
  const near = nearest(word, commands);
  return {
    code: 'USAGE',
    message: `there is no command ${quote(withoutValue(word))}`,
    next:
      commandHabit(word) ??
      (near === undefined ? 'gear --help' : `did you mean gear ${near}? gear --help lists all`),
  };
}

/** A word after a command that takes none, which oclif would take for a part of the command's name. */
export function unexpectedWord(command: string, word: string): Failure {
  return {
    code: 'USAGE',
    message: `gear ${command} takes no name: ${quote(withoutValue(word))}`,
    next: `gear ${command} --help`,
  };
}

/** An end that was asked for, as by --help, is an error with a code. */
function isParseError(error: Error): error is ParseError {
  return 'oclif' in error && (error as { code?: string }).code !== 'EEXIT';
}

function asSentence(text: string): string {
  const line = text
    .replace(/\n?See more help with --help/, '')
    .replace(/^The following errors? occurred:/, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/^Parsing (--\S+) (.)/, (_, flag: string, first: string) => `${flag}: ${first.toLowerCase()}`);
  return line.charAt(0).toLowerCase() + line.slice(1);
}
