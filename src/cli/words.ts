import type { ParserOutput } from '@oclif/core/interfaces';

/**
 * The words of a parsed line that are no flags, as typed. oclif's own `argv` sorts them by where each text first occurs,
 * be it as the value of a flag: `install --user db nginx db` would have its image and its name change places.
 */
export function wordsOf(raw: ParserOutput['raw']): readonly string[] {
  return raw.flatMap((token) => (token.type === 'arg' ? [token.input] : []));
}
