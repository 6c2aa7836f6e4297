import { directiveLine } from './directives.ts';
import { escapeSpecifiers, quoteAssignment, quoteExecArguments, quotePath } from './escape.ts';

/** Every helper of the templates: one for each place in a unit that a value can land in. */
export const templateHelpers = {
  /** Free text, and names that are already checked. */
  text: (value: unknown) => escapeSpecifiers(wordOf(value)),
  /** A path in RequiresMountsFor=. */
  path: (value: unknown) => quotePath(wordOf(value)),
  /** A command line; a long one stands on several lines, joined by systemd's line continuation. */
  command: (value: unknown) => commandLine(value),
  /** One assignment of Environment= or LogExtraFields=. */
  assignment: (name: unknown, value: unknown) => quoteAssignment(wordOf(name), wordOf(value)),
  /** A directive of the user's own, with its name. */
  directive: (name: unknown, value: unknown) => directiveLine(wordOf(name), wordOf(value)),
} as const;

/** Beyond this many characters a command line is broken before each long option and before the image. */
const longestLine = 110;
/** What stands between two words, where the second begins a line. */
const beginsLine = /\0(?=--|sha256:)/g;

function commandLine(value: unknown): string {
  if (!Array.isArray(value)) throw new TypeError('a template gave the helper "command" no list of words');
  const line = quoteExecArguments(value.map(wordOf));
  return (line.length <= longestLine ? line : line.replace(beginsLine, ' \\\n  ')).replaceAll('\0', ' ');
}

function wordOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  throw new TypeError(
    `a template gave a helper ${value === undefined || value === null ? 'an empty value' : typeof value}`,
  );
}
