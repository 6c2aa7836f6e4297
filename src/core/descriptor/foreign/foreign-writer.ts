import type { Coverage } from './coverage.ts';
import type { Loss } from './loss.ts';

export type Native = Readonly<Record<string, unknown>>;

/** What of an app another format cannot say. */
export type WriteLoss = Pick<Loss, 'key' | 'verdict' | 'words'>;

/** What is written of a native descriptor while it is gone through, container by container. */
export interface Writing {
  readonly app: Native;
  /** The container's name and keys. */
  readonly name: string;
  readonly container: Native;
  readonly losses: WriteLoss[];
}

/** A key of the native descriptor, and what of another format it becomes. */
export interface WriterKey<T> extends Coverage {
  readonly write: (into: T, value: unknown) => void;
}

/** Writes each key of a container by its table; what the table does not have is told as lost. */
export function writeKeys<T extends { readonly writing: Writing }>(
  into: T,
  table: readonly WriterKey<T>[],
  format: string,
): void {
  const { container, name, losses } = into.writing;
  for (const [key, value] of Object.entries(container)) {
    const known = table.find((each) => each.name === key);
    if (known === undefined)
      losses.push({ key: `${name}.${key}`, verdict: 'refused', words: `${format} has nothing for it` });
    else known.write(into, value);
  }
}

/** Tells that something of a key is not as it was. */
export function lose(
  { name, losses }: Writing,
  key: string,
  words: string,
  verdict: WriteLoss['verdict'] = 'approximated',
): void {
  losses.push({ key: `${name}.${key}`, verdict, words });
}

/** The containers of a native descriptor by name. */
export function containersOf(app: Native): readonly (readonly [string, Native])[] {
  return Object.entries(mapOf(app['containers'])).map(([name, container]) => [name, mapOf(container)]);
}

export function mapOf(value: unknown): Native {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Native) : {};
}

/** A text, number or truth value as text. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

/** A text or number, or a list of them, as texts. */
export function textsOf(value: unknown): readonly string[] {
  return (Array.isArray(value) ? (value as unknown[]) : [value]).map(textOf);
}

/** KEY=VALUE in either form. */
export function pairsOf(value: unknown): readonly (readonly [string, string])[] {
  if (!Array.isArray(value)) return Object.entries(mapOf(value)).map(([key, text]) => [key, textOf(text)]);
  return textsOf(value).map((text) => {
    const mark = text.indexOf('=');
    return mark === -1 ? [text, ''] : [text.slice(0, mark), text.slice(mark + 1)];
  });
}
