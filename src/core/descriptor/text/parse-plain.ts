import { limits } from './limits.ts';
import { plainScalar } from './plain-scalar.ts';

type PlainMap = Record<string, unknown>;

/**
 * The map that a text in ASCII is, where each of its lines says something by itself: keys and items, each with a word, with
 * brackets that the line closes, or with lines further in. Most descriptors are such, and are read so in a quarter of the
 * time that js-yaml takes. undefined for any other text, good or bad; test/property/agreement.property.test.ts shows that
 * none of them is read as something else.
 */
export function parsePlain(text: string): Readonly<PlainMap> | undefined {
  return /[^\n\x20-\x7e]/.test(text) ? undefined : new PlainReader(text).read();
}

/** What may follow a value in its line, then lines that say nothing, and the indentation of the next that does. */
const toNextLine = /(?: +#.*| *)\n(?: *(?:#.*)?\n)* */y;
const toValue = / +(?=[^ #\n])/y;
const toItem = /- +(?=[^ #\n-]|-[^ \n])/y;
const toFlowValue = /: +(?=[^ #\n,}])/y;
const blanks = / */y;
/** No number: the keys of an object that are numbers change their places. */
const key = /(?!(?:null|true|false|__proto__):)[A-Za-z_/][\w./-]*(?=:[ \n])/y;
const quoted = { '"': /"[^"\\\n]*"/y, "'": /'[^'\n]*'/y };
/** Nothing follows the repetitions, so that none of them is ever tried again. */
const blockWord = /(?:[\w./$~]|-(?=[^ \n]))(?:[^ \n:#]+|:(?=[^ \n])|(?<! )#| +(?=[^ \n:#]))*/y;
const flowWord =
  /(?:[\w./$~]|-(?=[^ \n,[\]{}]))(?:[^ \n,[\]{}:#]+|:(?=[^ \n,[\]{}])|(?<! )#| +(?=[^ \n,[\]{}:#]))*/y;

/** Each method returns undefined, which is no value of YAML, where the text is not as simple as that. */
class PlainReader {
  readonly #text: string;
  #at = 0;
  /** That of the line at hand; -1 behind the last. */
  #column = 0;
  #left: number = limits.values;

  constructor(text: string) {
    this.#text = `\n${text}\n`;
  }

  read(): Readonly<PlainMap> | undefined {
    this.#endsLine();
    const map = this.#column === 0 ? this.#map(0, 0) : undefined;
    return this.#column === -1 ? map : undefined;
  }

  #map(column: number, depth: number): PlainMap | undefined {
    const map: PlainMap = {};
    if (!this.#fits(depth)) return undefined;
    do {
      const name = this.#take(key);
      if (name === '' || Object.hasOwn(map, name)) return undefined;
      this.#at += 1;
      const value = this.#goes(toValue) ? this.#inLine(depth + 1) : this.#below(column, depth + 1);
      if (value === undefined) return undefined;
      map[name] = value;
    } while (this.#column === column);
    return this.#column < column ? map : undefined;
  }

  #list(column: number, depth: number): readonly unknown[] | undefined {
    const list: unknown[] = [];
    if (!this.#fits(depth)) return undefined;
    do {
      const dash = this.#at;
      if (!this.#goes(toItem)) return undefined;
      const item = this.#item(column + this.#at - dash, depth + 1);
      if (item === undefined) return undefined;
      list.push(item);
    } while (this.#column === column && this.#isItem());
    return this.#column <= column ? list : undefined;
  }

  /** A map that begins behind a dash goes on below its first key. */
  #item(column: number, depth: number): unknown {
    key.lastIndex = this.#at;
    return key.test(this.#text) ? this.#map(column, depth) : this.#inLine(depth);
  }

  #isItem(): boolean {
    return this.#text.startsWith('- ', this.#at);
  }

  /** What stands below a key: lines further in, items in its own column, or nothing. */
  #below(column: number, depth: number): unknown {
    if (!this.#endsLine()) return undefined;
    const own = this.#column;
    if (own >= column && this.#isItem()) return this.#list(own, depth);
    if (own > column) return this.#map(own, depth);
    return this.#fits(depth) ? null : undefined;
  }

  #inLine(depth: number): unknown {
    const value = this.#value(blockWord, depth);
    return this.#endsLine() ? value : undefined;
  }

  #value(word: RegExp, depth: number): unknown {
    const first = this.#text[this.#at];
    if (first === '[') return this.#flowList(depth);
    if (first === '{') return this.#flowMap(depth);
    if (!this.#fits(depth)) return undefined;
    const isQuoted = first === '"' || first === "'";
    const text = this.#take(isQuoted ? quoted[first] : word);
    if (text === '') return undefined;
    return isQuoted ? text.slice(1, -1) : plainScalar(text);
  }

  #flowList(depth: number): readonly unknown[] | undefined {
    const list: unknown[] = [];
    if (!this.#fits(depth)) return undefined;
    this.#pass();
    while (this.#text[this.#at] !== ']') {
      const item = this.#value(flowWord, depth + 1);
      if (item === undefined || !this.#separates(']')) return undefined;
      list.push(item);
    }
    this.#at += 1;
    return list;
  }

  #flowMap(depth: number): PlainMap | undefined {
    const map: PlainMap = {};
    if (!this.#fits(depth)) return undefined;
    this.#pass();
    while (this.#text[this.#at] !== '}') {
      const name = this.#take(key);
      if (name === '' || Object.hasOwn(map, name) || !this.#goes(toFlowValue)) return undefined;
      const value = this.#value(flowWord, depth + 1);
      if (value === undefined || !this.#separates('}')) return undefined;
      map[name] = value;
    }
    this.#at += 1;
    return map;
  }

  /** Goes past a bracket or comma, and what blanks follow it. */
  #pass(): void {
    this.#at += 1;
    this.#goes(blanks);
  }

  /** Goes to the closing bracket, or past a comma; whether there is either. */
  #separates(bracket: string): boolean {
    this.#goes(blanks);
    const found = this.#text[this.#at];
    if (found === ',') this.#pass();
    return found === ',' || found === bracket;
  }

  /** Whether the line has nothing further; then the next is at hand. */
  #endsLine(): boolean {
    if (!this.#goes(toNextLine)) return false;
    const isLast = this.#at === this.#text.length;
    this.#column = isLast ? -1 : this.#at - this.#text.lastIndexOf('\n', this.#at) - 1;
    return true;
  }

  #fits(depth: number): boolean {
    this.#left -= 1;
    return depth <= limits.depth && this.#left >= 0;
  }

  #goes(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    if (!pattern.test(this.#text)) return false;
    this.#at = pattern.lastIndex;
    return true;
  }

  /** What the pattern matches here; '' for nothing. */
  #take(pattern: RegExp): string {
    const from = this.#at;
    return this.#goes(pattern) ? this.#text.slice(from, this.#at) : '';
  }
}
