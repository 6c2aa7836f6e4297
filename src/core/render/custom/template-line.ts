/**
 * The line of a template that a line of a unit comes from, counted from 1: the one whose own text it has the most of.
 * Null where that is none, or two lines fit as well.
 */
export function templateLine(template: string, line: string): number | null {
  if (line.trim() === '') return null;
  const fitting = template
    .split('\n')
    .flatMap((text, index) => {
      const fixed = fixedParts(text);
      const length = fixed.join('').trim().length;
      return length > 0 && fits(line, fixed) ? [{ number: index + 1, length }] : [];
    })
    .toSorted((a, b) => b.length - a.length);
  const [best, second] = fitting;
  return best === undefined || best.length === second?.length ? null : best.number;
}

/** What stands around the expressions of a line. */
function fixedParts(text: string): readonly string[] {
  return text.split(/\{\{.*?\}\}/);
}

/** Whether the parts stand in the line in order, the first at its beginning and the last at its end. */
function fits(line: string, parts: readonly string[]): boolean {
  const [first = '', ...rest] = parts;
  if (rest.length === 0) return line === first;
  if (!line.startsWith(first)) return false;
  let from = first.length;
  for (const part of rest.slice(0, -1)) {
    const at = line.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  // The rest of a command line that goes on over several lines ends otherwise.
  const last = rest.at(-1) ?? '';
  return line.length - last.length >= from && (line.endsWith(last) || line.endsWith('\\'));
}
