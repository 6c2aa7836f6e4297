import { Flow, simpleScalar } from './flow-line.ts';
import { limits } from './limits.ts';
import { type Entry, type Node, scalarNode } from './node.ts';

/** A line that holds something: its column, and where that begins and ends in the text. */
interface Line {
  column: number;
  start: number;
  readonly end: number;
}

/**
 * The value of a text with the places of its parts, where each of its lines says something by itself, as those of most files
 * do: keys and items, each with a value that is not continued, or with lines further in. undefined for any other text, which
 * parseFull reads. It is many times as fast, so that the place of one key does not cost more than all the rest.
 */
export function parseLines(text: string): Node | undefined {
  const lines = linesOf(text);
  if (lines === undefined) return undefined;
  const reader = new LineReader(text, lines);
  const node = reader.block(0);
  return reader.isDone ? node : undefined;
}

function linesOf(text: string): Line[] | undefined {
  const lines: Line[] = [];
  let offset = 0;
  for (const line of text.split('\n')) {
    const column = line.search(/\S/);
    if (column !== -1 && line[column] !== '#' && !(line === '---' && lines.length === 0)) {
      if (/^(---|\.\.\.|%)/.test(line) || /[\t\r]/.test(line)) return undefined;
      lines.push({ column, start: offset + column, end: offset + line.trimEnd().length });
    }
    offset += line.length + 1;
  }
  return lines;
}

class LineReader {
  readonly #text: string;
  readonly #lines: readonly Line[];
  #at = 0;

  constructor(text: string, lines: readonly Line[]) {
    this.#text = text;
    this.#lines = lines;
  }

  get isDone(): boolean {
    return this.#at === this.#lines.length;
  }

  /** The list or map whose first line is the next one. */
  block(depth: number): Node | undefined {
    const line = this.#lines[this.#at];
    if (line === undefined || depth > limits.depth) return undefined;
    return this.#isItem(line) ? this.#list(line.column, depth) : this.#map(line.column, depth);
  }

  #isItem({ start, end }: Line): boolean {
    return this.#text[start] === '-' && (start + 1 === end || this.#text[start + 1] === ' ');
  }

  #list(column: number, depth: number): Node | undefined {
    const items: Node[] = [];
    const start = this.#lines[this.#at]?.start ?? 0;
    for (let line = this.#lines[this.#at]; line?.column === column; line = this.#lines[this.#at]) {
      if (!this.#isItem(line)) break;
      const [blanks = ''] = /^- +(?=[^ #-])/.exec(this.#text.slice(line.start, line.end)) ?? [];
      if (blanks === '') return undefined;
      const at = line.start + blanks.length;
      let item: Node | undefined;
      if (keyOf(this.#text.slice(at, line.end)) === undefined) item = this.#value(at, line);
      else {
        // A map that begins behind the dash goes on below its first key.
        line.column += blanks.length;
        line.start = at;
        item = this.#map(line.column, depth + 1);
      }
      if (item === undefined) return undefined;
      items.push(item);
    }
    return { kind: 'list', start, end: items.at(-1)?.end ?? start, items };
  }

  #map(column: number, depth: number): Node | undefined {
    const entries = new Map<string, Entry>();
    const start = this.#lines[this.#at]?.start ?? 0;
    let end = start;
    for (let line = this.#lines[this.#at]; line?.column === column; line = this.#lines[this.#at]) {
      const key = keyOf(this.#text.slice(line.start, line.end));
      if (key === undefined || entries.has(key.name)) return undefined;
      const span = { start: line.start, end: line.start + key.length };
      const value =
        key.rest === line.end - line.start
          ? this.#below(line, span.end, depth)
          : this.#value(line.start + key.rest, line);
      if (value === undefined) return undefined;
      entries.set(key.name, { key: span, value });
      end = Math.max(span.end, value.end);
    }
    return { kind: 'map', start, end, entries };
  }

  /** What stands below a key without a value: lines further in, items in its own column, or nothing. */
  #below({ column }: Line, end: number, depth: number): Node | undefined {
    this.#at += 1;
    const next = this.#lines[this.#at];
    const isOwn =
      next !== undefined && (next.column > column || (next.column === column && this.#isItem(next)));
    return isOwn ? this.block(depth + 1) : scalarNode({ start: end, end }, '', false);
  }

  /** A value that ends with its line, and that no line continues. */
  #value(at: number, { column, end }: Line): Node | undefined {
    this.#at += 1;
    const next = this.#lines[this.#at];
    if (next !== undefined && next.column > column) return undefined;
    const first = this.#text[at] ?? '';
    if (first === '[' || first === '{') return new Flow(this.#text, at, end).read();
    return simpleScalar(this.#text, at, end);
  }
}

/** The key that a line begins with, and where its value does. */
function keyOf(
  line: string,
): { readonly name: string; readonly length: number; readonly rest: number } | undefined {
  const [all = '', key = '', plain, double, single] =
    /^(([\w./][\w./-]*)|"([^"\\]+)"|'([^']+)'):(?: +(?=[^ #])|(?: *| +#.*)$)/.exec(line) ?? [];
  const name = plain ?? double ?? single;
  if (name === undefined || name === '__proto__' || name.includes('\0')) return undefined;
  return { name, length: key.length, rest: all.length };
}
