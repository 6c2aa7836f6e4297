import type { FlagValues } from '../collect-changes.ts';
import type { CommandLine } from '../parse-install.ts';
import type { RunLine } from './read-run.ts';

/**
 * The command line of install that a line of docker run stands for, with what is given beside it: lists add up, of
 * anything else what is given beside it holds.
 */
export function mergeRunLine(line: CommandLine, run: RunLine): CommandLine {
  const named = line.words.some((word) => !word.includes('='));
  const command = line.command ?? run.command;
  return {
    words: [run.image, ...(named || run.name === undefined ? [] : [run.name]), ...line.words],
    flags: mergeFlags(run.flags, line.flags),
    ...(command === undefined ? {} : { command }),
  };
}

function mergeFlags(run: FlagValues, own: FlagValues): FlagValues {
  const both = Object.keys(run).map((name) => {
    const [theirs, ours] = [run[name], own[name]];
    const adds = Array.isArray(theirs) && Array.isArray(ours);
    return [name, adds ? [...(theirs as string[]), ...(ours as string[])] : (ours ?? theirs)] as const;
  });
  return { ...own, ...Object.fromEntries(both) };
}
