import { ok, type Result } from '../../../errors/failure.ts';
import { refuse } from '../refuse.ts';

const token = /[^\s"'\\]+|"((?:[^"\\]|\\[^])*)"|'([^']*)'|\\([^])|(\s+)/y;

/**
 * The words of a line as sh(1) splits it (POSIX, Shell Command Language, 2.2), without expanding anything.
 * VALUE_INVALID for a quote that is not closed, and for no words at all.
 */
export function splitLine(line: string): Result<readonly string[]> {
  const words: string[] = [];
  let word: string | null = null;
  let at = 0;
  while (at < line.length) {
    token.lastIndex = at;
    const match = token.exec(line);
    if (match === null)
      return refuse(
        'VALUE_INVALID',
        line[at] === '\\' ? 'the line ends in a backslash' : `a quote is not closed: ${line.charAt(at)}`,
        'close it, or write the words as a list: [sh, -c, "…"]',
      );
    at = token.lastIndex;
    const [whole, double, single, escaped, blank] = match;
    if (blank !== undefined) {
      if (word !== null) words.push(word);
      word = null;
    } else {
      // Within double quotes a backslash escapes only what would be special there, and a line's end.
      const part =
        double?.replace(/\\(["\\$`])|\\\n/g, '$1') ?? single ?? (escaped === '\n' ? '' : escaped) ?? whole;
      word = (word ?? '') + part;
    }
  }
  if (word !== null) words.push(word);
  return words.length > 0
    ? ok(words)
    : refuse('VALUE_INVALID', 'the line is empty', 'write a command, or take the key away');
}
