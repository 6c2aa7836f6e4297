import { err, ok, type Failure, type Result } from '../../../errors/failure.ts';
import { checkKey } from '../environment.ts';
import { expand, type Variables } from './expand.ts';
import { SourceText } from './source-text.ts';

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };
const lineHead = /[ \t]*(?:export[ \t]+)?([^=\n]*?)[ \t]*(?:=[ \t]*|(?=\n|$))/y;
const quoted = /'([^']*)'|"((?:[^"\\]|\\[^])*)"/y;
const unquoted = /[^\n]*/y;
const rest = /[ \t]*(?:#[^\n]*)?(?=\n|$)/y;

/**
 * Reads a `.env` file: KEY=VALUE lines, `export` before them allowed, blank lines and `#` comments. 'Single quotes' hold
 * text as it is, "double quotes" know \n, \r, \t, \", \\ and \$, and both may span lines; without quotes a value ends
 * before ` #` and is trimmed. ENV_FILE_UNREADABLE with line and column, without the line's text, because what stands there
 * may be secret.
 *
 * Nothing is expanded, unless `around` is given: then variables are filled in as Compose does, but in 'single quotes',
 * from there and from the lines before; one that is not set is a mistake, since it may be half of a password.
 */
export function parseDotEnv(path: string, text: string, around?: Variables): Result<Variables> {
  const given = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const source = new SourceText(path, given);
  const failures: Failure[] = [];
  const variables = new Map<string, string>();
  for (let at = 0; at < given.length;) {
    const entry = readEntry(given, at);
    at = entry.end + 1;
    if ('message' in entry) failures.push(failureOf(source, entry));
    else if (entry.key === '') continue;
    else if (around === undefined || !entry.template.includes('$')) variables.set(entry.key, entry.value);
    else {
      const filled = filledIn(entry, { ...Object.fromEntries(variables), ...around });
      if (typeof filled === 'string') variables.set(entry.key, filled);
      else failures.push(failureOf(source, filled));
    }
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

/** A line that says something, or a blank one, whose key is ''. */
interface Entry {
  readonly key: string;
  readonly value: string;
  /** The value before variables are filled in, where `$$` is a dollar sign; '' where nothing is filled in. */
  readonly template: string;
  readonly offset: number;
  readonly end: number;
}

interface BadLine {
  readonly message: string;
  readonly next: string;
  readonly offset: number;
  readonly end: number;
}

/** The value of an entry with its variables filled in, as Compose does. */
function filledIn({ key, template, end, offset }: Entry, variables: Variables): string | BadLine {
  const { text, problems, blanks } = expand(template, { variables, rules: 'compose' });
  const [problem] = problems;
  const [blank] = blanks;
  if (problem !== undefined)
    return { message: `${key}: ${problem.message}`, next: problem.next, offset, end };
  if (blank === undefined) return text;
  return {
    message: `the variable ${blank.name}, which the value of ${key} asks for, is not set`,
    next: `set it, or put the value into 'single quotes', or write $$ for a dollar sign`,
    offset,
    end,
  };
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}

function readEntry(text: string, start: number): Entry | BadLine {
  const end = lineEnd(text, start);
  if (/^[ \t]*(?:#|$)/.test(text.slice(start, end)))
    return { key: '', value: '', template: '', offset: start, end };
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

function readValue(text: string, key: string, at: number): Entry | BadLine {
  if (text[at] !== '"' && text[at] !== "'") {
    const [line = ''] = match(unquoted, text, at) ?? [];
    const value = line.replace(/(?:^|[ \t])#.*$/, '').trim();
    return { key, value, template: value, offset: at, end: at + line.length };
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
  const unescaped = (dollar: string) =>
    double.replace(/\\([^])/g, (whole, character: string) =>
      character === '$' ? dollar : (escapes[character] ?? whole),
    );
  return {
    key,
    value: single ?? unescaped('$'),
    template: single === undefined ? unescaped('$$') : '',
    offset: at,
    end,
  };
}
