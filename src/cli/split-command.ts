/** The words before `--`, and those after it; `command` is absent without one. oclif itself would swallow the mark. */
export function splitCommand(argv: readonly string[]): SplitLine {
  const mark = argv.indexOf('--');
  return mark < 0 ? { words: argv } : { words: argv.slice(0, mark), command: argv.slice(mark + 1) };
}

interface SplitLine {
  readonly words: readonly string[];
  readonly command?: readonly string[];
}

/** What oclif knows of a flag, as far as it matters here. */
interface KnownFlag {
  readonly type: string;
  readonly char?: string | undefined;
}

/**
 * As `splitCommand`, and without a mark the command begins where docker exec, docker run and ssh have it begin: with the
 * first word that is not one of gear's own, so that `exec web sh -c true` asks for no flag `-c` of gear.
 *
 * @param isOwn whether a word that is no flag is gear's: a name, an image. `index` counts such words from 0.
 */
export function splitAtCommand(
  argv: readonly string[],
  flags: Readonly<Record<string, KnownFlag>>,
  isOwn: (word: string, index: number) => boolean,
): SplitLine {
  const takesNext = new Set(
    Object.entries(flags)
      .filter(([, { type }]) => type === 'option')
      .flatMap(([name, { char }]) => [`--${name}`, ...(char === undefined ? [] : [`-${char}`])]),
  );
  let index = 0;
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? '';
    if (word === '--') break;
    if (takesNext.has(word)) at++;
    else if (!word.startsWith('-') && !isOwn(word, index++))
      return { words: argv.slice(0, at), command: argv.slice(at) };
  }
  return splitCommand(argv);
}
