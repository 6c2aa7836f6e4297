import { ok, type Result } from '../../../errors/failure.ts';
import { quote } from '../../../errors/quote.ts';
import { parseEntrypoint } from '../entrypoint.ts';
import { parseEnvFile } from '../env-file.ts';
import { inherited, parseVariable } from '../environment.ts';
import { type InstallFlag, mapResult, withoutFields } from '../install-flag.ts';
import { refuse } from '../refuse.ts';
import type { SpecChange, Surroundings } from '../spec-change.ts';
import { parseUser } from '../words.ts';
import { optionFlag } from './option-flag.ts';

const group = 'PROCESS';

/** What it runs, and as whom. Of two that give the same variable, the later one holds: --env after --env-file. */
export const processFlags: readonly InstallFlag[] = [
  {
    name: 'env-file',
    value: 'FILE',
    repeatable: true,
    summary: 'Set the variables of a file of KEY=VALUE lines, in the format of docker run',
    example: 'web.env',
    group,
    parse: parseFile,
  },
  {
    name: 'env',
    short: 'e',
    value: 'KEY[=VALUE]',
    repeatable: true,
    summary: "Set a variable; a bare KEY takes this shell's value",
    example: 'MODE=production',
    group,
    secret: true,
    parse: parseEnv,
  },
  {
    name: 'entrypoint',
    value: 'PROGRAM',
    repeatable: false,
    summary: "Run this instead of the image's entrypoint: a program, or a JSON list of words",
    example: '/bin/sh',
    group,
    parse: (text) => mapResult(parseEntrypoint(text), (entrypoint) => ({ entrypoint })),
    reset: withoutFields('entrypoint'),
  },
  optionFlag('workdir', group, 'w'),
  {
    name: 'user',
    short: 'u',
    value: 'USER[:GROUP]',
    repeatable: false,
    summary: "Run as this user instead of the image's",
    example: '1000:1000',
    group,
    parse: (text) => mapResult(parseUser(text), (user) => ({ user })),
    reset: withoutFields('user'),
  },
  optionFlag('group-add', group),
  optionFlag('init', group),
  optionFlag('label', group, 'l'),
  optionFlag('annotation', group),
  optionFlag('platform', group),
  optionFlag('runtime', group),
];

function parseFile(path: string, { environment, files }: Surroundings): Result<SpecChange> {
  const file = Object.hasOwn(files, path) ? files[path] : undefined;
  const entries = parseEnvFile(path, file ?? { problem: 'was not read' }, environment);
  return mapResult(entries, (variables) => ({ environment: variables }));
}

function parseEnv(text: string, { environment }: Surroundings): Result<SpecChange> {
  const variable = parseVariable(text);
  if (!variable.ok) return variable;
  const { key } = variable.value;
  const value = variable.value.value ?? inherited(key, environment);
  if (value !== undefined) return ok({ environment: Object.fromEntries([[key, value]]) });
  return refuse(
    'ENV_INVALID',
    `${quote(key)} has no value in this shell`,
    `write ${key}=VALUE, or export it first (under sudo: sudo --preserve-env=${key})`,
  );
}
