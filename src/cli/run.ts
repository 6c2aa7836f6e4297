import { handle } from '@oclif/core/handle';
import { flush } from '@oclif/core/flush';
import { run } from '@oclif/core/run';
import { rootPlugin, type CommandTable } from './command-table.ts';
import type { Failure } from '../errors/failure.ts';
import { guardOwnStreams } from './own-streams.ts';
import { endWithFailures } from './end-with-failures.ts';
import { userWord } from './user-word.ts';
import { unexpectedWord, unknownCommand } from './usage-failure.ts';

/** Runs one command line to its end: prints what went wrong and exits with the status that says so. */
export async function runCommandLine(words: string[], table: CommandTable): Promise<void> {
  guardOwnStreams();
  // Only in front: after a command it is a flag of docker run.
  const ofUser = words[0] === userWord;
  const line = ofUser ? words.slice(1) : words;
  const obstacle = ofUser && !asksForHelp(line) ? (await import('./user-scope.ts')).enterUserScope() : null;
  if (obstacle !== null) {
    endWithFailures([obstacle], line.includes('--json') ? 'document' : null);
    return;
  }
  const [first, ...rest] = line;
  // A short form that oclif has not; behind a command it is the flag of docker run for a host name.
  const argv = first === 'help' ? [...rest, '--help'] : first === '-h' ? ['--help'] : line;
  const mistake = findMistake(argv, table);
  if (mistake !== null) {
    endWithFailures([mistake], argv.includes('--json') ? 'document' : null);
    return;
  }
  const plugin = rootPlugin(table);
  // A file that nobody has is not looked for at each start.
  process.env['GEAR_DISABLE_THEME'] ??= 'true';
  try {
    await run(argv, { root: table.root, pjson: table.pjson, plugins: new Map([[plugin.name, plugin]]) });
    await flush();
  } catch (error) {
    await handle(error as Error);
  }
}

/** Help is for everybody, wherever they are. */
function asksForHelp([first, ...rest]: readonly string[]): boolean {
  const words = rest.includes('--') ? rest.slice(0, rest.indexOf('--')) : rest;
  return first === undefined || first === 'help' || rootFlags.includes(first) || words.includes('--help');
}

const rootFlags: readonly string[] = ['--help', '-h', '--version'];

/** What oclif would tell in words of its own: a command that does not exist, or a word after one that takes none. */
function findMistake(argv: readonly string[], { manifest }: CommandTable): Failure | null {
  const [word, second] = argv;
  if (word === undefined || rootFlags.includes(word)) return null;
  const names = Object.entries(manifest).flatMap(([id, { aliases }]) => [id, ...aliases]);
  const isTopic = names.some((name) => name.startsWith(`${word}:`));
  // A topic alone shows its commands.
  if (isTopic && (second === undefined || second.startsWith('-'))) return null;
  // A command may have others below it: gear watch FOLDER, gear watch status.
  const isBoth = isTopic && names.includes(word) && !names.includes(`${word}:${String(second)}`);
  const line = argv.slice(0, isTopic && !isBoth ? 2 : 1);
  const typed = line.join(' ');
  const following = argv[line.length];
  const command = Object.values(manifest).find(({ id, aliases }) =>
    [id, ...aliases].includes(line.join(':')),
  );
  if (command === undefined)
    return unknownCommand(
      typed,
      names.map((name) => name.replaceAll(':', ' ')),
    );
  const takesWords = !command.strict || Object.keys(command.args).length > 0;
  return takesWords || following === undefined || following.startsWith('-')
    ? null
    : unexpectedWord(typed, following);
}
