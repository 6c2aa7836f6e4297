import { type FlagValues, valuesOf } from '../core/descriptor/collect-changes.ts';
import { type CommandLine, parseInstall } from '../core/descriptor/parse-install.ts';
import { parseSet, type SetChange } from '../core/descriptor/parse-set.ts';
import type { ContainerRequest } from '../core/model/container.ts';
import { FailureError, type Result } from '../errors/failure.ts';
import { readSurroundings } from './surroundings.ts';

type Line = Omit<CommandLine, 'flags'>;

/** The containers that a command line of install states, and the line for the history. FailureError with every mistake. */
export async function readRequests(
  line: Line,
  flags: FlagValues,
): Promise<{ readonly requests: readonly ContainerRequest[]; readonly command: string }> {
  const surroundings = await readSurroundings(valuesOf(flags, 'env-file'));
  const requests = valueOf(parseInstall({ ...line, flags }, surroundings));
  return { requests, command: historyLine('install', line) };
}

/** What a command line of set changes, and the line for the history. FailureError with every mistake. */
export async function readSetChange(
  line: Line,
  flags: FlagValues,
): Promise<{ readonly change: SetChange; readonly command: string }> {
  const surroundings = await readSurroundings(valuesOf(flags, 'env-file'));
  return { change: valueOf(parseSet({ ...line, flags }, surroundings)), command: historyLine('set', line) };
}

/** The command without values of the environment, which are secret. */
function historyLine(id: string, { words }: Line): string {
  return [
    id,
    ...words.map((word) => (word.includes('=') ? `${word.slice(0, word.indexOf('='))}=…` : word)),
  ].join(' ');
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new FailureError(...result.failures);
  return result.value;
}
