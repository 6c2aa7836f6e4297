/** Commands whose first word is a name, which may have its host before it. */
const named = new Set(
  'cat down eject exec export history hold inspect logs release restart rm rollback set start status stop unhold'.split(
    ' ',
  ),
);
const unnamed = new Set('clean df diff doctor events install ls outdated plan pull run top'.split(' '));
const grouped = new Set(['env', 'secret', 'volume', 'template', 'registry', 'notify']);

/**
 * What to type next as it is typed here, for a failure on another host: gear's commands with the host in them, and those
 * of others with where they are meant.
 */
export function nextOn(host: string, next: string): string {
  const isOfGear = /\bgear [a-z]/.test(next) || next.includes('--host ');
  return isOfGear ? commandsOn(host, next) : `on ${host}: ${next}`;
}

/** The same for each of the `warnings` in a report, however deep: they tell what happened, and may say what to type. */
export function warningsOn<T>(host: string, report: T): T;
export function warningsOn(host: string, report: unknown): unknown {
  if (typeof report !== 'object' || report === null) return report;
  if (Array.isArray(report)) return report.map((each: unknown) => warningsOn(host, each));
  return Object.fromEntries(
    Object.entries(report).map(([key, each]: [string, unknown]) => [
      key,
      key === 'warnings' && Array.isArray(each)
        ? each.map((line: unknown) => (typeof line === 'string' ? commandsOn(host, line) : line))
        : warningsOn(host, each),
    ]),
  );
}

/** Words with gear's commands in them as they are typed where the host is another. */
export function commandsOn(host: string, words: string): string {
  if (words.includes('--host ')) return words;
  return words.replace(/\bgear ([a-z]+)( [^\s;,]+)?( [^\s;,]+)?/g, (line, verb: string) => {
    const [, , second = '', third = ''] = line.split(' ');
    if (named.has(verb) && /^[A-Za-z0-9]/.test(second))
      return second.includes('/') ? line : line.replace(` ${second}`, ` ${host}/${second}`);
    if (grouped.has(verb) && second !== '')
      return `gear ${verb} ${second} --host ${host}${third === '' ? '' : ` ${third}`}`;
    return named.has(verb) || unnamed.has(verb)
      ? line.replace(`gear ${verb}`, `gear ${verb} --host ${host}`)
      : line;
  });
}
