/** What no shell gives a meaning to, wherever it stands. */
const plain = /^[A-Za-z0-9_@+:,./-]+$/;

/**
 * One word as every POSIX shell, and fish, reads it back: the one place where a value gets into the text of a shell. A
 * backslash stands in double quotes, because fish reads it as an escape between single ones. NUL cannot be told to any
 * program (execve(2)): it throws.
 */
export function quoteWord(word: string): string {
  if (word.includes('\0')) throw new TypeError('a word of a command holds NUL');
  if (plain.test(word)) return word;
  if (word === '') return "''";
  return word.replace(/'|\\|[^'\\]+/g, (part) => {
    if (part === "'") return `"'"`;
    return part === '\\' ? '"\\\\"' : `'${part}'`;
  });
}

/** A command as one line for a shell. */
export function quoteCommand(command: readonly string[]): string {
  return command.map(quoteWord).join(' ');
}
