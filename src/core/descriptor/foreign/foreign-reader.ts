import type { ErrorCode } from '../../../errors/codes.ts';
import type { Failure, Place } from '../../../errors/failure.ts';
import { quote } from '../../../errors/quote.ts';
import { nearest } from '../../model/nearest.ts';
import type { Document, Path } from '../document.ts';
import { limits } from '../text/limits.ts';
import type { ForeignContext } from './foreign-context.ts';
import type { Loss, Verdict } from './loss.ts';
import { ToldLoss } from './told-loss.ts';
import { PlaceMap } from './place-map.ts';

/** So many keys are listed where none is near; the rest is in the documents. */
const mostListed = 12;

/** How a format is spoken of, and what is particular to it. */
export interface Dialect {
  /** Its name, as in `Compose has no key …`. */
  readonly name: string;
  /** Keys below which a line may hold a secret, so that its text is not repeated. */
  readonly secret: readonly string[];
  /** Keys that belong to others and are passed over. */
  readonly others?: RegExp;
  /** A path as it is told; else its keys with dots between them. */
  readonly keyText?: (path: Path) => string;
}

export type Fields = Readonly<Record<string, unknown>>;

/**
 * What reading a file of another format gathers on its way: mistakes, what becomes of each key, and where everything came from.
 * The methods that read a value note a mistake and give undefined for one of the wrong type.
 */
export class ForeignReader {
  readonly failures: Failure[] = [];
  readonly losses: Loss[] = [];
  readonly places = new PlaceMap();
  readonly references: { readonly path: Path; readonly variable: string }[] = [];
  readonly document: Document;
  readonly context: ForeignContext;
  readonly #dialect: Dialect;
  readonly #paths = new WeakMap<Failure, Path>();

  constructor(document: Document, context: ForeignContext, dialect: Dialect) {
    this.document = document;
    this.context = context;
    this.#dialect = dialect;
  }

  tell(path: Path, verdict: Verdict, words = '', next?: string): void {
    this.losses.push(new ToldLoss(this, { path, verdict, words, ...(next === undefined ? {} : { next }) }));
  }

  /** A path as it is told. */
  keyOf(path: Path): string {
    return this.#dialect.keyText?.(path) ?? path.join('.');
  }

  /** The same of a key of which something else was told before it was known what becomes of it. */
  tellInstead(path: Path, verdict: Verdict, words: string): void {
    const before = this.losses.findLastIndex((loss) => loss.path.join('\0') === path.join('\0'));
    if (before !== -1) this.losses.splice(before, 1);
    this.tell(path, verdict, words);
  }

  fail(path: Path, code: ErrorCode, message: string, next: string, part: 'key' | 'value' = 'value'): void {
    if (this.isFull) return undefined;
    const failure = { code, message, next, place: this.placeOf(path, part) };
    this.#paths.set(failure, path);
    this.failures.push(failure);
    return undefined;
  }

  /** Whether so many mistakes were found that no further one is told. */
  get isFull(): boolean {
    return this.failures.length >= limits.failures;
  }

  /** Something that the file names and does not have; nobody knows of a file of which a part could not be read. */
  failMissing(path: Path, code: ErrorCode, message: string, next: string): void {
    if (this.document.isPartial !== true) this.fail(path, code, message, next);
  }

  /** The path that a failure was noted at; that of the whole file for what others found. */
  pathOf(failure: Failure): Path {
    return this.#paths.get(failure) ?? [];
  }

