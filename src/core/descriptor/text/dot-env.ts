import { err, ok, type Failure, type Result } from '../../../errors/failure.ts';
import { checkKey } from '../environment.ts';
import type { Variables } from './expand.ts';
import { SourceText } from './source-text.ts';

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\', $: '$' };
const lineHead = /[ \t]*(?:export[ \t]+)?([^=\n]*?)[ \t]*(?:=[ \t]*|(?=\n|$))/y;
const quoted = /'([^']*)'|"((?:[^"\\]|\\[^])*)"/y;
const unquoted = /[^\n]*/y;
const rest = /[ \t]*(?:#[^\n]*)?(?=\n|$)/y;

/**
 * Reads a `.env` file: KEY=VALUE lines, `export` before them allowed, blank lines and `#` comments. 'Single quotes' hold
 * text as it is, "double quotes" know \n, \r, \t, \", \\ and \$, and both may span lines; without quotes a value ends
 * before ` #` and is trimmed. Nothing is expanded. ENV_FILE_UNREADABLE with line and column, without the line's text,
 * because what stands there may be secret.
 */
export function parseDotEnv(path: string, text: string): Result<Variables> {
  const given = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const source = new SourceText(path, given);
  const failures: Failure[] = [];
  const variables = new Map<string, string>();
  for (let at = 0; at < given.length;) {
    const start = at;
    const entry = readEntry(given, start);
    if ('message' in entry) failures.push(failureOf(source, entry));
    else if (entry.key !== '') variables.set(entry.key, entry.value);
    at = entry.end + 1;
  }
  return failures.length > 0 ? err(...failures) : ok(Object.fromEntries(variables));
}

/** What `${NAME}` stands for: what the shell has set wins over `.env`. */
export function variablesOf(shell: Variables, dotEnv: Variables): Variables {
  return { ...dotEnv, ...shell };
}

function failureOf(source: SourceText, { message, next, offset }: BadLine): Failure {
  const { text: _secret, textColumn: _cut, ...place } = source.place(offset);
  return { code: 'ENV_FILE_UNREADABLE', message, next, place };
}

interface BadLine {
  readonly message: string;
  readonly next: string;
  readonly offset: number;
  readonly end: number;
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}

function readEntry(text: string, start: number): { key: string; value: string; end: number } | BadLine {
  const end = lineEnd(text, start);
  if (/^[ \t]*(?:#|$)/.test(text.slice(start, end))) return { key: '', value: '', end };
  const head = match(lineHead, text, start);
  const key = head?.[1] ?? '';
  const keyAt = start + text.slice(start, end).search(/\S/);
  if (head === null || !head[0].includes('='))
    return {
      message: 'the line has no "="',
      next: 'make the line KEY=VALUE, or begin it with #',
      offset: keyAt,
      end,
    };
  const checked = checkKey(key);
  if (!checked.ok) {
    const [failure] = checked.failures;
    return {
      message: failure?.message ?? 'the name cannot be used',
      next: 'make the line KEY=VALUE',
      offset: keyAt,
      end,
    };
  }
  return readValue(text, key, start + head[0].length);
}

function readValue(
  text: string,
  key: string,
  at: number,
): { key: string; value: string; end: number } | BadLine {
  if (text[at] !== '"' && text[at] !== "'") {
    const [line = ''] = match(unquoted, text, at) ?? [];
    return { key, value: line.replace(/(?:^|[ \t])#.*$/, '').trim(), end: at + line.length };
  }
  const found = match(quoted, text, at);
  if (found === null)
    return {
      message: `the quote of ${key} is not closed`,
      next: 'close it with the same quote',
      offset: at,
      end: lineEnd(text, at),
    };
  const [all, single, double = ''] = found;
  const after = at + all.length;
  const end = lineEnd(text, after);
  if (match(rest, text, after) === null)
    return {
      message: `something follows the closing quote of ${key}`,
      next: 'put all of the value into the quotes',
      offset: after,
      end,
    };
  return {
    key,
    value: single ?? double.replace(/\\([^])/g, (whole, character: string) => escapes[character] ?? whole),
    end,
  };
}
