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
  if (next.includes('--host ')) return next;
  const typed = next.replace(/\bgear ([a-z]+)( [^\s;,]+)?( [^\s;,]+)?/g, (line, verb: string) => {
    const [, , second = '', third = ''] = line.split(' ');
    if (named.has(verb) && /^[A-Za-z0-9]/.test(second))
      return second.includes('/') ? line : line.replace(` ${second}`, ` ${host}/${second}`);
    if (grouped.has(verb) && second !== '')
      return `gear ${verb} ${second} --host ${host}${third === '' ? '' : ` ${third}`}`;
    return named.has(verb) || unnamed.has(verb)
      ? line.replace(`gear ${verb}`, `gear ${verb} --host ${host}`)
      : line;
  });
  return /\bgear [a-z]/.test(next) ? typed : `on ${host}: ${next}`;
}
