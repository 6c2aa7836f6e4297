import { nearest } from '../../model/nearest.ts';

/** Values by name. */
export type Variables = Readonly<Record<string, string>>;

/**
 * Whose rules texts with variables follow. By those of Compose `$NAME` is one too, and what is not set is empty, which is
 * told; by gear's own a `$` before a name stays, and what is not set is a mistake.
 */
export type VariableRules = 'native' | 'compose';

/** What variables stand for, and whose rules hold. */
export interface Filling {
  readonly variables: Variables;
  readonly rules: VariableRules;
}

/** A variable that is not set and became nothing, and where in the text it begins. */
export interface Blank {
  readonly offset: number;
  readonly name: string;
}

/** What is wrong with a `${`, and where in the text that begins. */
export interface Problem {
  readonly code: 'VARIABLE_UNSET' | 'VARIABLE_SYNTAX';
  readonly offset: number;
  readonly message: string;
  readonly next: string;
}

/** Defaults within defaults. */
const deepest = 16;

const none: readonly never[] = [];
const bare = /\$([A-Za-z_][A-Za-z0-9_]*)/y;
const head = /\$\{([A-Za-z_][A-Za-z0-9_]*)(?:(:?[-?+])|(?=\}))/y;

/**
 * Replaces `${NAME}`, `${NAME:-default}`, `${NAME-default}`, `${NAME:?message}`, `${NAME?message}`, `${NAME:+other}` and
 * `${NAME+other}` as a shell does, in one pass: what a variable holds is never looked at again. `$$` is one dollar
 * sign, and any other `$` stays, but for what the rules say. No problem shows the value of a variable.
 */
export function expand(
  text: string,
  filling: Filling,
): { text: string; problems: readonly Problem[]; blanks: readonly Blank[] } {
  if (!text.includes('$')) return { text, problems: none, blanks: none };
  const expansion = new Expansion(text, filling);
  const filled = expansion.run(0, 0, true).text;
  return { text: filled, problems: expansion.problems, blanks: expansion.blanks };
}

class Expansion {
  readonly problems: Problem[] = [];
  readonly blanks: Blank[] = [];
  readonly #text: string;
  readonly #variables: Variables;
  readonly #rules: VariableRules;
  #isCut = false;

  constructor(text: string, { variables, rules }: Filling) {
    this.#text = text;
    this.#variables = variables;
    this.#rules = rules;
  }

  /** From an offset to the end, or in a nested word to its `}`. A branch that is not taken is read and not filled in. */
  run(from: number, depth: number, taken: boolean): { text: string; end: number } {
    const text = this.#text;
    let result = '';
    let at = from;
    while (at < text.length) {
      const stop = this.#next(at, depth > 0);
      result += text.slice(at, stop);
      if (stop === text.length || text[stop] === '}') return { text: result, end: stop };
      const following = text[stop + 1];
      if (following === '{') {
        const reference = this.#reference(stop, depth, taken);
        result += reference.text;
        at = reference.end;
      } else {
        const named = following === '$' ? null : this.#bare(stop);
        result += named === null ? '$' : this.#plain(named, stop, taken);
        at = stop + (following === '$' ? 2 : 1 + (named?.length ?? 0));
      }
    }
    return { text: result, end: at };
  }

  #next(from: number, nested: boolean): number {
    const dollar = this.#text.indexOf('$', from);
    const brace = nested ? this.#text.indexOf('}', from) : -1;
    const first = Math.min(...[dollar, brace].filter((offset) => offset !== -1));
    return Number.isFinite(first) ? first : this.#text.length;
  }

  /** The name after a `$`, where that is a variable too. */
  #bare(start: number): string | null {
    if (this.#rules === 'native') return null;
    bare.lastIndex = start;
    return bare.exec(this.#text)?.[1] ?? null;
  }

  /** The value of a variable that is written without an operator. */
  #plain(name: string, start: number, taken: boolean): string {
    if (!taken) return '';
    if (Object.hasOwn(this.#variables, name)) return this.#variables[name] ?? '';
    if (this.#rules === 'compose') this.blanks.push({ offset: start, name });
    else this.#unset(start, name, false, '');
    return '';
  }

  #reference(start: number, depth: number, taken: boolean): { text: string; end: number } {
    head.lastIndex = start;
    const match = head.exec(this.#text);
    if (match === null) return this.#unreadable(start);
    const [, name = '', operator = ''] = match;
    if (depth >= deepest) {
      this.#problem(
        'VARIABLE_SYNTAX',
        start,
        `variables are nested more than ${deepest} deep`,
        'use fewer defaults within defaults',
      );
      return this.#cut();
    }
    const value = Object.hasOwn(this.#variables, name) ? this.#variables[name] : undefined;
    const has = value !== undefined && !(operator.startsWith(':') && value === '');
    const kind = operator.at(-1);
    const wordTaken = taken && ((kind === '-' && !has) || (kind === '+' && has));
    const wordStart = head.lastIndex;
    const word = this.run(wordStart, depth + 1, wordTaken);
    if (word.end === this.#text.length) return this.#unclosed(start);
    const end = word.end + 1;
    if (kind === '+') return { text: wordTaken ? word.text : '', end };
    if (kind === undefined) return { text: this.#plain(name, start, taken), end };
    if (has) return { text: taken ? value : '', end };
    if (kind === '-') return { text: word.text, end };
    if (taken) this.#unset(start, name, value === '', this.#text.slice(wordStart, word.end));
    return { text: '', end };
  }

  #unreadable(start: number): { text: string; end: number } {
    const close = this.#text.indexOf('}', start);
    if (close === -1) return this.#unclosed(start);
    this.#problem(
      'VARIABLE_SYNTAX',
      start,
      'this "${" does not name a variable in a way that gear knows',
      'write ${NAME}, ${NAME:-default} or ${NAME:?message}; a dollar sign of a script is written $$',
    );
    return { text: '', end: close + 1 };
  }

  /** Nothing after it can be read; of several that are open the innermost is told. */
  #unclosed(start: number): { text: string; end: number } {
    const next = 'close it with "}", or write $$ for a dollar sign';
    if (!this.#isCut) this.#problem('VARIABLE_SYNTAX', start, 'a "${" is not closed', next);
    return this.#cut();
  }

  #cut(): { text: string; end: number } {
    this.#isCut = true;
    return { text: '', end: this.#text.length };
  }

  #unset(offset: number, name: string, isEmpty: boolean, wish: string): void {
    const similar = nearest(
      name,
      Object.keys(this.#variables).filter((key) => key !== name),
    );
    this.#problem(
      'VARIABLE_UNSET',
      offset,
      `the variable ${name} is ${isEmpty ? 'empty' : 'not set'}${wish === '' ? '' : `: ${wish}`}`,
      similar === undefined
        ? `set ${name} in the environment or in .env, or give a default: \${${name}:-…}`
        : `did you mean ${similar}, which is set?`,
    );
  }

  #problem(code: Problem['code'], offset: number, message: string, next: string): void {
    this.problems.push({ code, offset, message, next });
  }
}
