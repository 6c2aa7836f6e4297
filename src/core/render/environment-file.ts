import type { Environment } from '../model/container.ts';
import { paths } from '../model/paths.ts';
import type { Failure } from '../../errors/failure.ts';
import { hasControlCharacter, unencodable } from './escape.ts';
import { isInherited } from './environment-names.ts';

/** The two files by which an environment reaches a container. */
export interface EnvironmentFiles {
  /** EnvironmentFile=: systemd puts these into the environment of the engine's command, `--env KEY` carries them on. */
  readonly inherited: string;
  /** `--env-file`: names that the engine's command would read itself. KEY=VALUE as it is, both engines know no quotes. */
  readonly raw: string | null;
}

/** Linux: MAX_ARG_STRLEN, the longest `KEY=VALUE` with its NUL that execve(2) takes. */
const longestVariableBytes = 131_072;
/** Docker and Podman read --env-file with a scanner whose lines end at 64 KiB. */
const longestRawBytes = 60_000;
/** execve(2) takes a quarter of the stack limit, 2 MiB by default, for arguments and environment together. */
const largestEnvironmentBytes = 1_500_000;
const pointerBytes = 8;

const keyPattern = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** The file that EnvironmentFile= names: the values that the engine's command inherits. */
export function environmentPath(hash: string): string {
  return `${paths.files}/${hash}`;
}

/** The file that --env-file names: the values under names that the engine's command would itself read. */
export function rawEnvironmentPath(hash: string): string {
  return `${paths.files}/${hash}.raw`;
}

/** Whether one variable can reach a container unchanged: null, or ENV_INVALID. The value is never in the message. */
export function checkEnvironmentValue(name: string, value: string): Failure | null {
  const reason = reasonAgainst(name, value);
  if (reason === null) return null;
  return {
    code: 'ENV_INVALID',
    message: `the environment variable ${JSON.stringify(name.slice(0, 80))} cannot be used: ${reason}`,
    next: 'change it, or give the value as a file that is mounted into the container',
  };
}

/** ENV_INVALID for each variable that cannot arrive unchanged, and where all together are too large. */
export function checkEnvironment(environment: Environment): readonly Failure[] {
  const entries = Object.entries(environment);
  const bytes = entries.reduce((sum, [name, value]) => sum + assignmentBytes(name, value) + pointerBytes, 0);
  const tooLarge: Failure = {
    code: 'ENV_INVALID',
    message: `the environment is ${String(bytes)} bytes; ${String(largestEnvironmentBytes)} reach a process at most`,
    next: 'give large values as files that are mounted into the container',
  };
  return [
    ...entries.flatMap(([name, value]) => checkEnvironmentValue(name, value) ?? []),
    ...(bytes > largestEnvironmentBytes ? [tooLarge] : []),
  ];
}

/** The texts of the two files; `raw` is null when no name needs it. The environment has passed checkEnvironment. */
export function environmentFiles(environment: Environment): EnvironmentFiles {
  const entries = Object.entries(environment).sort(([a], [b]) => (a < b ? -1 : 1));
  const raw = entries.filter(([name]) => !isInherited(name));
  const inherited = entries.filter(([name]) => isInherited(name));
  return {
    inherited: inherited.map(([name, value]) => `${name}=${quoteValue(value)}\n`).join(''),
    raw: raw.length === 0 ? null : raw.map(([name, value]) => `${name}=${value}\n`).join(''),
  };
}

/**
 * As EnvironmentFile= reads it (systemd.exec(5)): in double quotes `"`, `\`, `` ` `` and `$` are protected by a
 * backslash and all else, line ends too, stands for itself.
 */
function quoteValue(value: string): string {
  return `"${value.replace(/["\\`$]/g, '\\$&')}"`;
}

function reasonAgainst(name: string, value: string): string | null {
  if (!keyPattern.test(name)) return 'a name is letters, digits and "_", and does not start with a digit';
  const unfit = unencodable(value);
  if (unfit !== null) return `of its value, ${unfit}`;
  // systemd's env_value_is_valid() drops a variable with any other control character, without an error.
  if (hasControlCharacter(value.replace(/[\t\n]/g, ''))) {
    return 'its value has a control character other than tab and newline (a carriage return, perhaps)';
  }
  const bytes = assignmentBytes(name, value);
  if (bytes > longestVariableBytes) return `it is ${String(bytes)} bytes; the kernel takes 131072 at most`;
  return isInherited(name) ? null : reasonAgainstRaw(value, bytes);
}

function reasonAgainstRaw(value: string, bytes: number): string | null {
  const because = 'the engine reads a variable of this name itself, so it goes through --env-file';
  if (value.includes('\n')) return `${because}, which has no place for a newline`;
  if (bytes > longestRawBytes) return `${because}, whose lines end at ${String(longestRawBytes)} bytes`;
  return null;
}

function assignmentBytes(name: string, value: string): number {
  return new TextEncoder().encode(`${name}=${value}`).length + 1;
}
