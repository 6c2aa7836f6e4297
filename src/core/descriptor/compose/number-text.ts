import type { Path } from '../document.ts';
import type { ServiceReader } from './service-reader.ts';

/** `1.10`, `1e3`, `.5`: what YAML of Go takes for a number with a fraction; also digits with zeros before them. */
const fraction = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const integer = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/;

/**
 * What Compose hands a container for a value without quotes: its YAML reads 022 as eight times two and two, 1_000 and
 * 1.10 as numbers too, and writes those in its own way (go-yaml v3, resolve.go).
 */
export function asComposeReads(text: string): string {
  if (/^(True|TRUE|False|FALSE)$/.test(text)) return text.toLowerCase();
  const plain = text.replaceAll('_', '');
  const [, sign = '', digits] = integer.exec(plain) ?? [];
  if (digits !== undefined && digits.length < 16) {
    const octal = /^0[oO]?([0-7]+)$/.exec(digits)?.[1];
    const value = octal === undefined ? Number(digits) : Number.parseInt(octal, 8);
    return String(sign === '-' ? -value : value);
  }
  return fraction.test(plain) && plain.length < 16 ? String(Number(plain)) : text;
}

/** Tells of a value of a map that Compose would hand on as another text, because it stands there without quotes. */
export function tellNumberText(service: ServiceReader, text: string, at: Path): void {
  if (asComposeReads(text) === text) return;
  const { line, column = 1, text: written, textColumn = 1 } = service.reader.document.place(at, 'value');
  // Before its place is known it is told, for which the place will be looked up.
  if (line !== undefined && written?.[column - textColumn] !== text[0]) return;
  service.approximate(
    at,
    'handed on as it is written; Compose would make a number of it and write that in its own way: put the one that is meant in quotes',
  );
}
