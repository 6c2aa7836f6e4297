/**
 * Quoting and escaping for unit files, one function for each place a value can land in. None of them can carry a
 * value for which `unencodable` gives a reason; they throw on it, since the caller was to refuse it.
 */

/** Bare words that systemd.syntax(7) and systemd.service(5) read as they stand. */
const plainWord = /^[A-Za-z0-9_@+=:,./-]+$/;
/** Of words behind a NUL each, one that is empty or has a character beside those. */
const unfitWord = /\0(?:[A-Za-z0-9_@+=:,./-]*[^A-Za-z0-9_@+=:,./\0-][^\0]*|(?=\0|$))/g;
/** Free text in which systemd sees nothing but itself. */
const plainText = /^[A-Za-z0-9_@+=:,./() -]*$/;
/** Most values: for them nothing more need be asked. */
const printable = /^[\x20-\x7e]*$/;

const cEscapes: Readonly<Record<string, string>> = { '\n': '\\n', '\t': '\\t', '\r': '\\r' };

/**
 * Why systemd cannot take the text, or null: NUL ends a C string, and units are read as UTF-8 without surrogates or
 * noncharacters (unichar_is_valid() in systemd's utf8.c).
 */
export function unencodable(text: string): string | null {
  if (printable.test(text)) return null;
  if (text.includes('\0')) return 'it contains a NUL character';
  if (/\p{Surrogate}/u.test(text)) return 'it is not valid Unicode';
  if (/\p{Noncharacter_Code_Point}/u.test(text)) return 'it contains a Unicode noncharacter';
  return null;
}

/** True where the text has a control character (C0 or DEL), line ends included. */
export function hasControlCharacter(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return /[\u0000-\u001f\u007f]/.test(text);
}

/**
 * One word of ExecStart= and its kin (systemd.service(5), "Command lines"): quoted, C-escaped, `%` and `$` doubled.
 * The first word, the program, knows no `$`: it must be a plain absolute path.
 */
export function quoteExecArgument(word: string): string {
  if (plainWord.test(word)) return word;
  assertEncodable(word);
  return `"${escapeInQuotes(word).replaceAll('$', '$$$$')}"`;
}

/**
 * Words as quoteExecArgument writes each of them, joined by NUL, which none of them has. A command line of dozens is
 * looked through at once so, and whoever makes lines of it can tell its blanks from theirs.
 */
export function quoteExecArguments(words: readonly string[]): string {
  assertEncodable(words.join(' '));
  if (words.length === 0) return '';
  const joined = `\0${words.join('\0')}`;
  return joined.replace(unfitWord, (word) => `\0${quoteExecArgument(word.slice(1))}`).slice(1);
}

/** One assignment of Environment= (systemd.exec(5)): `$` has no meaning there, `%` has. */
export function quoteAssignment(name: string, value: string): string {
  const assignment = `${name}=${value}`;
  if (plainWord.test(assignment)) return assignment;
  assertEncodable(value);
  return `"${escapeInQuotes(assignment)}"`;
}

/** A path in RequiresMountsFor=: quotes and `%`, but a backslash only protects the next character (no C escapes). */
export function quotePath(path: string): string {
  assertOneLine(path);
  return plainWord.test(path) ? path : `"${path.replace(/[\\"]/g, '\\$&').replaceAll('%', '%%')}"`;
}

/**
 * Free text such as Description=, which knows specifiers and no quotes. A last backslash would join the next line to
 * this one (systemd.syntax(7)); the blank put after it is stripped by systemd.
 */
export function escapeSpecifiers(text: string): string {
  if (plainText.test(text)) return text;
  assertOneLine(text);
  const escaped = text.replaceAll('%', '%%');
  return escaped.endsWith('\\') ? `${escaped} ` : escaped;
}

/** A part of a unit's name as systemd-escape(1) writes it: `my-shop` is `my\x2dshop`. */
export function escapeUnitPart(part: string): string {
  if (/^[A-Za-z0-9:_]*$/.test(part)) return part;
  return Array.from(new TextEncoder().encode(part), (byte, index) => {
    const character = String.fromCharCode(byte);
    if (character === '/') return '-';
    const plain = /[A-Za-z0-9:_.]/.test(character) && !(character === '.' && index === 0);
    return plain ? character : hexEscape(byte);
  }).join('');
}

function escapeInQuotes(text: string): string {
  return (
    text
      .replace(/[\\"]/g, '\\$&')
      .replaceAll('%', '%%')
      // eslint-disable-next-line no-control-regex -- control characters are what is escaped
      .replace(/[\u0001-\u001f\u007f]/g, (c) => cEscapes[c] ?? hexEscape(c.charCodeAt(0)))
  );
}

function hexEscape(byte: number): string {
  return `\\x${byte.toString(16).padStart(2, '0')}`;
}

function assertEncodable(text: string): void {
  const reason = unencodable(text);
  if (reason !== null) throw new TypeError(`cannot be written into a unit: ${reason}`);
}

function assertOneLine(text: string): void {
  assertEncodable(text);
  if (hasControlCharacter(text))
    throw new TypeError('cannot be written into a unit: it has a control character');
}
