import { err, ok, type Result } from '../../../errors/failure.ts';

const escapes: Readonly<Record<string, string>> = {
  ...{ a: '\u0007', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', s: ' ' },
  ...{ '\\': '\\', '"': '"', "'": "'" },
};

/**
 * The words of a value as systemd splits them (systemd.syntax(7), QUOTING): quotes hold blanks, a backslash escapes as in
 * C. VALUE_INVALID for a quote that is not closed.
 */
export function splitUnitWords(text: string): Result<readonly string[]> {
  const words: string[] = [];
  let word: string | null = null;
  let open = '';
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '\\') {
      const { read, length } = escapeAt(text, at);
      word = (word ?? '') + read;
      at += length - 1;
    } else if (open !== '') {
      if (character === open) open = '';
      else word = (word ?? '') + character;
    } else if (character === '"' || character === "'") {
      open = character;
      word ??= '';
    } else if (/\s/.test(character)) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? '') + character;
  }
  if (open !== '')
    return err({
      code: 'VALUE_INVALID',
      message: `a quote is not closed: ${open}`,
      next: 'close it with the same quote',
    });
  if (word !== null) words.push(word);
  return ok(words);
}

/** What a backslash stands for, and how many characters it takes; an escape that does not exist is kept as written. */
function escapeAt(text: string, at: number): { readonly read: string; readonly length: number } {
  const next = text.charAt(at + 1);
  const simple = Object.hasOwn(escapes, next) ? escapes[next] : undefined;
  if (simple !== undefined) return { read: simple, length: 2 };
  const [whole = '', hex, octal] =
    /^\\(?:x([0-9a-fA-F]{2})|([0-3][0-7]{2}))/.exec(text.slice(at, at + 4)) ?? [];
  const code = hex === undefined ? Number.parseInt(octal ?? '', 8) : Number.parseInt(hex, 16);
  if (whole !== '' && code !== 0) return { read: String.fromCharCode(code), length: whole.length };
  return { read: '\\', length: 1 };
}
