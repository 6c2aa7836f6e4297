import { err, ok, type Failure, type Result } from '../../errors/failure.ts';
import { quote } from '../../errors/quote.ts';
import type { Environment } from '../model/container.ts';
import { inherited, parseVariable } from './environment.ts';
import { placed } from './refuse.ts';

/** A file that a flag names: its text, or why there is none, such as `does not exist`. */
export type FileText = { readonly text: string } | { readonly problem: string };

/**
 * Reads a file of KEY=VALUE lines as `docker run --env-file` does: values raw to the end of the line, `#` begins a
 * comment, a bare KEY takes the invoking environment's value or is left out. Every bad line fails with its number.
 */
export function parseEnvFile(path: string, file: FileText, environment: Environment): Result<Environment> {
  if ('problem' in file)
    return err({
      code: 'ENV_FILE_UNREADABLE',
      message: `the file ${quote(path)} ${file.problem}`,
      next: 'give a file of KEY=VALUE lines',
    });
  const failures: Failure[] = [];
  const entries: [string, string][] = [];
  const lines = file.text.replace(/^\uFEFF/, '').split('\n');
  for (const [index, ending] of lines.entries()) {
    const line = ending.replace(/\r$/, '').replace(/^[ \t]+/, '');
    if (line === '' || line.startsWith('#')) continue;
    const variable = parseVariable(line);
    if (!variable.ok) {
      failures.push(...placed(variable.failures.map(lineHint(line)), { source: path, line: index + 1 }));
      continue;
    }
    const value = variable.value.value ?? inherited(variable.value.key, environment);
    if (value !== undefined) entries.push([variable.value.key, value]);
  }
  return failures.length > 0 ? err(...failures) : ok(Object.fromEntries(entries));
}

function lineHint(line: string): (failure: Failure) => Failure {
  const next = /^export\s/.test(line)
    ? 'take the word "export" away: the file is read by gear, not by a shell'
    : 'make the line KEY=VALUE, without spaces around KEY, or begin it with #';
  return (failure) => ({ ...failure, code: 'ENV_FILE_UNREADABLE', next });
}
