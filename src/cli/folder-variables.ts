import path from 'node:path';
import type { Variables } from '../core/descriptor/text/expand.ts';
import { err, type Failure, ok, type Result } from '../errors/failure.ts';
import { quote } from '../errors/quote.ts';
import { localSource } from './context.ts';
import { shellEnvironment } from './surroundings.ts';

const mostBytes = 1_048_576;

/** What variables stand for in the descriptors of a folder, and what is wrong with the files that say it. */
export interface FolderVariables {
  readonly environment: Variables;
  readonly failures: readonly Failure[];
}

/** The same twice, since of Compose variables are filled into these files, and the shell may name others. */
export interface VariablesOfFolder {
  readonly native: FolderVariables;
  readonly compose: FolderVariables;
}

/** The variables of this shell, and below them those of the folder's `.env`. */
export async function folderVariables(
  folder: string,
  shell: Variables = shellEnvironment(),
): Promise<VariablesOfFolder> {
  const overlaid = (read: Result<Variables>): FolderVariables => ({
    environment: { ...(read.ok ? read.value : {}), ...shell },
    failures: read.ok ? [] : read.failures,
  });
  const text = readText(dotEnvOf(folder), { isNamed: false });
  const native = overlaid(await parsed(text));
  const named = namedFiles(shell);
  const isPlain = text.ok && !text.value.text.includes('$');
  if (named === undefined) return { native, compose: isPlain ? native : overlaid(await parsed(text, shell)) };
  const compose = named.ok ? await filesInOrder(named.value, shell) : named;
  return { native, compose: overlaid(compose) };
}

/** The files that say variables of the descriptors of a folder, whether or not they are there. */
export function variableFiles(folder: string): readonly string[] {
  const named = namedFiles(shellEnvironment());
  return [dotEnvOf(folder), ...(named?.ok === true ? named.value : [])];
}

function dotEnvOf(folder: string): string {
  return path.join(folder, '.env');
}

/**
 * The files that Compose reads instead of `.env`, as this shell says: those of COMPOSE_ENV_FILES, or with
 * COMPOSE_DISABLE_ENV_FILE none at all; undefined where it says nothing. In a `.env` neither says anything, as for
 * docker compose.
 */
function namedFiles(shell: Variables): Result<readonly string[]> | undefined {
  const files = (shell['COMPOSE_ENV_FILES'] ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
  if (files.length > 0) return ok(files.map((each) => path.resolve(each)));
  const disabled = shell['COMPOSE_DISABLE_ENV_FILE'];
  if (disabled === undefined || /^(0|f|false)$/i.test(disabled)) return undefined;
  return /^(1|t|true)$/i.test(disabled)
    ? ok([])
    : err({
        code: 'VALUE_INVALID',
        message: `COMPOSE_DISABLE_ENV_FILE is ${quote(disabled)}, and has to be 1 or 0`,
        next: 'COMPOSE_DISABLE_ENV_FILE=1',
      });
}

/** Files of which each holds over those before it. */
async function filesInOrder(files: readonly string[], shell: Variables): Promise<Result<Variables>> {
  const variables: Record<string, string> = {};
  const failures: Failure[] = [];
  for (const file of files) {
    const read = await parsed(readText(file, { isNamed: true }), { ...variables, ...shell });
    if (read.ok) Object.assign(variables, read.value);
    else failures.push(...read.failures);
  }
  return failures.length > 0 ? err(...failures) : ok(variables);
}

interface EnvText {
  readonly file: string;
  readonly text: string;
}

/** Only a file that somebody named has to be there. */
function readText(file: string, { isNamed }: { readonly isNamed: boolean }): Result<EnvText> {
  const source = localSource(file, mostBytes);
  if ('bytes' in source) return ok({ file, text: new TextDecoder().decode(source.bytes) });
  if (!isNamed && source.problem === 'does not exist') return ok({ file, text: '' });
  return err({
    code: 'ENV_FILE_UNREADABLE',
    message: `the file ${file} ${source.problem}`,
    next: isNamed ? 'make it, or name another in COMPOSE_ENV_FILES' : 'make it readable, or move it away',
  });
}

/** What a file says; with variables filled in where some are given. */
async function parsed(read: Result<EnvText>, around?: Variables): Promise<Result<Variables>> {
  if (!read.ok) return read;
  const { file, text } = read.value;
  if (text === '') return ok({});
  const { parseDotEnv } = await import('../core/descriptor/text/dot-env.ts');
  return parseDotEnv(file, text, around);
}
