import type * as YamlModule from 'yaml';
import type { Alias, Pair, ParsedNode, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { Failure } from '../../../errors/failure.ts';
import { quote } from '../../../errors/quote.ts';
import { limits } from './limits.ts';
import { type Entry, type MapNode, type Node, scalarNode, type Span } from './node.ts';
import { tooDeep, tooMany } from './node-value.ts';
import type { SourceText } from './source-text.ts';

type Parsed = ParsedNode | Pair<ParsedNode, ParsedNode | null> | null;
type Yaml = Pick<typeof YamlModule, 'isAlias' | 'isMap' | 'isPair' | 'isScalar' | 'isSeq'>;

/**
 * Makes our nodes of those of `yaml`, and refuses what a descriptor does not use: tags, keys that are no text, keys
 * that stand twice, `__proto__`. Every failure is collected.
 */
export class NodeBuilder {
  readonly failures: Failure[] = [];
  readonly #yaml: Yaml;
  readonly #source: SourceText;
  readonly #tags: readonly string[];
  readonly #anchors = new Map<string, Node>();
  #merged = 0;

  /** `tags`: those that mean something, and are kept with their nodes. */
  constructor(yaml: Yaml, source: SourceText, tags: readonly string[] = []) {
    this.#yaml = yaml;
    this.#source = source;
    this.#tags = tags;
  }

  /** The node of a parsed one; what cannot be used becomes an empty scalar beside its failure. */
  build(parsed: Parsed, depth = 0): Node {
    if (parsed === null || this.#yaml.isPair(parsed)) return empty({ start: 0, end: 0 });
    const span = { start: parsed.range[0], end: parsed.range[1] };
    if (this.#yaml.isAlias(parsed)) return this.#alias(parsed, span);
    const tag = parsed.tag !== undefined && this.#tags.includes(parsed.tag) ? parsed.tag : undefined;
    if (parsed.tag !== undefined && tag === undefined)
      this.#refuse(
        span.start,
        'a tag such as !!str has no meaning here',
        'take it out; text that looks like a number goes in "quotes"',
      );
    if (depth > limits.depth) {
      if (this.failures.length < limits.failures) this.failures.push(tooDeep(this.#source, span.start));
      return empty(span);
    }
    const content = this.#content(parsed, span, depth);
    const node = tag === undefined ? content : { ...content, tag };
    if (parsed.anchor !== undefined) this.#anchors.set(parsed.anchor, node);
    return node;
  }

  #content(parsed: Exclude<ParsedNode, Alias>, span: Span, depth: number): Node {
    if (this.#yaml.isScalar(parsed)) return this.#scalar(parsed, span);
    if (this.#yaml.isSeq(parsed))
      return {
        kind: 'list',
        ...span,
        items: (parsed as YAMLSeq<ParsedNode>).items.map((item) => this.build(item, depth + 1)),
      };
    return this.#map(parsed, span, depth);
  }

  #scalar(parsed: Scalar, span: Span): Node {
    const text = String(parsed.value);
    if (text.includes('\0')) this.#refuse(span.start, 'the text holds a zero byte', 'take the \\0 out');
    return scalarNode(span, text, parsed.type !== 'PLAIN');
  }

  #alias(parsed: Alias, span: Span): Node {
    const node = this.#anchors.get(parsed.source);
    if (node !== undefined) return node;
    this.#refuse(
      span.start,
      `*${parsed.source.slice(0, 40)} stands for nothing: no &${parsed.source.slice(0, 40)} ends before it`,
      'name an anchor that is above; text that begins with * goes in "quotes"',
    );
    return empty(span);
  }

  #map(parsed: YAMLMap.Parsed, span: Span, depth: number): MapNode {
    const entries = new Map<string, Entry>();
    const merges: Node[] = [];
    for (const { key, value } of parsed.items) {
      const keySpan = { start: key.range[0], end: key.range[1] };
      const built =
        value === null ? empty({ start: keySpan.end, end: keySpan.end }) : this.build(value, depth + 1);
      const name = this.#key(key, keySpan);
      if (name === undefined) continue;
      if (name === '<<' && this.#yaml.isScalar(key) && key.type === 'PLAIN') merges.push(built);
      else if (entries.has(name)) this.#twice(name, keySpan.start, entries.get(name));
      else entries.set(name, { key: keySpan, value: built });
    }
    for (const merge of merges) this.#merge(entries, merge);
    return { kind: 'map', ...span, entries };
  }

  #key(key: ParsedNode, span: Span): string | undefined {
    if (!this.#yaml.isScalar(key) || key.tag !== undefined) {
      this.#refuse(
        span.start,
        'a key has to be plain text',
        'write it as KEY: VALUE; a key with special characters goes in "quotes"',
      );
      return undefined;
    }
    const name = String(key.value);
    if (name === '' && key.type === 'PLAIN') {
      this.#refuse(
        span.start,
        'there is no key before the ":"',
        'write it as KEY: VALUE; text that begins with ":" goes in "quotes"',
      );
      return undefined;
    }
    if (name === '__proto__' || name.includes('\0')) {
      this.#refuse(span.start, `the key ${quote(name)} cannot be used`, 'choose another name');
      return undefined;
    }
    if (key.anchor !== undefined) this.#anchors.set(key.anchor, scalarNode(span, name, key.type !== 'PLAIN'));
    return name;
  }

  #twice(name: string, offset: number, first: Entry | undefined): void {
    const line = this.#source.place(first?.key.start ?? 0).line ?? 1;
    this.#refuse(
      offset,
      `the key ${quote(name)} stands twice in this map, first in line ${line}`,
      'keep one of them, or make them one',
    );
  }

  /** `<<` (https://yaml.org/type/merge.html): the map's own keys win, then those of maps named earlier. */
  #merge(entries: Map<string, Entry>, from: Node): void {
    const maps = from.kind === 'list' ? from.items : [from];
    for (const map of maps) {
      if (map.kind !== 'map') {
        this.#refuse(
          map.start,
          'only a map, or a list of maps, can be merged with "<<"',
          'write it as <<: *NAME, where &NAME is on a map',
        );
        continue;
      }
      this.#merged += map.entries.size + 1;
      if (this.#merged > limits.values) {
        if (this.#merged - map.entries.size - 1 <= limits.values)
          this.failures.push(tooMany(this.#source, from.start));
        return;
      }
      for (const [name, entry] of map.entries) if (!entries.has(name)) entries.set(name, entry);
    }
  }

  #refuse(offset: number, message: string, next: string): void {
    if (this.failures.length >= limits.failures) return;
    this.failures.push(this.#source.failure('DESCRIPTOR_SYNTAX', offset, message, next));
  }
}

function empty(span: Span): Node {
  return { kind: 'scalar', ...span, value: null };
}
