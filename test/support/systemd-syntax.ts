/**
 * systemd's own reading of unit and environment files, written from systemd.syntax(7), systemd.service(5) and
 * systemd.exec(5) rather than from what gear writes, so that tests can hold one to the other.
 */

/** Logical lines: continuation joined, comments and blank lines gone. */
export function logicalLines(text: string): readonly string[] {
  const lines: string[] = [];
  let open: string | null = null;
  for (const physical of text.split('\n')) {
    if (/^\s*([#;]|$)/.test(physical)) continue;
    const continued = physical.endsWith('\\');
    const part = continued ? physical.slice(0, -1) : physical;
    const whole: string = open === null ? part : `${open} ${part}`;
    if (continued) open = whole;
    else {
      lines.push(whole.trim());
      open = null;
    }
  }
  return lines;
}

/** The values of a key, in order. */
export function valuesOf(text: string, key: string): readonly string[] {
  return logicalLines(text)
    .filter((line) => line.startsWith(`${key}=`))
    .map((line) => line.slice(key.length + 1).trim());
}

const cEscapes: Readonly<Record<string, number>> = {
  ...{ a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, '\\': 92, '"': 34, "'": 39, s: 32 },
};

/** Words with quotes and C escapes resolved (extract_first_word with UNQUOTE and CUNESCAPE). */
export function splitWords(value: string): readonly string[] {
  const bytes = Buffer.from(value, 'utf8');
  const words: Buffer[] = [];
  let word: number[] | null = null;
  let quote = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x5c) {
      const escape = readEscape(bytes, at + 1);
      (word ??= []).push(escape.byte);
      at += escape.length;
    } else if (quote !== 0) {
      if (byte === quote) quote = 0;
      else (word ??= []).push(byte);
    } else if (byte === 0x22 || byte === 0x27) {
      quote = byte;
      word ??= [];
    } else if (byte === 0x20 || byte === 0x09) {
      if (word !== null) words.push(Buffer.from(word));
      word = null;
    } else (word ??= []).push(byte);
  }
  if (quote !== 0) throw new Error('unbalanced quotes');
  if (word !== null) words.push(Buffer.from(word));
  return words.map((each) => each.toString('utf8'));
}

function readEscape(bytes: Buffer, at: number): { byte: number; length: number } {
  const character = String.fromCharCode(bytes[at] ?? 0);
  if (character === 'x') {
    const digits = bytes.subarray(at + 1, at + 3).toString('latin1');
    if (!/^[0-9a-f]{2}$/i.test(digits) || digits === '00') throw new Error('bad \\x escape');
    return { byte: Number.parseInt(digits, 16), length: 3 };
  }
  const byte = cEscapes[character];
  if (byte === undefined) throw new Error(`unknown escape \\${character}`);
  return { byte, length: 1 };
}

/** A `%` that is not doubled would be a specifier. */
export function resolveSpecifiers(text: string): string {
  return text.replace(/%(.?)/gs, (_, next: string) => {
    if (next !== '%') throw new Error(`a specifier: %${next}`);
    return '%';
  });
}

/** A `$` that is not doubled could be a variable. */
function resolveVariables(text: string): string {
  return text.replace(/\$(.?)/gs, (_, next: string) => {
    if (next !== '$') throw new Error(`a variable: $${next}`);
    return '$';
  });
}

/** argv of an Exec line: the words after the program know variables. */
export function execWords(value: string): readonly string[] {
  const [program = '', ...rest] = splitWords(value).map(resolveSpecifiers);
  return [program, ...rest.map(resolveVariables)];
}

/** An EnvironmentFile=, by the states of systemd's parse_env_file(). */
export function readEnvironmentFile(text: string): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  let rest = text;
  while (rest !== '') {
    const name = /^([A-Za-z_][A-Za-z0-9_]*)="/.exec(rest);
    if (name === null) throw new Error(`not NAME="VALUE": ${rest.slice(0, 40)}`);
    let at = name[0].length;
    let value = '';
    for (; rest[at] !== '"'; at += 1) {
      if (at >= rest.length) throw new Error('unbalanced quotes');
      const next = rest[at + 1];
      if (rest[at] !== '\\') value += rest.charAt(at);
      else if (next !== undefined && '"\\`$'.includes(next)) value += rest.charAt((at += 1));
      else if (next === '\n') at += 1;
      else value += '\\';
    }
    if (rest[at + 1] !== '\n') throw new Error('something follows the closing quote');
    variables.set(name[1] ?? '', value);
    rest = rest.slice(at + 2);
  }
  return variables;
}