  /** Where a part stands; of one that may be secret without the text of its line. */
  placeOf(path: Path, part: 'key' | 'value'): Place {
    const place = this.document.place(path, part);
    if (!this.#dialect.secret.some((key) => path.includes(key))) return place;
    const shown = Object.entries(place).filter(([key]) => !key.startsWith('text'));
    return { source: place.source, ...Object.fromEntries(shown) };
  }

  wrongType(value: unknown, path: Path, what: string): void {
    const given =
      value === null
        ? 'nothing'
        : value === undefined
          ? 'not there'
          : Array.isArray(value)
            ? 'a list'
            : `a ${typeof value}`.replace('a object', 'a map');
    this.fail(
      path,
      'VALUE_INVALID',
      `${quote(String(path.at(-1) ?? 'the file'))} is ${given}, and has to be ${what}`,
      `write ${what}`,
    );
  }

  /** A map whose keys are known; any other is a mistake, unless the format leaves it to others. */
  fields(value: unknown, path: Path, known?: readonly string[]): Fields | undefined {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      this.wrongType(value, path, 'a map');
      return undefined;
    }
    if (known === undefined) return value as Fields;
    for (const key of Object.keys(value)) {
      if (known.includes(key) || this.isFull || this.#dialect.others?.test(key) === true) continue;
      const near = nearest(key, known);
      this.fail(
        [...path, key],
        'DESCRIPTOR_KEY',
        `${this.#dialect.name} has no key ${quote(key)} here`,
        near === undefined ? this.#listed(key, known) : `did you mean ${near}?`,
        'key',
      );
    }
    return value as Fields;
  }

  /** Of many keys, those that begin alike: of `memory` it is mem_limit that was meant. */
  #listed(key: string, known: readonly string[]): string {
    const alike =
      known.length > mostListed ? known.filter((each) => each.startsWith(key.slice(0, 3))) : known;
    if (alike.length > 0 && alike.length <= mostListed)
      return `known ${alike === known ? 'are' : 'and near are'} ${alike.join(', ')}`;
    return `docs/formats/${this.#dialect.name.toLowerCase()}.md lists those that are known`;
  }

  /** A text, number or truth value as text. */
  text(value: unknown, path: Path): string | undefined {
    if (typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    this.wrongType(value, path, 'a text');
    return undefined;
  }

  number(value: unknown, path: Path): number | undefined {
    const text = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
    if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
    this.wrongType(value, path, 'a number');
    return undefined;
  }

  toggle(value: unknown, path: Path): boolean | undefined {
    if (typeof value === 'boolean') return value;
    if (value === 'true' || value === 'yes' || value === 'on') return true;
    if (value === 'false' || value === 'no' || value === 'off') return false;
    this.wrongType(value, path, 'true or false');
    return undefined;
  }

  list(value: unknown, path: Path): readonly (readonly [item: unknown, path: Path])[] {
    if (Array.isArray(value)) return value.map((item: unknown, index) => [item, [...path, index]]);
    this.wrongType(value, path, 'a list');
    return [];
  }

  /** A key of a map as text; undefined where it is not there. */
  textOf(fields: Fields, key: string, path: Path): string | undefined {
    return fields[key] === undefined ? undefined : this.text(fields[key], [...path, key]);
  }

  /** A truth value of a map; undefined where it is not there. */
  toggleOf(fields: Fields, key: string, path: Path): boolean | undefined {
    const value = fields[key];
    return value === undefined || value === null ? undefined : this.toggle(value, [...path, key]);
  }

  /** A key of a map that may only be one of some texts; undefined where it is not there, or is another, which is noted. */
  oneOf(fields: Fields, key: string, path: Path, allowed: readonly string[]): string | undefined {
    const text = fields[key] === null ? undefined : this.textOf(fields, key, path);
    if (text === undefined || allowed.includes(text)) return text;
    const guess = nearest(text, allowed);
    this.fail(
      [...path, key],
      'VALUE_INVALID',
      `${quote(text)} is no ${quote(key)}`,
      guess === undefined ? `write ${allowed.join(', ')}` : `did you mean ${guess}?`,
    );
    return undefined;
  }

  /** A text, or a list of them. */
  texts(value: unknown, path: Path): readonly (readonly [text: string, path: Path])[] {
    const items = Array.isArray(value) ? this.list(value, path) : [[value, path] as const];
    return items.flatMap(([item, at]) => {
      const text = this.text(item, at);
      return text === undefined ? [] : [[text, at] as const];
    });
  }

  /** A map, or a list of KEY=VALUE; null for a key without a value. */
  pairs(value: unknown, path: Path): readonly (readonly [key: string, value: string | null, path: Path])[] {
    if (Array.isArray(value))
      return this.texts(value, path).map(([text, at]) => {
        const mark = text.indexOf('=');
        return mark === -1 ? [text, null, at] : [text.slice(0, mark), text.slice(mark + 1), at];
      });
    return Object.entries(this.fields(value, path) ?? {}).flatMap(([key, item]) => {
      const at = [...path, key];
      const text = item === null ? null : this.text(item, at);
      return text === undefined ? [] : [[key, text, at] as const];
    });
  }
}
