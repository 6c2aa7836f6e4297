import { limits } from './limits.ts';
import { type Entry, type Node, scalarNode } from './node.ts';

/** A list or map in brackets that ends with its line; undefined for what is not as simple as that. */
export class Flow {
  readonly #text: string;
  readonly #end: number;
  #at: number;

  constructor(text: string, at: number, end: number) {
    this.#text = text;
    this.#at = at;
    this.#end = end;
  }

  read(): Node | undefined {
    const node = this.#node(0);
    return node !== undefined && isComment(this.#text.slice(this.#at, this.#end)) ? node : undefined;
  }

  #node(depth: number): Node | undefined {
    if (depth > limits.depth) return undefined;
    const first = this.#text[this.#at];
    if (first === '[') return this.#list(depth);
    if (first === '{') return this.#map(depth);
    return this.#scalar(/(?:[^\s,[\]{}:#]|:(?=[^\s,[\]{}])|[#](?<=\S#)| (?=[^ ,[\]{}:#]))+/y);
  }

  #list(depth: number): Node | undefined {
    const start = this.#at++;
    const items: Node[] = [];
    while (!this.#closes(']')) {
      const item = this.#node(depth + 1);
      if (item === undefined || !this.#separates(']')) return undefined;
      items.push(item);
    }
    return { kind: 'list', start, end: this.#at, items };
  }

  #map(depth: number): Node | undefined {
    const start = this.#at++;
    const entries = new Map<string, Entry>();
    while (!this.#closes('}')) {
      const key = this.#scalar(/[\w./-]+/y);
      const name =
        key === undefined ? '' : this.#text.slice(key.start, key.end).replaceAll(/^["']|["']$/g, '');
      if (key === undefined || name === '' || name === '__proto__' || entries.has(name)) return undefined;
      if (!/:[ ,}]/y.test(this.#text.slice(this.#at, this.#at + 2))) return undefined;
      this.#at += 1;
      this.#blanks();
      const nothing = /[,}]/.test(this.#text[this.#at] ?? '');
      const value = nothing ? scalarNode({ start: key.end, end: key.end }, '', false) : this.#node(depth + 1);
      if (value === undefined || !this.#separates('}')) return undefined;
      entries.set(name, { key: { start: key.start, end: key.end }, value });
    }
    return { kind: 'map', start, end: this.#at, entries };
  }

  /** A text in quotes, or one that a pattern matches. */
  #scalar(plain: RegExp): Node | undefined {
    const first = this.#text[this.#at] ?? '';
    const pattern = first === '"' || first === "'" ? quoted[first] : plain;
    pattern.lastIndex = this.#at;
    const [found = ''] = pattern.exec(this.#text) ?? [];
    const node = simpleScalar(this.#text, this.#at, this.#at + found.length);
    this.#at += found.length;
    return this.#at > this.#end ? undefined : node;
  }

  /** Whether the bracket is closed here. */
  #closes(bracket: string): boolean {
    this.#blanks();
    if (this.#text[this.#at] !== bracket || this.#at >= this.#end) return false;
    this.#at += 1;
    return true;
  }

  /** Goes past a comma; whether there is one, or the bracket. */
  #separates(bracket: string): boolean {
    this.#blanks();
    if (this.#text[this.#at] === bracket) return true;
    return this.#text[this.#at++] === ',';
  }

  #blanks(): void {
    while (this.#text[this.#at] === ' ') this.#at += 1;
  }
}

const quoted = { '"': /"[^"\\\n]*"/y, "'": /'[^'\n]*'/y };

/** A scalar between two offsets, with a comment behind it or none; undefined for one that has to be looked at more closely. */
export function simpleScalar(text: string, start: number, end: number): Node | undefined {
  const raw = text.slice(start, end);
  const [, found, double, single] = /^("([^"\\]*)"|'([^']*)')(?= +#| *$)/.exec(raw) ?? [];
  if (found !== undefined)
    return isComment(raw.slice(found.length))
      ? scalarNode({ start, end: start + found.length }, double ?? single ?? '', true)
      : undefined;
  const mark = raw.search(/ +#/);
  const plain = mark === -1 ? raw : raw.slice(0, mark);
  if (/^([-?:]( |$)|[,[\]{}#&*!|>'"%@`])|: |:$|\0/.test(plain) || plain === '') return undefined;
  return scalarNode({ start, end: start + plain.length }, plain, false);
}

function isComment(rest: string): boolean {
  return /^( *| +#.*)$/.test(rest);
}
