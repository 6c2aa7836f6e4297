/** The words before `--`, and those after it; `command` is absent without one. oclif itself would swallow the mark. */
export function splitCommand(argv: readonly string[]): {
  readonly words: readonly string[];
  readonly command?: readonly string[];
} {
  const mark = argv.indexOf('--');
  return mark < 0 ? { words: argv } : { words: argv.slice(0, mark), command: argv.slice(mark + 1) };
}
