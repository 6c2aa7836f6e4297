import type { Failure } from '../../../errors/failure.ts';
import type { Blanked, Path, Unfilled } from '../document.ts';
import { expand, type Filling, type Problem } from './expand.ts';
import { limits } from './limits.ts';
import type { Span } from './node.ts';
import type { SourceText } from './source-text.ts';

/** A file's value, and where its parts are. */
export interface Part {
  readonly source: SourceText;
  readonly value: unknown;
  readonly span: (path: Path, part?: 'key' | 'value') => Span;
}

/**
 * Fills variables into every text of a value, not into keys. A text stays a text, whatever the variable holds. `unfilled`
 * are the texts with variables that cannot be: with [] for a path where the whole of the value is too large. `blanked` are
 * those with variables that are not set, where the rules make nothing of them.
 */
export function interpolate(
  part: Part,
  filling: Filling,
): { value: unknown; unfilled: readonly Unfilled[]; blanked: readonly Blanked[] } {
  const unfilled: Unfilled[] = [];
  const blanked: Blanked[] = [];
  const path: (string | number)[] = [];
  let left: number = limits.expanded;
  const within = (key: string | number, value: unknown): unknown => {
    path.push(key);
    const filled = fill(value);
    path.pop();
    return filled;
  };
  const fill = (value: unknown): unknown => {
    if (typeof value === 'string') {
      const filled = expand(value, filling);
      const room = limits.failures - unfilled.length;
      for (const problem of filled.problems.slice(0, room))
        unfilled.push({ path: [...path], failure: failureOf(part, path, value, problem) });
      for (const { name, offset } of filled.blanks.slice(0, Math.max(0, limits.failures - blanked.length)))
        blanked.push({
          path: [...path],
          name,
          place: part.source.place(offsetIn(part, path, value, offset)),
        });
      if (left >= 0 && (left -= filled.text.length) < 0)
        unfilled.push({ path: [], failure: tooLarge(part, path) });
      return left < 0 ? '' : filled.text;
    }
    if (Array.isArray(value)) return value.map((item, index) => within(index, item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, within(key, item)]));
  };
  return { value: part.source.text.includes('$') ? fill(part.value) : part.value, unfilled, blanked };
}

function failureOf(part: Part, path: Path, value: string, problem: Problem): Failure {
  const offset = offsetIn(part, path, value, problem.offset);
  return part.source.failure(problem.code, offset, problem.message, problem.next);
}

/** Where in the file a variable stands: quotes, escapes and folding move characters, so its mark is found by number. */
function offsetIn(part: Part, path: Path, value: string, offset: number): number {
  const span = part.span(path);
  const mark = value.startsWith('${', offset) ? '${' : '$';
  return span.start + rawOffset(part.source.text.slice(span.start, span.end), value, { mark, offset });
}

/** The mark is found by its number among those of the value. */
function rawOffset(
  raw: string,
  value: string,
  { mark, offset }: { readonly mark: string; readonly offset: number },
): number {
  let at = raw.indexOf(mark);
  for (
    let before = value.indexOf(mark);
    before !== -1 && before < offset;
    before = value.indexOf(mark, before + 1)
  )
    at = at === -1 ? -1 : raw.indexOf(mark, at + 1);
  return Math.max(0, at);
}

function tooLarge(part: Part, path: Path): Failure {
  return part.source.failure(
    'DESCRIPTOR_UNREADABLE',
    part.span(path).start,
    `with its variables filled in the file is larger than ${limits.expanded} characters`,
    'put large contents into files of their own, and mount those',
  );
}
