import { textsOf } from '../foreign/foreign-writer.ts';

const order: readonly string[] = ['Unit', 'Container', 'Volume', 'Network', 'Service', 'Timer', 'Install'];

/** A unit file as it is written, section by section. */
export class UnitText {
  readonly #sections = new Map<string, string[]>();

  add(section: string, key: string, value: string): void {
    const lines = this.#sections.get(section) ?? [];
    this.#sections.set(section, lines);
    lines.push(`${key}=${value}`);
  }

  /** Joins a network that a .network file describes. */
  join(name: string, { aliases, ip, ip6 }: Readonly<Record<string, unknown>>): void {
    const options = [
      ...(aliases === undefined ? [] : textsOf(aliases).map((alias) => `alias=${alias}`)),
      ...(ip === undefined ? [] : [`ip=${textsOf(ip).join()}`]),
      ...(ip6 === undefined ? [] : [`ip6=${textsOf(ip6).join()}`]),
    ];
    this.add(
      'Container',
      'Network',
      [`${name}.network`, ...(options.length === 0 ? [] : [options.join(',')])].join(':'),
    );
  }

  /** A text as one word of a value: in double quotes where it would be several, or none (systemd.syntax(7), QUOTING). */
  word(text: string): string {
    if (/^[^\s"'\\]+$/.test(text)) return text;
    const escaped = text
      .replaceAll('\\', '\\\\')
      .replaceAll('"', '\\"')
      .replaceAll('\n', '\\n')
      .replaceAll('\t', '\\t');
    return `"${escaped}"`;
  }

  toString(): string {
    const names = [
      ...order.filter((name) => this.#sections.has(name)),
      ...[...this.#sections.keys()].filter((name) => !order.includes(name)),
    ];
    return names.map((name) => `[${name}]\n${(this.#sections.get(name) ?? []).join('\n')}\n`).join('\n');
  }
}
