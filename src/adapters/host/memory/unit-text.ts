/** What the systemd in memory reads of a unit: every directive with its values, sections apart by name. */
export interface UnitText {
  /** The values of a directive, in order; an empty assignment forgets those before it (systemd.syntax(7)). */
  all(directive: string): readonly string[];
  /** Its values split into words, quoting and escapes undone. */
  words(directive: string): readonly string[];
  /** One list of words for each value: the commands of Exec directives, prefixes left off. */
  commands(directive: string): readonly (readonly string[])[];
}

/** Reads the text of a unit. Sections do not matter: no directive of gear's units has two meanings. */
export function parseUnitText(text: string): UnitText {
  const values = new Map<string, string[]>();
  // A backslash at the end of a line joins it with the next one, and comments between are skipped.
  const joined = text.replace(/^[#;].*\n/gm, '').replace(/\\\n/g, ' ');
  for (const line of joined.split('\n')) {
    const [, directive, value = ''] = /^([A-Za-z0-9-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (directive === undefined) continue;
    if (value === '') values.set(directive, []);
    else values.set(directive, [...(values.get(directive) ?? []), value]);
  }
  const all = (directive: string): readonly string[] => values.get(directive) ?? [];
  return {
    all,
    words: (directive) => all(directive).flatMap((value) => splitWords(value)),
    commands: (directive) =>
      all(directive).map((value) =>
        splitWords(value.replace(/^[@:+!|-]+/, '')).map((word) => word.replaceAll('$$', '$')),
      ),
  };
}

const escapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  s: ' ',
  t: '\t',
  v: '\v',
};

/** Splits as systemd does: blanks separate, quotes keep together, C escapes, and %% is one %. */
export function splitWords(value: string): readonly string[] {
  const words: string[] = [];
  let word: string | null = null;
  let quote = '';
  for (let at = 0; at < value.length; at++) {
    const char = value.charAt(at);
    if (char === '\\') {
      const [decoded, length] = unescape(value.slice(at + 1));
      word = (word ?? '') + decoded;
      at += length;
    } else if (quote === '' && /\s/.test(char)) {
      if (word !== null) words.push(word);
      word = null;
    } else if (quote === '' && (char === '"' || char === "'")) {
      quote = char;
      word ??= '';
    } else if (char === quote) {
      quote = '';
    } else {
      word = (word ?? '') + char;
    }
  }
  if (word !== null) words.push(word);
  return words.map((each) => each.replaceAll('%%', '%'));
}

/** What an escape stands for, and how many characters it takes after the backslash. */
function unescape(rest: string): readonly [string, number] {
  const coded = /^(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3}))/.exec(rest);
  if (coded === null) return [escapes[rest.charAt(0)] ?? rest.charAt(0), 1];
  const [all, byte, short, long, octal] = coded;
  const code =
    octal === undefined ? Number.parseInt(byte ?? short ?? long ?? '0', 16) : Number.parseInt(octal, 8);
  return [String.fromCodePoint(code), all.length];
}

/** The values of a flag in an argument list, given as `--flag value` or `--flag=value`. */
export function flagValues(words: readonly string[], flag: string): readonly string[] {
  return words.flatMap((word, at) => {
    if (word.startsWith(`${flag}=`)) return [word.slice(flag.length + 1)];
    const next = words[at + 1];
    return word === flag && next !== undefined ? [next] : [];
  });
}
