import { err, ok, type Failure, type Result } from '../../../errors/failure.ts';
import { quote } from '../../../errors/quote.ts';

/** A word of a shell's line, and where it begins; both count from 1. */
export interface Word {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** What a shell would do something about, which gear does not: it runs nothing and knows no variables. */
const special: Readonly<Record<string, readonly [what: string, next: string]>> = {
  $: ['a shell would put a value here', 'write the value, or put $ into single quotes'],
  '`': ['a shell would run a command here', 'write what it gives, or put ` into single quotes'],
  '*': ['a shell would put names of files here', 'write them, or put * into quotes'],
  '?': ['a shell would put names of files here', 'write them, or put ? into quotes'],
  '[': ['a shell would put names of files here', 'write them, or put [ into quotes'],
  '{': ['some shells would write several words here', 'write them, or put { into quotes'],
  '~': ['a shell would put a home folder here', 'write the absolute path'],
  '|': ['this is a pipe, and gear runs one container', 'end the line before it'],
  '&': ['this begins another command, or puts this one into the background', 'end the line before it'],
  ';': ['this begins another command', 'end the line before it'],
  '<': ['this redirects its input, and a unit has none', 'take it away'],
  '>': ['this redirects its output, which the journal has', 'take it away: gear logs shows it'],
  '(': ['this begins a subshell', 'take it away, or put it into quotes'],
  ')': ['this ends a subshell', 'take it away, or put it into quotes'],
  '#': ['this begins a comment', 'end the line before it'],
  '\n': ['a new command begins here', 'end the line above with a backslash, or take the rest away'],
};

/** Special only where a word begins. */
const atBeginning: ReadonlySet<string> = new Set(['~', '#']);

/**
 * The words of one command as a POSIX shell splits it (Shell Command Language, 2.2): quotes, backslashes and lines that
 * go on. What a shell would expand, redirect or run is refused at its column; nothing is executed. VALUE_INVALID.
 */
export function splitWords(text: string, options: LineOptions = {}): Result<readonly Word[]> {
  const reader = new Reader(text.replace(/\r\n/g, '\n').trimEnd(), options);
  return reader.read();
}

export interface LineOptions {
  /** Known variables, of which $NAME and ${NAME} are put into words as they are; absent: a $ is refused. */
  readonly variables?: Readonly<Record<string, string>>;
  /** What failures name as the place of the line. */
  readonly source?: string;
}

class Reader {
  readonly #text: string;
  readonly #options: LineOptions;
  readonly #words: Word[] = [];
  readonly #failures: Failure[] = [];
  #at = 0;
  #word: string | null = null;
  #start = 0;

  constructor(text: string, options: LineOptions) {
    this.#text = text;
    this.#options = options;
  }

  read(): Result<readonly Word[]> {
    while (this.#at < this.#text.length && this.#failures.length === 0) this.#step();
    this.#endWord();
    return this.#failures.length > 0 ? err(...this.#failures) : ok(this.#words);
  }

  #step(): void {
    const character = this.#text.charAt(this.#at);
    if (character === ' ' || character === '\t') {
      this.#endWord();
      this.#at += 1;
    } else if (character === '\n' && this.#words.length === 0 && this.#word === null) this.#at += 1;
    else if (character === '\\') this.#escape();
    else if (character === "'") this.#single();
    else if (character === '"') this.#double();
    else if (character === '$' && this.#options.variables !== undefined)
      this.#variable(this.#options.variables);
    else if (Object.hasOwn(special, character) && (this.#word === null || !atBeginning.has(character)))
      this.#refuse(this.#at);
    else this.#take(character, 1);
  }

  /** Outside of quotes a backslash takes any character as it is, and joins the next line. */
  #escape(): void {
    const next = this.#text.charAt(this.#at + 1);
    if (next === '') this.#fail(this.#at, 'the line ends in a backslash', 'take it away, or go on');
    else if (next === '\n') this.#at += 2;
    else this.#take(next, 2);
  }

  #single(): void {
    const end = this.#text.indexOf("'", this.#at + 1);
    if (end === -1) this.#fail(this.#at, "a quote is not closed: '", 'close it');
    else this.#take(this.#text.slice(this.#at + 1, end), end + 1 - this.#at);
  }

  /** Within double quotes a backslash escapes $, `, ", \ and a line's end, and is itself before anything else. */
  #double(): void {
    const open = this.#at;
    this.#take('', 1);
    while (this.#at < this.#text.length) {
      const character = this.#text.charAt(this.#at);
      const next = this.#text.charAt(this.#at + 1);
      if (character === '"') {
        this.#at += 1;
        return;
      }
      if (character === '$' && this.#options.variables !== undefined) {
        this.#variable(this.#options.variables);
        if (this.#failures.length > 0) return;
        continue;
      }
      if (character === '$' || character === '`') {
        this.#refuse(this.#at);
        return;
      }
      if (character === '\\' && next === '\n') this.#at += 2;
      else if (character === '\\' && next !== '' && '$`"\\'.includes(next)) this.#take(next, 2);
      else this.#take(character, 1);
    }
    this.#fail(open, 'a quote is not closed: "', 'close it');
  }

  /** `$NAME`, `${NAME}`, or `${NAME:-other}`: the value goes into the word, and is not split or read again. */
  #variable(variables: Readonly<Record<string, string>>): void {
    const rest = this.#text.slice(this.#at);
    const [whole, bare, braced, other] =
      /^\$(?:([A-Za-z_][A-Za-z0-9_]*)|\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^{}$`]*))?\})/.exec(rest) ?? [];
    const name = bare ?? braced;
    if (whole === undefined || name === undefined) {
      this.#refuse(this.#at);
      return;
    }
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
    const used = value === undefined || value === '' ? (other ?? value) : value;
    // As for a shell, an empty value outside of quotes is no word of its own.
    if (used === '' && this.#word === null) {
      this.#at += whole.length;
      return;
    }
    const known = Object.keys(variables).join(', ');
    if (used !== undefined) this.#take(used, whole.length);
    else this.#fail(this.#at, `there is no variable ${name}`, `a label may name ${known}`);
  }

  #take(text: string, length: number): void {
    if (this.#word === null) this.#start = this.#at;
    this.#word = (this.#word ?? '') + text;
    this.#at += length;
  }

  #endWord(): void {
    if (this.#word !== null) this.#words.push({ text: this.#word, ...this.#position(this.#start) });
    this.#word = null;
  }

  #refuse(at: number): void {
    const character = this.#text.charAt(at);
    const [what = '', next = ''] = special[character] ?? [];
    this.#fail(at, `${character === '\n' ? 'line end' : quote(character)}: ${what}`, next);
  }

  #fail(at: number, message: string, next: string): void {
    // What stands around it may be a secret, so the place is its position alone.
    const place = { source: this.#options.source ?? '--from-run', ...this.#position(at) };
    this.#failures.push({ code: 'VALUE_INVALID', message, next, place });
  }

  #position(at: number): { readonly line: number; readonly column: number } {
    const before = this.#text.slice(0, at).split('\n');
    return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  }
}
