import type { Failure } from '../../../errors/failure.ts';
import { quote } from '../../../errors/quote.ts';
import { nearest } from '../../model/nearest.ts';
import { installFlags } from '../install-flags.ts';
import { runFlags } from './run-flags.ts';
import type { Word } from './split-words.ts';

/** A flag as it stands in the line. */
export interface GivenFlag {
  readonly name: string;
  readonly value: string;
  readonly word: Word;
}

interface Known {
  readonly name: string;
  readonly takesValue: boolean;
}

const known: ReadonlyMap<string, Known> = new Map([
  ...Object.entries(runFlags).flatMap(([name, { kind, short }]) =>
    entriesOf(name, kind === 'value', short === undefined ? [] : [short]),
  ),
  ...installFlags.flatMap(({ name, aliases = [], value, short }) =>
    entriesOf(name, value !== undefined, [...aliases, ...(short === undefined ? [] : [short])]),
  ),
  // docker run has a short form here that gear keeps for help.
  ...entriesOf('hostname', true, ['h']),
]);

function entriesOf(name: string, takesValue: boolean, others: readonly string[]): [string, Known][] {
  return [name, ...others].map((key) => [key, { name, takesValue }]);
}

/** What of install docker run does not have: it would be another's word there. */
const notOfRun: ReadonlySet<string> = new Set(
  installFlags
    .filter(
      ({ group, name }) => group === 'SYSTEMD' || ['restart-sec', 'job', 'schedule', 'super'].includes(name),
    )
    .map(({ name }) => name),
);

/** The flags at the beginning of the words, and what follows them: the image and its command. */
interface ReadFlags {
  readonly flags: readonly GivenFlag[];
  readonly rest: readonly Word[];
  readonly failures: readonly Failure[];
}

/** Takes flags apart as pflag does, until the first word that is none, or `--`. */
export function readFlags(words: readonly Word[]): ReadFlags {
  const flags: GivenFlag[] = [];
  const failures: Failure[] = [];
  let index = 0;
  for (
    let word = words[0];
    word !== undefined && word.text.startsWith('-') && word.text !== '-';
    word = words[index]
  ) {
    index += 1;
    if (word.text === '--') break;
    const read = word.text.startsWith('--') ? longFlag(word, words[index]) : shortFlags(word, words[index]);
    flags.push(...read.flags);
    if (read.takesNext) index += 1;
    if (read.failure !== undefined) failures.push(read.failure);
  }
  return { flags, rest: words.slice(index), failures };
}

interface OneWord {
  readonly flags: readonly GivenFlag[];
  readonly takesNext: boolean;
  readonly failure?: Failure;
}

function longFlag(word: Word, next: Word | undefined): OneWord {
  const [, name = '', value] = /^--([^=]*)(?:=(.*))?$/s.exec(word.text) ?? [];
  const flag = name.length > 1 && !notOfRun.has(name) ? known.get(name) : undefined;
  if (flag === undefined) return unknown(`--${name}`, word);
  if (!flag.takesValue)
    return { flags: [{ name: flag.name, value: value ?? 'true', word }], takesNext: false };
  if (value !== undefined) return { flags: [{ name: flag.name, value, word }], takesNext: false };
  if (next === undefined) return missing(`--${name}`, word);
  return { flags: [{ name: flag.name, value: next.text, word }], takesNext: true };
}

/** `-it`, `-p80:80`, `-p 80:80`, `-p=80:80`: switches in a row, of which the last may be one with a value. */
function shortFlags(word: Word, next: Word | undefined): OneWord {
  const flags: GivenFlag[] = [];
  for (let at = 1; at < word.text.length; at++) {
    const letter = word.text.charAt(at);
    const flag = known.get(letter);
    if (flag === undefined) return { ...unknown(`-${letter}`, word), flags };
    const rest = word.text.slice(at + 1);
    if (flag.takesValue) {
      if (rest !== '') flags.push({ name: flag.name, value: rest.replace(/^=/, ''), word });
      else if (next === undefined) return { ...missing(`-${letter}`, word), flags };
      else return { flags: [...flags, { name: flag.name, value: next.text, word }], takesNext: true };
      return { flags, takesNext: false };
    }
    const value = rest.startsWith('=') ? rest.slice(1) : 'true';
    flags.push({ name: flag.name, value, word });
    if (rest.startsWith('=')) return { flags, takesNext: false };
  }
  return { flags, takesNext: false };
}

function unknown(flag: string, word: Word): OneWord {
  const name = flag.replace(/^-+/, '');
  const words = [...known.keys()].filter((key) => key.length > 1 && !notOfRun.has(key));
  const near = name.length > 1 ? nearest(name, words) : undefined;
  const next = near === undefined ? 'docker run --help' : `did you mean --${near}?`;
  return failed(`${quote(flag)} is no flag of docker run that gear knows`, next, word);
}

function missing(flag: string, word: Word): OneWord {
  return failed(`${quote(flag)} has no value`, 'give it one', word);
}

function failed(message: string, next: string, { line, column }: Word): OneWord {
  const place = { source: '--from-run', line, column };
  return { flags: [], takesNext: false, failure: { code: 'VALUE_INVALID', message, next, place } };
}
