import { err, ok, type Failure, type Result } from '../../errors/failure.ts';
import type { Environment } from '../model/container.ts';
import { parseVariable, shownKey } from './environment.ts';
import { argument, placed } from './refuse.ts';

/** Names, and the KEY=VALUE pairs that stand among them: a word with "=" is a pair. */
export function splitWords(words: readonly string[]): {
  readonly names: readonly string[];
  readonly pairs: readonly string[];
} {
  return {
    names: words.filter((word) => !word.includes('=')),
    pairs: words.filter((word) => word.includes('=')),
  };
}

/** The variables of KEY=VALUE words, of the same key the last; ENV_INVALID with the word's key as the place. */
export function variablesOf(pairs: readonly string[]): Result<Environment> {
  const failures: Failure[] = [];
  const entries: [string, string][] = [];
  for (const pair of pairs) {
    const variable = parseVariable(pair);
    if (variable.ok) entries.push([variable.value.key, variable.value.value ?? '']);
    else failures.push(...placed(variable.failures, argument(shownKey(pair))));
  }
  return failures.length > 0 ? err(...failures) : ok(Object.fromEntries(entries));
}
