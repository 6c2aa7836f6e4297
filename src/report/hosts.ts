import { plain } from './plain.ts';
import type { Style } from './style.ts';

/** What several hosts came to, one after the other, each line marked with its host. */
export function printByHost<T>(
  values: readonly { readonly host: string; readonly value: T }[],
  print: (value: T, style: Style) => string,
  style: Style,
): string {
  return values
    .map(({ host, value }) => ({ host, text: print(value, style) }))
    .filter(({ text }) => text !== '')
    .map(({ host, text }) =>
      text
        .split('\n')
        .map((line) => (line === '' ? '' : `${style.dim(`${plain(host)}:`)} ${line}`))
        .join('\n'),
    )
    .join('\n');
}
