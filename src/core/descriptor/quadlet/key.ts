import { quote } from '../../../errors/quote.ts';
import { splitUnitWords } from './unit-words.ts';
import type { Coverage } from '../foreign/coverage.ts';
import type { QuadletContainer } from './quadlet-container.ts';
import type { Value } from './quadlet-unit.ts';

/** A key of [Container]: what becomes of it at best, and how its values are read, of which there is at least one. */
export interface QuadletKey extends Coverage {
  readonly read: (container: QuadletContainer, values: readonly [Value, ...Value[]]) => void;
}

type ReadLast = (container: QuadletContainer, value: Value) => void;

/** A key of which the last value holds. */
export function kept(name: string, to: string, read: ReadLast, note = ''): QuadletKey {
  return { name, verdict: 'kept', to, note, read: (container, values) => read(container, lastOf(values)) };
}

/** A key whose values add up. */
export function keptAll(name: string, to: string, read: ReadLast, note = ''): QuadletKey {
  return {
    ...{ name, verdict: 'kept', to, note },
    read: (container, values) => {
      for (const value of values) read(container, value);
    },
  };
}

/** A key that becomes something near it; `read` tells how for the value at hand. */
export function near(name: string, to: string, note: string, read: ReadLast): QuadletKey {
  return { ...kept(name, to, read, note), verdict: 'approximated' };
}

/** The same of a key whose values add up. */
export function nearAll(name: string, to: string, note: string, read: ReadLast): QuadletKey {
  return { ...keptAll(name, to, read, note), verdict: 'approximated' };
}

/** A key that is left out; `usual` are values that change nothing. */
export function leftOut(name: string, note: string, usual: readonly string[] = []): QuadletKey {
  return near(name, '', note, (container, { text, path }) => {
    if (!usual.includes(text.toLowerCase())) container.approximate(path, note);
  });
}

/** A key that gear cannot give. */
export function refused(name: string, why: string, next: string): QuadletKey {
  return {
    ...{ name, verdict: 'refused', to: '', note: `${why}: ${next}` },
    read: (container, values) => container.refuse(lastOf(values).path, why, next),
  };
}

/** A text that is passed on. */
export function asText(name: string, to: string): QuadletKey {
  return kept(name, to, (container, value) => container.set(to, container.filled(value), value.path));
}

/** A text that may stand several times. */
export function asTexts(name: string, to: string): QuadletKey {
  return keptAll(name, to, (container, value) => container.add(to, container.filled(value), value.path));
}

/** Words with blanks between them, of all values together. */
export function asWords(
  name: string,
  to: string,
  change: (word: string) => string = (word) => word,
): QuadletKey {
  return keptAll(name, to, (container, value) => {
    for (const word of wordsOf(container, value)) container.add(to, change(word), value.path);
  });
}

/** KEY=VALUE words. */
export function asPairs(name: string, to: string): QuadletKey {
  return keptAll(name, to, (container, value) => {
    for (const word of wordsOf(container, value)) {
      const [key, text] = pairOf(word);
      container.put(to, key, text ?? '', value.path);
    }
  });
}

/** A truth value; what is set where it holds. */
export function asToggle(name: string, to: string, set: unknown = true): QuadletKey {
  return kept(name, to, (container, value) => {
    if (toggleOf(container, value) !== true) return;
    if (set === true) container.set(to, true, value.path);
    else container.add(to, set, value.path);
  });
}

/** KEY=VALUE; undefined for a key alone. */
export function pairOf(word: string): readonly [key: string, value: string | undefined] {
  const mark = word.indexOf('=');
  return mark === -1 ? [word, undefined] : [word.slice(0, mark), word.slice(mark + 1)];
}

/** The words of a value with its specifiers filled; a quote that is not closed is noted as a mistake. */
export function wordsOf(container: QuadletContainer, value: Value): readonly string[] {
  const words = splitUnitWords(container.filled(value));
  if (words.ok) return words.value;
  for (const { code, message, next } of words.failures)
    container.reader.fail(value.path, code, message, next);
  return [];
}

/** systemd.syntax(7): 1, yes, true, on and their opposites. Anything else is noted as a mistake. */
export function toggleOf(container: QuadletContainer, { text, path }: Value): boolean | undefined {
  if (/^(1|y|yes|t|true|on)$/i.test(text)) return true;
  if (/^(0|n|no|f|false|off)$/i.test(text)) return false;
  container.reader.fail(
    path,
    'VALUE_INVALID',
    `${quote(text)} is neither true nor false`,
    'write true or false',
  );
  return undefined;
}

function lastOf(values: readonly [Value, ...Value[]]): Value {
  return values.at(-1) ?? values[0];
}
